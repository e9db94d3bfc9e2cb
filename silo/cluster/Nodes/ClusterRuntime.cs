using CityTwin.Cluster.Deadlines;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Turns;
using Orleans;
using Orleans.Runtime;

namespace CityTwin.Cluster.Nodes;

/// <summary>The seam's members over the grains of a cluster.</summary>
/// <remarks>
/// Commands that were sent together keep their order at each twin; those for different twins run side by side. What fails because a
/// node died, or an activation moved, is sent again under the same id until it is answered, for <see cref="ClusterOptions.RetryFor"/>.
/// </remarks>
internal sealed class ClusterRuntime(ClusterOptions options, TwinHost host, IGrainFactory grains, PostgresJournal journal, DeadlineSweeper deadlines, DrivenTime driven)
    : ICityRuntime
{
    private const int TogetherMax = 1_000;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private int _depth;

    /// <inheritdoc/>
    public CityClock Clock => options.Clock;

    /// <inheritdoc/>
    public CityRules Rules => host.Rules.Rules;

    /// <inheritdoc/>
    public long Position => Math.Max(journal.Position, Volatile.Read(ref _seenPosition));

    private long _seenPosition;

    /// <inheritdoc/>
    public bool IsReady => IsOpen && host.Committer.IsOpen;

    /// <summary>Whether commands are taken from the edge: from when the node is up until it is told to stop.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Commands that wait for their answer.</summary>
    public int Depth => Volatile.Read(ref _depth);

    /// <inheritdoc/>
    public async ValueTask<Reply> SendAsync(TwinId target, TwinCommand command, CommandId id)
    {
        Check(target, command);
        if (!IsOpen)
        {
            return Reply.Unavailable;
        }
        if (Interlocked.Increment(ref _depth) > options.QueueDepthMax)
        {
            Interlocked.Decrement(ref _depth);
            return Reply.Overloaded;
        }
        try
        {
            return await SendUntilAnsweredAsync(target, command, id.IsNone ? Fresh() : id);
        }
        finally
        {
            Interlocked.Decrement(ref _depth);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Reply[]> SendAsync(ReadOnlyMemory<Envelope> envelopes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(envelopes.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(envelopes.Length, TogetherMax);
        Envelope[] all = envelopes.ToArray();
        foreach (Envelope e in all)
        {
            Check(e.Target, e.Command);
        }
        if (!IsOpen || Depth + all.Length > options.QueueDepthMax)
        {
            return [.. Enumerable.Repeat(IsOpen ? Reply.Overloaded : Reply.Unavailable, all.Length)];
        }
        Reply[] replies = new Reply[all.Length];
        await Task.WhenAll(Enumerable.Range(0, all.Length).GroupBy(i => all[i].Target).Select(async group =>
        {
            foreach (int i in group)
            {
                replies[i] = await SendAsync(all[i].Target, all[i].Command, all[i].Id);
            }
        }));
        return replies;
    }

    /// <inheritdoc/>
    public async ValueTask<TwinReading> ReadAsync(TwinId twin)
    {
        _ = host.Types[twin.Kind];
        TwinAnswer answer = await Again(() => grains.Twin(twin).Read());
        return answer.Status == ReplyStatus.Faulted
            ? throw new CorruptHistoryException($"{twin} was stopped: its history is damaged or its rules failed")
            : new TwinReading(twin, answer.State!, answer.Version, answer.Position);
    }

    /// <inheritdoc/>
    public async ValueTask<TwinReading> ReadAsync(TwinId twin, DateTimeOffset at)
    {
        TwinReading now = await ReadAsync(twin);
        return await JournalReads.Shared.Run(() => Guarded(() => PastTwins.Read(journal, host.Types, now, PositionAt(at))));
    }

    /// <summary>The state of a twin as of a past position.</summary>
    public async ValueTask<TwinReading> ReadAsync(TwinId twin, long position)
    {
        TwinReading now = await ReadAsync(twin);
        return await JournalReads.Shared.Run(() => Guarded(() => PastTwins.Read(journal, host.Types, now, position)));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RecordedEvent>> HistoryAsync(TwinId twin, int after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 10_000);
        TwinReading now = await ReadAsync(twin);
        if (now.Version <= after)
        {
            return [];
        }
        return await JournalReads.Shared.Run(() => Guarded(() =>
        {
            IReadOnlyList<RecordedEvent> history = journal.ReadHistory(now.Position, after);
            return history.Count <= limit ? history : [.. history.Take(limit)];
        }));
    }

    /// <inheritdoc/>
    public async ValueTask AdvanceAsync(DateTimeOffset to)
    {
        if (Clock.Mode != ClockMode.Driven)
        {
            throw new InvalidOperationException("only a driven clock can be moved");
        }
        DateTimeOffset moment = new(to.UtcTicks - (to.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        try
        {
            await deadlines.FireUntilAsync(moment);
            Clock.MoveTo(moment);
            await driven.WriteAsync(moment);
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException)
        {
            throw new RuntimeUnavailableException("the journal cannot be written now", e);
        }
    }

    private async Task<Reply> SendUntilAnsweredAsync(TwinId target, TwinCommand command, CommandId id)
    {
        ITwinGrain grain = grains.Twin(target);
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        long office = Office.Of(command);
        bool isAgain = false;
        for (TimeSpan pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                Office.Hint(office);
                TwinAnswer answer = await grain.Execute(new TwinRequest(command, id.Value, Clock.Now, host.Rules.Version, isAgain));
                if (answer.Status != ReplyStatus.Unavailable)
                {
                    return Seen(target, answer);
                }
            }
            catch (Exception e) when (Retry.IsTransient(e))
            {
                // The id makes it safe to ask again.
            }
            if (System.Diagnostics.Stopwatch.GetElapsedTime(began) > options.RetryFor || !IsOpen)
            {
                return Reply.Unavailable;
            }
            isAgain = true;
            await Task.Delay(pause);
        }
    }

    private Reply Seen(TwinId target, TwinAnswer answer)
    {
        if (target.Kind == TwinKind.City && answer.State is { } state)
        {
            host.SetCity(state, answer.Version);
        }
        long seen = Volatile.Read(ref _seenPosition);
        while (answer.Position > seen && Interlocked.CompareExchange(ref _seenPosition, answer.Position, seen) is var now && now != seen)
        {
            seen = now;
        }
        return answer.ToReply();
    }

    private async Task<T> Again<T>(Func<Task<T>> call)
    {
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (Retry.IsTransient(e))
            {
                if (System.Diagnostics.Stopwatch.GetElapsedTime(began) > options.RetryFor)
                {
                    throw new RuntimeUnavailableException("the twin does not answer now", e);
                }
                await Task.Delay(ShortestPause);
            }
        }
    }

    private long PositionAt(DateTimeOffset at)
    {
        journal.Refresh();
        return journal.PositionAt(at);
    }

    private void Check(TwinId target, TwinCommand command)
    {
        if (!host.Types[target.Kind].Takes(command))
        {
            throw new ArgumentException($"a {command.GetType().DeclaringType?.Name} cannot be sent to {target}", nameof(command));
        }
    }

    // A command that came without an id gets one, for it may have to be sent again.
    private static CommandId Fresh()
    {
        Guid id = Guid.NewGuid();
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return new CommandId(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ObjectDisposedException or JournalException)
        {
            throw new RuntimeUnavailableException("the journal cannot be read now", e);
        }
    }
}
