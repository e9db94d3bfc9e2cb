using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>What went through one office, in numbers.</summary>
/// <param name="Office">The office.</param>
/// <param name="Filed">Cases of which it was in charge when they were filed.</param>
/// <param name="EscalatedIn">Cases that came by escalation.</param>
/// <param name="EscalatedOut">Cases passed up.</param>
/// <param name="Resolved">Cases resolved.</param>
/// <param name="Rejected">Cases rejected.</param>
/// <param name="Withdrawn">Cases withdrawn while it was in charge.</param>
/// <param name="OnTime">Decisions in time.</param>
/// <param name="Ratings">Ratings received.</param>
public readonly record struct OfficeAccount(
    TwinId Office, long Filed, long EscalatedIn, long EscalatedOut, long Resolved, long Rejected, long Withdrawn, long OnTime, long Ratings);
