using System.Text.Json.Serialization;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>What is asked of the simulator, as it is kept so that it can be done again.</summary>
internal sealed record RunRequest
{
    /// <summary>True: fit the journal and backtest the fit; false: run a scenario.</summary>
    public bool IsCalibration { get; init; }

    /// <summary>The scenario's text.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>Whether it starts from the live state.</summary>
    public bool IsLive { get; init; }

    /// <summary>The moment of the live state, or of the calibration's end.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The journal's position at that moment.</summary>
    public long Position { get; init; }

    /// <summary>Replications instead of the scenario's.</summary>
    public int? Replications { get; init; }

    /// <summary>The half-width wanted, points.</summary>
    public double? PrecisionPoints { get; init; }

    /// <summary>The seed instead of the scenario's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The level of the intervals instead of the scenario's.</summary>
    public double? Confidence { get; init; }

    /// <summary>Whether the scenario's sweep is run.</summary>
    public bool Sweep { get; init; } = true;

    /// <summary>Whether sensitivities are run.</summary>
    public bool Tornado { get; init; }

    /// <summary>Differences that do not matter when the best combination is chosen, points; null: none is chosen.</summary>
    public double? BestPoints { get; init; }

    /// <summary>The share that a calibration fits.</summary>
    public double Split { get; init; } = 0.7;
}

/// <summary>Where a run is.</summary>
internal enum RunStatus
{
    /// <summary>Waits for the runs before it.</summary>
    Queued,

    /// <summary>Is being simulated.</summary>
    Running,

    /// <summary>Has a result.</summary>
    Done,

    /// <summary>Has none; the reason is told.</summary>
    Failed,

    /// <summary>Was stopped by somebody.</summary>
    Cancelled,
}

/// <summary>What a running run does.</summary>
internal enum RunStage
{
    /// <summary>Reads the live state, or the journal.</summary>
    Reading,

    /// <summary>Simulates the base and the variants.</summary>
    Simulating,

    /// <summary>Simulates each assumption less and more.</summary>
    Sensitivities,

    /// <summary>Chooses the best plan, with more replications of those that could be it.</summary>
    Choosing,

    /// <summary>Fits the journal.</summary>
    Fitting,

    /// <summary>Simulates the later part of the journal by a fit of the earlier one, and compares.</summary>
    Foretelling,

    /// <summary>Writes its result.</summary>
    Writing,
}

/// <summary>A run as it is told.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">whatif or calibration.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Where it is.</param>
/// <param name="CreatedAt">When it was asked for (the machine's time, UTC).</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Kept">True: it is never removed to make room.</param>
/// <param name="Base">live, or the base city.</param>
/// <param name="At">The moment of the live state (the city's time).</param>
/// <param name="Done">Simulated so far: replications of variants; of a calibration, thousandths of its work.</param>
/// <param name="Total">How many there will be, as far as is known; 0: not known yet.</param>
/// <param name="SecondsLeft">How long it still takes, as far as is known.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="PairingKey">Runs with the same key can be compared: same base, days, moment and seed.</param>
/// <param name="Figures">The figures of what was asked beside its base, once there are any.</param>
internal sealed record RunReading(
    long Id, string Kind, string Name, RunStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, bool Kept,
    string Base, DateTimeOffset? At, int Done, int Total, double? SecondsLeft, string? Reason, string? PairingKey, IReadOnlyList<FigureReading>? Figures)
{
    /// <summary>What it does; null unless it is running.</summary>
    public RunStage? Stage { get; init; }

    /// <summary>What it has shown so far, after every few replications; of one that was stopped, what it had shown by then. Null once there is a result.</summary>
    public RunSoFar? SoFar { get; init; }

    /// <summary>True once nothing more will happen.</summary>
    [JsonIgnore]
    public bool IsFinished => Status is RunStatus.Done or RunStatus.Failed or RunStatus.Cancelled;
}

/// <summary>All runs.</summary>
/// <param name="Items">The newest first.</param>
internal sealed record RunListAnswer(IReadOnlyList<RunReading> Items);

/// <summary>A figure with its intervals.</summary>
/// <param name="Key">As on_time_share.</param>
/// <param name="Name">In words.</param>
/// <param name="Unit">Its unit; empty: none.</param>
/// <param name="IsHigherBetter">The direction of better.</param>
/// <param name="Base">Without the changes.</param>
/// <param name="Value">With them; null where the scenario changes nothing.</param>
/// <param name="Difference">The paired difference; null as before.</param>
internal sealed record FigureReading(
    string Key, string Name, string Unit, bool IsHigherBetter, EstimateReading Base, EstimateReading? Value, EstimateReading? Difference);

/// <summary>An estimate with its interval.</summary>
/// <param name="Estimate">The mean; null where there is none.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
internal sealed record EstimateReading(double? Estimate, double? Low, double? High)
{
    /// <summary>Of an interval.</summary>
    public static EstimateReading Of(Simulation.Interval interval) => new(Finite(interval.Estimate), Finite(interval.Low), Finite(interval.High));

    private static double? Finite(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;
}

/// <summary>A run as it is kept on disk.</summary>
/// <param name="Reading">As it is told.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Attempts">How often it was begun.</param>
internal sealed record KeptRun(RunReading Reading, RunRequest Request, int Attempts);

/// <summary>What a run leaves.</summary>
/// <param name="Files">The texts by name, as result.json.</param>
/// <param name="PairingKey">What runs that can be compared have in common; null: it cannot be compared.</param>
/// <param name="Figures">The figures to tell at once.</param>
internal sealed record RunResult(IReadOnlyDictionary<string, string> Files, string? PairingKey, IReadOnlyList<FigureReading>? Figures);

/// <summary>A run cannot be done, for a reason that is told to whoever asked.</summary>
internal sealed class RunFailedException(string reason) : Exception(reason);
