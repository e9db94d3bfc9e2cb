using CityTwin.Faults.Disk;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;

namespace CityTwin.Faults.Audit;

/// <summary>Folds what is durable, event by event, with nothing but the deciders; judges whether each event may stand where it does.</summary>
internal sealed class History(TwinTypes types, SimulatedDisk disk, Verdict verdict)
{
    private readonly Dictionary<TwinId, TwinHistory> _twins = [];
    private readonly PriorityQueue<TwinId, DateTimeOffset> _deadlines = new();
    private readonly Dictionary<CommandId, (TwinId Twin, long First, int Count)> _commands = [];
    private readonly MessageAudit _messages = new(verdict);
    private int _folded;

    public IReadOnlyDictionary<TwinId, TwinHistory> Twins => _twins;

    /// <summary>How many events are durable.</summary>
    public int Position => _folded;

    public MessageAudit Messages => _messages;

    public RecordedEvent this[long position] => disk.Durable[(int)position - 1];

    public TwinHistory Of(TwinId twin) =>
        _twins.TryGetValue(twin, out TwinHistory? known) ? known : _twins[twin] = new TwinHistory(types[twin.Kind]);

    public T State<T>(TwinId twin)
        where T : TwinState => (T)Of(twin).State;

    public IEnumerable<(TwinId Id, T State)> All<T>()
        where T : TwinState => _twins.Where(t => t.Value.Version > 0 && t.Value.State is T).Select(t => (t.Key, (T)t.Value.State));

    /// <summary>Where the events are that a command made happen; count 0 when there are none.</summary>
    public (TwinId Twin, long First, int Count) Of(CommandId id) => _commands.GetValueOrDefault(id);

    /// <summary>Takes in what has become durable.</summary>
    public void CatchUp()
    {
        while (_folded < disk.Durable.Count && verdict.IsGood)
        {
            RecordedEvent recorded = disk.Durable[_folded];
            Judge(recorded);
            Add(recorded);
            _folded++;
        }
    }

    /// <summary>Says which deadlines should have fired before a moment and have not.</summary>
    public void CheckDeadlines(DateTimeOffset before)
    {
        while (_deadlines.TryPeek(out TwinId twin, out DateTimeOffset firesAt) && firesAt < before)
        {
            _deadlines.Dequeue();
            if (Of(twin).Armed is { DueAt: { } due } armed && armed.FiresAt == firesAt)
            {
                verdict.Fail($"the deadline of {twin} at {due:O} did not fire, and it is {before:O}");
            }
        }
    }

    private void Judge(in RecordedEvent e)
    {
        TwinHistory twin = Of(e.Twin);
        verdict.Check(e.Position == _folded + 1, $"position {e.Position} follows {_folded}");
        verdict.Check(e.Version == twin.Version + 1, $"{e.Twin} at position {e.Position}: version {e.Version} follows {twin.Version}");
        verdict.Check(e.Previous == twin.Head, $"{e.Twin} at position {e.Position}: previous is {e.Previous}, not {twin.Head}");
        verdict.Check(e.At.UtcTicks % TimeSpan.TicksPerMillisecond == 0, $"position {e.Position}: {e.At:O} is no whole millisecond");
        verdict.Check(_folded == 0 || e.At >= disk.Durable[_folded - 1].At, $"position {e.Position}: time goes back");
        CheckDeadlines(e.At);
        switch (e.Event)
        {
            case Twins.BellEvent.Rang rang:
                verdict.Check(rang.Moment is not null, $"{e.Twin} rang at {e.At:O} (position {e.Position}) without a deadline: fired twice, or after it was replaced");
                verdict.Check(rang.Moment is null || e.At == twin.Armed.FiresAt, $"{e.Twin} rang at {e.At:O}, not at {twin.Armed.FiresAt:O}");
                break;
            case CaseEvent.CaseBecameOverdue overdue:
                verdict.Check(e.At == twin.Armed.FiresAt && overdue.DueAt == twin.Armed.DueAt, $"{e.Twin} became overdue at {e.At:O}, not at {twin.Armed.FiresAt:O}");
                break;
            default:
                break;
        }
        if (!e.Command.IsNone)
        {
            JudgeCommand(e);
        }
    }

    private void JudgeCommand(in RecordedEvent e)
    {
        if (!_commands.TryGetValue(e.Command, out (TwinId Twin, long First, int Count) known))
        {
            _commands.Add(e.Command, (e.Twin, e.Position, 1));
            return;
        }
        verdict.Check(
            known.Twin == e.Twin && known.First + known.Count == e.Position,
            $"command {e.Command} of {e.Twin} happened at position {known.First} and again at {e.Position}");
        _commands[e.Command] = known with { Count = known.Count + 1 };
    }

    private void Add(in RecordedEvent e)
    {
        TwinHistory twin = Of(e.Twin);
        try
        {
            twin.Add(e);
        }
        catch (CorruptHistoryException corrupt)
        {
            verdict.Fail($"{e.Twin} at position {e.Position}: {corrupt.Message}");
            return;
        }
        _messages.Follow(e, twin);
        if (twin.Armed.DueAt is not null)
        {
            _deadlines.Enqueue(e.Twin, twin.Armed.FiresAt);
        }
    }
}
