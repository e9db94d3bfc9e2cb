using CityTwin.Faults.World;
using CityTwin.Silo.Embedded;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;

namespace CityTwin.Faults.Defects;

/// <summary>Where a defect can be planted around the runtime; as it stands, there is none.</summary>
internal class Variant
{
    /// <summary>Whether the journal syncs a batch before it says that it is durable.</summary>
    public virtual bool Syncs => true;

    /// <summary>Whether opening a journal takes a torn batch for a whole one.</summary>
    public virtual bool TrustsTornBatches => false;

    /// <summary>Changes the circumstances, so that the defect has its chance in few seeds.</summary>
    public virtual Circumstances Tune(Circumstances circumstances) => circumstances;

    /// <summary>Puts something between the runtime and its journal.</summary>
    public virtual IJournal Wrap(IJournal journal) => journal;

    /// <summary>Makes the engine.</summary>
    public virtual TurnEngine MakeEngine(CityParts parts, IJournal journal) =>
        new(parts.Types, parts.FolderRules, parts.City, journal, parts.Options.Engine);

    /// <summary>Called when the committer has taken a batch and not written it yet.</summary>
    public virtual void Taken(Committer committer, SealedBatch batch)
    {
    }
}
