using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>One case as the play knows it: the ledger's line, and what is needed to go on.</summary>
internal struct Slot
{
    public TwinId Case;
    public TwinId Citizen;
    public long Key;
    public int Serial;
    public int Service;
    public int Commune;
    public int Office;
    public int Desk;
    public int Official;
    public int Commands;
    public int Visits;
    public int ActedInSlice;
    public int Needed;
    public int Reused;
    public Channel Channel;
    public bool IsForeign;
    public bool IsSettled;
    public bool MustResolve;
    public bool IsLost;
    public long FiledAt;
    public long DecidedAt;
    public long WaitingSince;
    public long WaitedTicks;
    public long Until;
    public ImmutableArray<string> Missing;
    public CaseAccount Account;

    /// <summary>From filing until a decision or a withdrawal.</summary>
    public readonly bool IsOpen => Account.Stage is >= CaseStage.Received and <= CaseStage.InProgress;
}
