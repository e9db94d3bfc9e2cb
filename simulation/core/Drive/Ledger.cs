using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>The driver's own book: every case it filed, with what was acknowledged, and the sums of every office.</summary>
/// <param name="Lines">The cases, in the order of filing.</param>
/// <param name="Offices">The offices, in the city's order.</param>
public sealed record Ledger(LedgerLine[] Lines, OfficeAccount[] Offices);

/// <summary>One case of the ledger.</summary>
/// <param name="Case">The case.</param>
/// <param name="Account">What was acknowledged about it.</param>
/// <param name="Service">The service's place in the sheet.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="FiledAt">When it was filed, UTC ticks.</param>
/// <param name="DecidedAt">When it was decided, UTC ticks; 0: not.</param>
/// <param name="WaitedTicks">Working time for which the office waited for the citizen.</param>
/// <param name="Needed">Documents it needed.</param>
/// <param name="Reused">Those of them that were there from before.</param>
public readonly record struct LedgerLine(
    TwinId Case, CaseAccount Account, int Service, Channel Channel, long FiledAt, long DecidedAt, long WaitedTicks, int Needed, int Reused);
