using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.Live;

/// <summary>The live city at one moment: what a what-if run starts from. A copy: the live city is untouched.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Desks">Every desk as it stands; those that the model knows replace the model's staffing and discipline.</param>
/// <param name="Cases">Every open case.</param>
public sealed record LiveCity(DateTimeOffset At, ImmutableArray<LiveDesk> Desks, ImmutableArray<LiveCase> Cases);

/// <summary>A desk as it stands.</summary>
/// <param name="Desk">The desk.</param>
/// <param name="Office">Its office.</param>
/// <param name="Name">Its name.</param>
/// <param name="Skills">What it can work on.</param>
/// <param name="Discipline">In which order it takes its cases.</param>
/// <param name="Officials">Who works there.</param>
public sealed record LiveDesk(
    TwinId Desk, TwinId Office, string Name, ImmutableArray<string> Skills, Discipline Discipline, ImmutableArray<TwinId> Officials);

/// <summary>Where an open case is in its life.</summary>
public enum LiveStage : byte
{
    /// <summary>Filed, not at a desk yet.</summary>
    Received = 1,

    /// <summary>The citizen must answer; the deadline stands still.</summary>
    WaitingForCitizen = 2,

    /// <summary>In the queue of a desk.</summary>
    Queued = 3,

    /// <summary>In the hands of an official.</summary>
    InProgress = 4,
}

/// <summary>An open case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Service">Its service code.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="Commune">Where the citizen lives or the matter lies.</param>
/// <param name="Office">The office in charge.</param>
/// <param name="Desk">The desk it is at, or was at last; none before a desk took it.</param>
/// <param name="Official">Who has it in hand; none otherwise.</param>
/// <param name="Urgency">How urgent it is.</param>
/// <param name="FiledAt">When it was filed.</param>
/// <param name="StageAt">Since when it is in its stage.</param>
/// <param name="DueAt">The deadline in force.</param>
/// <param name="Remaining">While the citizen is waited for: the working time left when the deadline stopped; else zero.</param>
/// <param name="Worked">Working time that officials have spent on it.</param>
/// <param name="WasEscalated">Whether it went up to a department before.</param>
public sealed record LiveCase(
    TwinId Case, string Service, LiveStage Stage, TwinId Commune, TwinId Office, TwinId Desk, TwinId Official, Urgency Urgency,
    DateTimeOffset FiledAt, DateTimeOffset StageAt, DateTimeOffset DueAt, TimeSpan Remaining, TimeSpan Worked, bool WasEscalated);
