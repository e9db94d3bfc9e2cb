using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Embedded;

/// <summary>The city inside this process: the seam's members over the turn thread and the journal.</summary>
internal sealed class EmbeddedRuntime : ICityRuntime
{
    private const int TogetherMax = 1_000;

    private readonly TwinTypes _types;
    private readonly TwinId _city;
    private readonly Ingress _ingress;
    private readonly RunSeams _seams;
    private volatile CityRules _rules;
    private volatile IJournal? _journal;
    private volatile bool _ready;
    private volatile bool _readable;

    public EmbeddedRuntime(TwinTypes types, TwinId city, CityRules rules, CityClock clock, Ingress ingress, RunSeams seams)
    {
        _types = types;
        _city = city;
        _rules = rules;
        _ingress = ingress;
        _seams = seams;
        Clock = clock;
    }

    /// <inheritdoc/>
    public CityClock Clock { get; }

    /// <inheritdoc/>
    public CityRules Rules => _rules;

    /// <inheritdoc/>
    public long Position => _journal?.Position ?? 0;

    /// <inheritdoc/>
    public bool IsReady => _ready;

    /// <summary>The journal in use.</summary>
    /// <exception cref="RuntimeUnavailableException">There is none now.</exception>
    public IJournal Journal => _journal ?? throw new RuntimeUnavailableException();

    /// <inheritdoc/>
    public ValueTask<Reply> SendAsync(TwinId target, TwinCommand command, CommandId id)
    {
        Check(target, command);
        return Enqueue(new Request(target, command, id, new SingleReply(), 0));
    }

    /// <inheritdoc/>
    public ValueTask<Reply[]> SendAsync(ReadOnlyMemory<Envelope> envelopes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(envelopes.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(envelopes.Length, TogetherMax);
        ReplyGroup group = new(envelopes.Length);
        Request[] requests = new Request[envelopes.Length];
        for (int i = 0; i < requests.Length; i++)
        {
            Envelope e = envelopes.Span[i];
            Check(e.Target, e.Command);
            requests[i] = new Request(e.Target, e.Command, e.Id, group, i);
        }
        if (!_ready || !_ingress.TryAdd(requests))
        {
            Reply no = _ready ? Reply.Overloaded : Reply.Unavailable;
            return ValueTask.FromResult(Enumerable.Repeat(no, requests.Length).ToArray());
        }
        return new ValueTask<Reply[]>(group.Task);
    }

    /// <inheritdoc/>
    public async ValueTask<TwinReading> ReadAsync(TwinId twin)
    {
        _ = _types[twin.Kind];
        Reply reply = await Enqueue(new Request(twin, null, default, new SingleReply(), 0));
        return reply.Status switch
        {
            ReplyStatus.Unchanged => new TwinReading(twin, reply.State!, reply.Version, reply.Position),
            ReplyStatus.Faulted => throw new CorruptHistoryException($"{twin} was stopped: its history is damaged or its rules failed"),
            _ => throw new RuntimeUnavailableException(),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<TwinReading> ReadAsync(TwinId twin, DateTimeOffset at)
    {
        TwinReading now = await ReadAsync(twin);
        return await _seams.Run(() => ReadAt(now, at));
    }

    /// <summary>The state of a twin as of a past position.</summary>
    public async ValueTask<TwinReading> ReadAsync(TwinId twin, long position)
    {
        TwinReading now = await ReadAsync(twin);
        return await _seams.Run(() => Guarded(journal => PastTwins.Read(journal, _types, now, position)));
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
        return await _seams.Run(() =>
        {
            IReadOnlyList<RecordedEvent> history = Guarded(j => j.ReadHistory(now.Position, after));
            return history.Count <= limit ? history : [.. history.Take(limit)];
        });
    }

    /// <inheritdoc/>
    public async ValueTask AdvanceAsync(DateTimeOffset to)
    {
        if (Clock.Mode != ClockMode.Driven)
        {
            throw new InvalidOperationException("only a driven clock can be moved");
        }

        // The city's time, like the journal's, is in whole milliseconds.
        DateTimeOffset moment = new(to.UtcTicks - (to.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        Reply reply = await Enqueue(new Request(_city, new AdvanceClock(moment), default, new SingleReply(), 0));
        if (!reply.IsSuccess)
        {
            throw new RuntimeUnavailableException();
        }
    }

    /// <summary>Says what journal is in use and whether commands are taken.</summary>
    public void SetState(IJournal? journal, bool ready)
    {
        _journal = journal;
        _ready = _readable = ready;
        _ingress.SetClosed(!ready);
    }

    /// <summary>Says that readings are answered from what another process writes, and commands are not taken.</summary>
    public void SetStandby(IJournal journal)
    {
        _journal = journal;
        _ready = false;
        _readable = true;
        _ingress.SetClosed(false);
    }

    /// <summary>Publishes the rules in force.</summary>
    public void SetRules(CityRules rules) => _rules = rules;

    private ValueTask<Reply> Enqueue(in Request request)
    {
        bool isTaken = request.Command is null ? _readable : _ready;
        if (!isTaken)
        {
            return ValueTask.FromResult(Reply.Unavailable);
        }
        return _ingress.TryAdd(request) ? ((SingleReply)request.Sink).Task : ValueTask.FromResult(_ready ? Reply.Overloaded : Reply.Unavailable);
    }

    private void Check(TwinId target, TwinCommand command)
    {
        if (!_types[target.Kind].Takes(command))
        {
            throw new ArgumentException($"a {command.GetType().DeclaringType?.Name} cannot be sent to {target}", nameof(command));
        }
    }

    private TwinReading ReadAt(TwinReading now, DateTimeOffset at) => Guarded(journal => PastTwins.Read(journal, _types, now, journal.PositionAt(at)));

    private T Guarded<T>(Func<IJournal, T> read)
    {
        try
        {
            return read(Journal);
        }
        catch (Exception e) when (e is ObjectDisposedException or JournalException)
        {
            throw new RuntimeUnavailableException("the journal cannot be read now", e);
        }
    }
}
