using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>What became of an intent.</summary>
/// <param name="Stands">Acknowledged: it is durable. When false, <paramref name="Refusal"/> says why.</param>
/// <param name="Refusal">Why it was refused; none when it stands.</param>
/// <param name="Case">The case filed or taken.</param>
/// <param name="Stage">The case's stage after it, what followed included; absent when not told.</param>
/// <param name="Service">The case's service; null when not told.</param>
/// <param name="Office">The office in charge.</param>
/// <param name="Desk">The desk it is at, or was at last.</param>
/// <param name="DueAt">Its deadline.</param>
/// <param name="Until">When it is withdrawn or closes by itself; null in other stages.</param>
/// <param name="OnTime">Whether the decision came in time.</param>
/// <param name="Missing">Documents that the citizen must still give.</param>
/// <param name="Needed">How many documents it needs.</param>
/// <param name="Reused">How many of them were there from before.</param>
public readonly record struct Outcome(
    bool Stands, Refusal Refusal, TwinId Case, CaseStage Stage, string? Service, TwinId Office, TwinId Desk, DateTimeOffset DueAt,
    DateTimeOffset? Until, bool? OnTime, ImmutableArray<string> Missing, int Needed, int Reused)
{
    /// <summary>An intent that the rules refused.</summary>
    public static Outcome Refused(Refusal refusal) => default(Outcome) with { Refusal = refusal, Missing = [] };

    /// <summary>An intent that stands, and the case as it is afterwards.</summary>
    public static Outcome Of(TwinId id, CaseState state) => new(
        true, Refusal.None, id, state.Stage, state.Service, state.Office, state.Desk, state.DueAt, state.Until, state.OnTime,
        state.Missing, state.Needed.Length, state.Reused);

    /// <summary>A case taken from a queue of which only the identity is told.</summary>
    public static Outcome Taken(TwinId id) => default(Outcome) with { Stands = true, Case = id, Stage = CaseStage.InProgress, Missing = [] };
}
