using System.Collections.Immutable;

namespace CityTwin.Grains.Tests.Sensors;

/// <summary>Given (what happened), when (a command), then (<see cref="Last"/>, <see cref="Sent"/>, <see cref="State"/>).</summary>
public sealed record SensorHistory(TwinId Self)
{
    public static readonly DateTimeOffset Start = new(2025, 10, 27, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Kim Long on the Hương: alarms at 1.0, 2.0 and 3.5 m.</summary>
    public static readonly SensorRules Flood = SensorRules.DefaultOf(SensorKind.Water) with { Levels = [1.0, 2.0, 3.5] };

    private DateTimeOffset _now = Start;
    private ImmutableList<SensorEvent> _all = [];

    public SensorState State { get; private init; } = SensorDecider.Initial;

    public ImmutableArray<SensorEvent> Last { get; private init; } = [];

    public ImmutableArray<Message> Sent { get; private init; } = [];

    public DateTimeOffset? NextDeadline => SensorDecider.NextDeadline(State);

    public static SensorProfile Profile(string name, GeoPoint? place = null, int commune = 19753, bool cityWide = false) =>
        new(SensorKind.Water, name, TwinId.City(46), TwinId.Commune(commune), place ?? new GeoPoint(16.4530, 107.5640), cityWide);

    public SensorHistory At(DateTimeOffset now) => this with { _now = now };

    public Decision<SensorEvent> Decide(SensorCommand command) => SensorDecider.Decide(State, command, new Turn(_now, null!));

    public SensorHistory When(SensorCommand command)
    {
        Decision<SensorEvent> decision = Decide(command);
        Assert.Equal(Refusal.None, decision.Refusal);
        SensorState state = State;
        Outbox outbox = new();
        List<SensorEvent> happened = [];
        for (int i = 0; i < decision.Count; i++)
        {
            state = SensorDecider.Evolve(state, decision[i]);
            SensorDecider.React(Self, state, decision[i], outbox);
            happened.Add(decision[i]);
        }
        return this with { State = state, Last = [.. happened], Sent = [.. outbox.Messages], _all = _all.AddRange(happened) };
    }

    public SensorState Replayed() => _all.Aggregate(SensorDecider.Initial, SensorDecider.Evolve);
}
