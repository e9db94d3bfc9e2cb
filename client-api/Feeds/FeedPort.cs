using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Simulation.Drive;

namespace CityTwin.ClientApi.Feeds;

/// <summary>Lays the feed's port over the runtime of this process. What cannot be taken now is sent again until it can, or the feed is stopped.</summary>
internal sealed class FeedPort(ICityRuntime runtime, CancellationToken stopping) : ICommandPort
{
    private const int GroupMax = 1_000;
    private const int HistoryMax = 10_000;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WaitMax = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset> ReachAsync(DateTimeOffset at, CancellationToken stop)
    {
        while (runtime.Clock.RealTimeUntil(at) is { } wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait < WaitMax ? wait : WaitMax, stop);
        }
        return runtime.Clock.Now;
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<SentCommand> commands, Memory<CommandAnswer> answers)
    {
        for (int from = 0; from < commands.Length; from += GroupMax)
        {
            int count = Math.Min(GroupMax, commands.Length - from);
            var envelopes = new Envelope[count];
            for (int i = 0; i < count; i++)
            {
                SentCommand c = commands.Span[from + i];
                envelopes[i] = new Envelope(c.Target, c.Command, c.Id);
            }
            Reply[] replies = await runtime.SendAsync(envelopes);
            for (int i = 0; i < count; i++)
            {
                Reply reply = replies[i];
                while (reply.Status is ReplyStatus.Overloaded or ReplyStatus.Unavailable)
                {
                    await Task.Delay(RetryPause, stopping);
                    reply = await runtime.SendAsync(envelopes[i].Target, envelopes[i].Command, envelopes[i].Id);
                }
                answers.Span[from + i] = new CommandAnswer(reply.IsSuccess, reply.Refusal, reply.Events, reply.State);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TwinState> ReadAsync(TwinId twin) => (await runtime.ReadAsync(twin)).State;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TwinEvent>> HistoryAsync(TwinId twin)
    {
        IReadOnlyList<RecordedEvent> history = await runtime.HistoryAsync(twin, 0, HistoryMax);
        return [.. history.Select(h => h.Event)];
    }
}
