namespace CityTwin.Grains.Orleans;

/// <summary>Makes the turns of one silo durable, many in one transaction, in the order in which they were posted.</summary>
/// <remarks>
/// A twin's entries are posted by one activation. If the journal holds other events of the twin than the entry follows, because there
/// is a second activation elsewhere, the entry fails, with all later ones of the twin, and no other twin's. Thread-safe.
/// </remarks>
public interface IGroupCommitter
{
    /// <summary>Whether entries are taken: false while the database is away and when the silo stops.</summary>
    bool IsOpen { get; }

    /// <summary>Adds an entry to the next transaction; false when too many wait or it is closed, and then nothing happens.</summary>
    bool TryPost(TurnEntry entry);
}
