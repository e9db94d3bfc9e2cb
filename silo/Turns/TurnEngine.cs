using System.Collections.Concurrent;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Personal;

namespace CityTwin.Silo.Turns;

/// <summary>Executes turns, one after another, and gathers what they produce into batches.</summary>
/// <remarks>
/// The heart of the embedded runtime, without threads, clocks or waiting: whoever calls it brings the time and decides when a
/// batch is closed. So a fault simulator can drive it step by step. Its memory runs ahead of the journal by the batches that
/// are under way; if one of them fails the engine is thrown away and another one recovers from the journal.
/// </remarks>
internal partial class TurnEngine
{
    private readonly TwinTypes _types;
    private readonly CityRules _folderRules;
    private readonly TwinId _city;
    private readonly EngineOptions _options;
    private readonly IJournal _journal;
    private readonly TwinTable _twins;
    private readonly DeadlineQueue _deadlines = new();
    private readonly Queue<(OutboxEntry Entry, bool Stored)> _messages = new();
    private readonly List<(OutboxEntry Entry, bool Stored)> _parked = [];
    private readonly List<TwinEvent> _happened = [];
    private readonly Outbox _outbox = new();
    private SealedBatch _batch;
    private long _batchNumber;
    private long _outboxSequence;
    private long _durableBatch;

    /// <summary>An engine over a journal; <see cref="Recover"/> must be called before anything else.</summary>
    public TurnEngine(TwinTypes types, CityRules folderRules, TwinId city, IJournal journal, EngineOptions options)
    {
        _types = types;
        _folderRules = folderRules;
        _city = city;
        _journal = journal;
        _options = options;
        _twins = new TwinTable(types, journal, options);
        Rules = folderRules;
        _batch = NewBatch();
    }

    /// <summary>The rules in force.</summary>
    public CityRules Rules { get; private set; }

    /// <summary>The position of the last event, durable or not.</summary>
    public long Position { get; private set; }

    /// <summary>The moment of the last turn.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>When the next deadline is due, or null.</summary>
    public DateTimeOffset? NextDeadline => _deadlines.NextTicks is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Whether the batch holds as much as one should.</summary>
    public bool IsBatchFull => _batch.Commit.Events.Count >= _options.BatchEventsMax || _batch.Replies.Count >= _options.BatchEventsMax;

    /// <summary>Whether there is anything to hand over.</summary>
    public bool HasWork => _batch.Replies.Count > 0 || !_batch.Commit.IsEmpty || Plan is { CanProgress: true } || !PastViews.IsEmpty;

    /// <summary>Whether messages wait to be delivered.</summary>
    public bool HasMessages => _messages.Count > 0;

    /// <summary>Forms of views that the next batch makes durable; added to by the thread that feeds the views.</summary>
    public ConcurrentQueue<PastView> PastViews { get; } = new();

    /// <summary>Counters for metrics.</summary>
    public EngineCounters Counters { get; } = new();

    /// <summary>Twins in memory.</summary>
    public int Resident => _twins.Count;

    /// <summary>Twins in memory by the number of their kind; a glance old for other threads.</summary>
    public IReadOnlyList<int> ResidentByKind => _twins.ByKind;

    /// <summary>Twins read back from the journal.</summary>
    public long Activations => _twins.Activations;

    /// <summary>Twins put out of memory.</summary>
    public long Passivations => _twins.Passivations;

    /// <summary>Brings the time; earlier than the last turn's is taken as that.</summary>
    public void SetTime(DateTimeOffset now) => Now = now > Now ? now : Now;

    /// <summary>Executes the turn of a request, or answers it from memory; the reply is given with the batch.</summary>
    public void Execute(in Request request)
    {
        Slot slot = _twins.Get(request.Target);
        PendingReply reply = new() { Sink = request.Sink, Index = request.Index, Slot = slot, Events = [], Version = slot.Version, Position = slot.Head };
        if (request.Command is null)
        {
            reply.IsReading = true;
            reply.Status = slot.Fault is null ? ReplyStatus.Unchanged : ReplyStatus.Faulted;
        }
        else if (slot.Recent is { } recent && recent.TryFind(request.Id, out RememberedCommand known))
        {
            Repeat(ref reply, known);
        }
        else
        {
            Answer(ref reply, slot, request.Command, request.Id);
        }
        _batch.Replies.Add(reply);
    }

    /// <summary>Delivers messages, in the order of sending, until there are none or the batch is full.</summary>
    public void DeliverMessages()
    {
        while (_messages.Count > 0 && !IsBatchFull)
        {
            (OutboxEntry entry, bool stored) = _messages.Dequeue();
            Slot slot = _twins.Get(entry.Target);
            Refusal refusal = Refusal.None;
            if (slot.Fault is not null || !TryTurn(slot, entry.Command, default, out refusal, out _))
            {
                _parked.Add((entry, stored));
                continue;
            }
            Counters.Messages++;
            Counters.RefusedMessages += refusal == Refusal.None ? 0 : 1;
            if (stored)
            {
                _batch.Commit.OutboxRemoved.Add(entry.Sequence);
            }
        }
    }

    /// <summary>Fires deadlines up to a moment, in order, each at its moment, until none is due or the batch is full.</summary>
    /// <returns>True when none is due any more.</returns>
    public bool FireDue(DateTimeOffset now)
    {
        while (!IsBatchFull && _deadlines.TryTakeDue(now.UtcTicks, out TwinId twin, out long due))
        {
            Slot slot = _twins.Find(twin) ?? _twins.Get(twin);
            if (slot.Fault is not null)
            {
                _deadlines.Keep(twin, due);
                continue;
            }
            if (!IsArmed(slot, due) || slot.Type.Deadline is not { } command)
            {
                continue;
            }
            SetTime(new DateTimeOffset(due, TimeSpan.Zero));
            slot.DueTicks = 0;
            if (!TryTurn(slot, command, default, out _, out TwinEvent[] happened))
            {
                slot.DueTicks = due;
                _deadlines.Keep(twin, due);
            }
            else if (happened.Length > 0)
            {
                Counters.Deadlines++;
            }
            else if (slot.Type.NextDeadline(slot.State) is { } later && later.UtcTicks > due)
            {
                Arm(slot);
            }
            DeliverMessages();
        }
        return _deadlines.NextTicks is not { } next || next > now.UtcTicks;
    }

    /// <summary>Whether an entry that came up is the deadline that its twin waits for: not one that fired, or was replaced, before.</summary>
    private protected virtual bool IsArmed(Slot slot, long dueTicks) => slot.DueTicks == dueTicks;

    /// <summary>Says that a batch is durable.</summary>
    public void Committed(long batchNumber) => _durableBatch = batchNumber;

    private void Repeat(ref PendingReply reply, in RememberedCommand known)
    {
        Counters.Repeats++;
        reply.Repeated = true;
        reply.Refusal = known.Refusal;
        reply.Version = known.Version;
        reply.Status = known.Refusal != Refusal.None ? ReplyStatus.Refused : known.Count == 0 ? ReplyStatus.Unchanged : ReplyStatus.Accepted;
        reply.Position = known.Count == 0 ? 0 : known.Position + known.Count - 1;
        reply.RepeatedCount = known.Count;
        reply.Events = known.Count == 0 ? [] : null;
    }

    private void Answer(ref PendingReply reply, Slot slot, TwinCommand command, CommandId id)
    {
        long before = Position;
        if (slot.Fault is not null || !TryTurn(slot, command, id, out Refusal refusal, out TwinEvent[] happened))
        {
            reply.Status = ReplyStatus.Faulted;
            reply.Slot = null;
            return;
        }
        reply.Refusal = refusal;
        reply.Status = refusal != Refusal.None ? ReplyStatus.Refused : happened.Length == 0 ? ReplyStatus.Unchanged : ReplyStatus.Accepted;
        reply.Events = happened;
        reply.Version = slot.Version;
        reply.Position = happened.Length == 0 ? 0 : slot.Head;
        if (!id.IsNone)
        {
            slot.Recent ??= new RecentCommands();
            slot.Recent.Add(new RememberedCommand(id, happened.Length == 0 ? 0 : before + 1, slot.Version, (ushort)happened.Length, refusal));
        }
        DeliverMessages();
    }

    private bool TryTurn(Slot slot, TwinCommand command, CommandId id, out Refusal refusal, out TwinEvent[] happened)
    {
        _happened.Clear();
        _outbox.Clear();
        happened = [];
        TwinState state = slot.State;
        long sampled = Counters.Sampler.Begin();
        try
        {
            refusal = slot.Type.Decide(state, command, new Turn(Now, Rules), _happened);
            foreach (TwinEvent e in _happened)
            {
                state = slot.Type.Evolve(state, e);
                slot.Type.React(slot.Id, state, e, _outbox);
            }
        }
#pragma warning disable CA1031 // Whatever the rules throw stops this one twin; it is kept, shown and reported, never continued on a guess.
        catch (Exception e)
#pragma warning restore CA1031
        {
            slot.Fault = e;
            refusal = Refusal.None;
            Counters.Faults.Add((slot.Id, e));
            return false;
        }
        Counters.Turns++;
        if (sampled != 0)
        {
            Counters.Sampler.End(slot.Id, command, sampled);
        }
        if (_happened.Count > 0)
        {
            happened = [.. _happened];
            Record(slot, state, happened, id);
        }
        return true;
    }

    private void Record(Slot slot, TwinState state, TwinEvent[] happened, CommandId id)
    {
        int before = slot.Version;
        foreach (TwinEvent e in happened)
        {
            Position++;
            slot.Version++;
            _batch.Commit.Events.Add(new RecordedEvent(Position, slot.Id, slot.Version, slot.Head, Now, id, e) { Subject = PersonalFields.SubjectOf(slot.Id, state, e) });
            slot.Head = Position;
        }
        slot.State = state;
        // A large state is kept more rarely: as many events apart as it has entries, so that keeping it never outweighs the events.
        int apart = Math.Max(_options.PastSnapshotEvery, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)state.EntryCount));
        if (before / apart != slot.Version / apart)
        {
            _batch.Commit.PastSnapshots.Add(new TwinSnapshot(slot.Id, slot.Version, slot.Head, state, [], slot.Type.IsFinished(state)));
        }
        MarkChanged(slot);
        Arm(slot);
        for (int i = 0; i < _outbox.Count; i++)
        {
            Message message = _outbox[i];
            _messages.Enqueue((new OutboxEntry(++_outboxSequence, message.Target, message.Command), false));
        }
        if (slot.Id == _city)
        {
            Rules = _types.InForce(_folderRules, state);
        }
    }

    private void Arm(Slot slot)
    {
        long due = slot.Type.NextDeadline(slot.State)?.UtcTicks ?? 0;
        if (due != slot.DueTicks)
        {
            slot.DueTicks = due;
            if (due != 0)
            {
                _deadlines.Arm(slot.Id, due);
            }
        }
    }
}
