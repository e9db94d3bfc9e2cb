using System.Collections.Immutable;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Scenarios;

/// <summary>A question to the simulator: a base, and changes to it. Read from YAML by <see cref="ScenarioFile"/>; format: docs/simulation/scenarios.md.</summary>
public sealed record Scenario
{
    /// <summary>The name in reports.</summary>
    public required string Name { get; init; }

    /// <summary>What is asked and why.</summary>
    public string Description { get; init; } = "";

    /// <summary>The city that is changed.</summary>
    public required ScenarioBase Base { get; init; }

    /// <summary>How it is run.</summary>
    public ScenarioRun Run { get; init; } = new();

    /// <summary>The changes, applied in order.</summary>
    public ImmutableArray<ScenarioChange> Changes { get; init; } = [];

    /// <summary>Values to try for names written <c>$name</c> in the changes; all combinations are run.</summary>
    public ImmutableArray<SweepAxis> Sweep { get; init; } = [];
}

/// <summary>The city that a scenario changes, and for which days.</summary>
public sealed record ScenarioBase
{
    /// <summary>A bundled city, a path of a city folder, or <c>live</c>.</summary>
    public required string City { get; init; }

    /// <summary>The first day that is simulated.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>How many days are simulated, warm-up included; 1 to 3,660.</summary>
    public int Days { get; init; } = 84;

    /// <summary>How many of them are not counted.</summary>
    public int WarmUpDays { get; init; } = 28;

    /// <summary>True: how many is found from the base itself (MSER-5).</summary>
    public bool FindsWarmUp { get; init; }

    /// <summary>What the city folder does not say.</summary>
    public CityAssumptions Assumptions { get; init; } = new();

    /// <summary>What happens to unfinished cases at the end of a day.</summary>
    public EndOfShift EndOfShift { get; init; } = EndOfShift.Hold;

    /// <summary>How fast cases go from office to office.</summary>
    public Coupling Coupling { get; init; } = Coupling.Immediate;
}

/// <summary>How a scenario is run.</summary>
public sealed record ScenarioRun
{
    /// <summary>Paired replications; at least so many where a precision is asked for. 2 to 10,000.</summary>
    public int Replications { get; init; } = 30;

    /// <summary>The most replications where a precision is asked for.</summary>
    public int ReplicationMax { get; init; } = 400;

    /// <summary>The half-width to reach for the difference of the on-time share, as a share (0.005: half a point); null: no such goal.</summary>
    public double? Precision { get; init; }

    /// <summary>The seed of all chance.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The level of all intervals, 0.5 to 0.999.</summary>
    public double Confidence { get; init; } = 0.95;
}

/// <summary>A lever pulled, for good or for a period.</summary>
/// <param name="Lever">What is changed.</param>
/// <param name="From">The first day; null: from the start.</param>
/// <param name="To">The last day; null: to the end.</param>
public sealed record ScenarioChange(Lever Lever, DateOnly? From, DateOnly? To);

/// <summary>A name and the values that it takes in turn.</summary>
public sealed record SweepAxis(string Name, ImmutableArray<double> Values);

/// <summary>A word of the file with its place, for mistakes that show only when the city is known.</summary>
/// <param name="Text">The word.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record Named(string Text, int Line, int Column);

/// <summary>A scenario, or all of its mistakes.</summary>
public sealed record ScenarioReading(Scenario? Scenario, ImmutableArray<ScenarioMistake> Mistakes);
