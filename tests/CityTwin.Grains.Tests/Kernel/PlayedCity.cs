namespace CityTwin.Grains.Tests;

/// <summary>A whole city in memory: twins in a dictionary, messages in one queue for each sender, time that is driven.</summary>
/// <remarks>
/// Messages keep the order of their sender; between senders the next one is picked by the seed, or the oldest when there is none. That is the
/// order on which the twins rely, and all that they rely on.
/// </remarks>
internal sealed class PlayedCity
{
    private readonly Dictionary<TwinId, IPlayedTwin> _twins = [];
    private readonly Dictionary<TwinId, Queue<Message>> _sent = [];
    private readonly List<TwinId> _senders = [];
    private readonly Outbox _outbox = new();
    private readonly Random? _random;

    public PlayedCity(Random? random = null)
    {
        _random = random;
        Do(SmallCity.City, new CityCommand.Found("Huế", "Hue", 35_000, [.. SmallCity.Rules.Offices], "1"));
        foreach (OfficeDefinition office in SmallCity.Offices)
        {
            Do(office.Profile.Id, new OfficeCommand.Establish(office.Profile, office.Desks));
        }
        Drain();
    }

    public DateTimeOffset Now { get; private set; } = SmallCity.Monday;

    public CityRules Rules { get; private set; } = SmallCity.Rules;

    public IReadOnlyDictionary<TwinId, IPlayedTwin> Twins => _twins;

    public Dictionary<(Type Command, Refusal Refusal), int> RefusedMessages { get; } = [];

    public bool IsQuiet => _senders.Count == 0;

    public T State<T>(TwinId id)
        where T : TwinState => (T)Twin(id).State;

    public IEnumerable<(TwinId Id, T State)> All<T>()
        where T : TwinState => _twins.Where(t => t.Value.State is T).Select(t => (t.Key, (T)t.Value.State));

    public IPlayedTwin Twin(TwinId id) => _twins.TryGetValue(id, out IPlayedTwin? twin) ? twin : _twins[id] = Create(id);

    /// <summary>One command from outside; its messages wait.</summary>
    public Refusal Do(TwinId target, TwinCommand command)
    {
        _outbox.Clear();
        Refusal refusal = Twin(target).Handle(command, new Turn(Now, Rules), _outbox);
        foreach (Message message in _outbox.Messages)
        {
            Queue(target, message);
        }
        if (target.Kind == TwinKind.City)
        {
            Rules = CityPolicy.InForce(SmallCity.Rules, State<CityState>(target));
        }
        return refusal;
    }

    /// <summary>Delivers one message.</summary>
    public void Step()
    {
        int at = _random?.Next(_senders.Count) ?? 0;
        TwinId sender = _senders[at];
        Message message = _sent[sender].Dequeue();
        _senders.RemoveAt(at);
        if (_sent[sender].Count > 0)
        {
            _senders.Add(sender);
        }
        Refusal refusal = Do(message.Target, message.Command);
        if (refusal != Refusal.None)
        {
            var key = (message.Command.GetType(), refusal);
            RefusedMessages[key] = RefusedMessages.GetValueOrDefault(key) + 1;
        }
    }

    public void Drain()
    {
        for (int steps = 0; !IsQuiet; steps++)
        {
            Assert.True(steps < 1_000_000, "messages without end");
            Step();
        }
    }

    /// <summary>Lets time pass, and every deadline on the way be reached at its moment, once.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset until = Now + by;
        while (Earliest(until) is { } due)
        {
            Now = due.At > Now ? due.At : Now;
            Do(due.Id, Twin(due.Id).Deadline!);
            Assert.False(Twin(due.Id).NextDeadline == due.At, $"{due.Id}: the deadline at {due.At} stands after it was reached");
        }
        Now = until;
    }

    private (TwinId Id, DateTimeOffset At)? Earliest(DateTimeOffset until)
    {
        (TwinId, DateTimeOffset)? earliest = null;
        foreach ((TwinId id, IPlayedTwin twin) in _twins)
        {
            if (twin.NextDeadline is { } at && at <= until && (earliest is not { } known || at < known.Item2))
            {
                earliest = (id, at);
            }
        }
        return earliest;
    }

    private void Queue(TwinId sender, Message message)
    {
        if (!_sent.TryGetValue(sender, out Queue<Message>? queue))
        {
            _sent[sender] = queue = new Queue<Message>();
        }
        if (queue.Count == 0)
        {
            _senders.Add(sender);
        }
        queue.Enqueue(message);
    }

    private static IPlayedTwin Create(TwinId id) => id.Kind switch
    {
        TwinKind.City => new PlayedTwin<CityDecider, CityCommand, CityEvent, CityState>(id),
        TwinKind.Commune or TwinKind.Department => new PlayedTwin<OfficeDecider, OfficeCommand, OfficeEvent, OfficeState>(id),
        TwinKind.Desk => new PlayedTwin<DeskDecider, DeskCommand, DeskEvent, DeskState>(id),
        TwinKind.Case => new PlayedTwin<CaseDecider, CaseCommand, CaseEvent, CaseState>(id),
        TwinKind.Citizen => new PlayedTwin<CitizenDecider, CitizenCommand, CitizenEvent, CitizenState>(id),
        TwinKind.Official => new PlayedTwin<OfficialDecider, OfficialCommand, OfficialEvent, OfficialState>(id),
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "no decider"),
    };
}
