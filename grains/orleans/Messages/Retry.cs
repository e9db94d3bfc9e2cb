using CityTwin.Silo.Journal;
using Orleans.Runtime;
using Orleans.Serialization;

namespace CityTwin.Grains.Orleans;

/// <summary>Which failures of a call to a grain pass by themselves.</summary>
public static class Retry
{
    /// <summary>Whether the call may be repeated: its silo died, its activation moved, its journal was away, or nobody answered in time.</summary>
    /// <remarks>
    /// A failure of the database in the middle of an activation comes as itself, or, where it has no form on the wire, as that.
    /// The call may or may not have had its effect: a command is repeated under its id, a message under its outbox number.
    /// </remarks>
    public static bool IsTransient(Exception e) => e is
        TwinMovedException or TimeoutException or OrleansException or OperationCanceledException or JournalException or ObjectDisposedException
        or System.Data.Common.DbException or SerializerException;
}
