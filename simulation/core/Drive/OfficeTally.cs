namespace CityTwin.Simulation.Drive;

/// <summary>The ledger's running sums of one office.</summary>
internal struct OfficeTally
{
    public long Filed;
    public long EscalatedIn;
    public long EscalatedOut;
    public long Resolved;
    public long Rejected;
    public long OnTime;
    public long Ratings;
}
