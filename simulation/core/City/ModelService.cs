using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>A service or feedback category, and what happens to its cases.</summary>
public sealed record ModelService
{
    /// <summary>The catalogue's code.</summary>
    public required string Code { get; init; }

    /// <summary>The English name.</summary>
    public required string Name { get; init; }

    /// <summary>Dossier or feedback.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>The field of work.</summary>
    public required string Field { get; init; }

    /// <summary>Who decides.</summary>
    public required Level Level { get; init; }

    /// <summary>The place of the skill it needs.</summary>
    public required int Skill { get; init; }

    /// <summary>How long the office may take.</summary>
    public required TimeLimit Limit { get; init; }

    /// <summary>Active working time of officers on a case, minutes, over all steps.</summary>
    public required Duration Handling { get; init; }

    /// <summary>The load that a case is expected to be, minutes: decides between desks.</summary>
    public required double EffortMinutes { get; init; }

    /// <summary>The place of the department that takes its escalations; −1: none.</summary>
    public required int Department { get; init; }

    /// <summary>How urgent its cases are.</summary>
    public Urgency Urgency { get; init; }

    /// <summary>How often a case is on a desk before it is decided, 1 to 20; each step takes an equal share of the handling.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Working days in which nobody handles the case (checks on site, posting, signatures), over all steps; null: none.</summary>
    public Duration? ProcessDays { get; init; }

    /// <summary>The share filed online, 0 to 1.</summary>
    public double OnlineShare { get; init; }

    /// <summary>The chance that documents are missing at receipt, 0 to 1.</summary>
    public double MissingChance { get; init; }

    /// <summary>The chance that an official must ask the citizen, 0 to 1; at most once a case.</summary>
    public double AskChance { get; init; }

    /// <summary>Calendar days until the citizen answers.</summary>
    public Duration AnswerDays { get; init; } = Duration.Lognormal(3, 0.9);

    /// <summary>The share of the handling that is done again after an answer, 0 to 1.</summary>
    public double ReworkShare { get; init; } = 0.5;

    /// <summary>The chance that a commune passes the case up to a department, 0 to 1; at most once a case.</summary>
    public double EscalateChance { get; init; }

    /// <summary>The chance that the department returns an escalated case to the commune, 0 to 1.</summary>
    public double SendBackChance { get; init; }

    /// <summary>The chance that the citizen objects to a result, 0 to 1; at most once a case.</summary>
    public double ReopenChance { get; init; }

    /// <summary>The chance that a decided case is turned down, 0 to 1.</summary>
    public double RejectChance { get; init; }

    /// <summary>The share of citizens who rate a result, 0 to 1.</summary>
    public double RateShare { get; init; } = 0.3;
}
