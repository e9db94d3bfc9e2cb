using System.Diagnostics;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>Lays the driver's port over a runtime of this process.</summary>
internal sealed class RuntimePort(ICityRuntime runtime, LatencyHistogram latencies) : ICommandPort
{
    private const int GroupMax = 1_000;
    private const int HistoryMax = 10_000;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Commands that had to be sent again.</summary>
    public long Retries { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset> ReachAsync(DateTimeOffset at, CancellationToken stop)
    {
        if (runtime.Clock.Mode == ClockMode.Driven)
        {
            if (at > runtime.Clock.Now)
            {
                await runtime.AdvanceAsync(at);
            }
            return at > runtime.Clock.Now ? at : runtime.Clock.Now;
        }
        while (runtime.Clock.RealTimeUntil(at) is { } wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait < TimeSpan.FromHours(1) ? wait : TimeSpan.FromHours(1), stop);
        }
        return runtime.Clock.Now;
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<SentCommand> commands, Memory<CommandAnswer> answers)
    {
        int groups = (commands.Length + GroupMax - 1) / GroupMax;
        var pending = new Task<Reply[]>[groups];
        long began = Stopwatch.GetTimestamp();
        for (int g = 0; g < groups; g++)
        {
            pending[g] = Send(commands.Slice(g * GroupMax, Math.Min(GroupMax, commands.Length - (g * GroupMax)))).AsTask();
        }
        for (int g = 0; g < groups; g++)
        {
            Reply[] replies = await pending[g];
            latencies.Add(Stopwatch.GetElapsedTime(began), replies.Length);
            for (int i = 0; i < replies.Length; i++)
            {
                Reply reply = replies[i].Status is ReplyStatus.Overloaded or ReplyStatus.Unavailable
                    ? await SendAgainAsync(commands.Span[(g * GroupMax) + i])
                    : replies[i];
                answers.Span[(g * GroupMax) + i] = new CommandAnswer(reply.IsSuccess, reply.Refusal, reply.Events, reply.State);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TwinState> ReadAsync(TwinId twin) => (await runtime.ReadAsync(twin)).State;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TwinEvent>> HistoryAsync(TwinId twin)
    {
        IReadOnlyList<RecordedEvent> history = await runtime.HistoryAsync(twin, 0, HistoryMax);
        var events = new TwinEvent[history.Count];
        for (int i = 0; i < events.Length; i++)
        {
            events[i] = history[i].Event;
        }
        return events;
    }

    private ValueTask<Reply[]> Send(ReadOnlyMemory<SentCommand> commands)
    {
        var envelopes = new Envelope[commands.Length];
        for (int i = 0; i < envelopes.Length; i++)
        {
            SentCommand c = commands.Span[i];
            envelopes[i] = new Envelope(c.Target, c.Command, c.Id);
        }
        return runtime.SendAsync(envelopes);
    }

    private async Task<Reply> SendAgainAsync(SentCommand command)
    {
        for (int attempt = 0; attempt < 1_200; attempt++)
        {
            await Task.Delay(RetryPause);
            Retries++;
            Reply reply = await runtime.SendAsync(command.Target, command.Command, command.Id);
            if (reply.Status is not (ReplyStatus.Overloaded or ReplyStatus.Unavailable))
            {
                return reply;
            }
        }
        throw new DoorShutException("the runtime has not taken a command for a minute");
    }
}
