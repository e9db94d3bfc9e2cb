using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>What is simulated: from which day, how long, and which model is in force when.</summary>
public sealed record Timeline
{
    /// <summary>The first day, local.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>How many days, 1 to 3,660.</summary>
    public required int Days { get; init; }

    /// <summary>The models in force, by day; the first begins on <see cref="Start"/>. All have the same offices, desks, officers and services.</summary>
    public required ImmutableArray<Phase> Phases { get; init; }

    /// <summary>Days at the start that are simulated but not counted, 0 or more: a city that starts empty needs some.</summary>
    public int WarmUpDays { get; init; }

    /// <summary>True: a what-if run finds the warm-up by itself (MSER-5), and <see cref="WarmUpDays"/> is what it found.</summary>
    public bool FindsWarmUp { get; init; }

    /// <summary>Cases that are there at the start, or null: none.</summary>
    public Live.LiveCity? Live { get; init; }

    /// <summary>Cases that come, instead of chance; null: chance.</summary>
    public ImmutableArray<TracedCase>? Trace { get; init; }

    /// <summary>A timeline with one model.</summary>
    public static Timeline Of(CityModel model, DateOnly start, int days, int warmUpDays = 0) =>
        new() { Start = start, Days = days, Phases = [new Phase(start, model)], WarmUpDays = warmUpDays };
}

/// <summary>A model that comes into force at the start of a day.</summary>
public sealed record Phase(DateOnly From, CityModel Model);

/// <summary>A case whose luck is given: for replaying what happened, or what another engine did.</summary>
/// <param name="At">When it is filed, UTC.</param>
/// <param name="Office">The place of the office it is filed at.</param>
/// <param name="Service">The place of its service.</param>
/// <param name="Urgency">How urgent it is.</param>
/// <param name="Handling">The handling at the office it is filed at.</param>
/// <param name="HandlingAbove">The handling at the department it is escalated to; null: not escalated.</param>
/// <param name="HandlingAfterReturn">The handling at the commune after the department returned it; null: not returned.</param>
public sealed record TracedCase(
    DateTimeOffset At, int Office, int Service, Urgency Urgency, TimeSpan Handling, TimeSpan? HandlingAbove = null, TimeSpan? HandlingAfterReturn = null);
