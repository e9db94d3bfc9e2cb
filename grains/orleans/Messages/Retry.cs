using CityTwin.Silo.Journal;
using Orleans.Runtime;

namespace CityTwin.Grains.Orleans;

/// <summary>Which failures of a call to a grain pass by themselves.</summary>
public static class Retry
{
    /// <summary>Whether the call may be repeated: its silo died, its activation moved, its journal was away, or nobody answered in time.</summary>
    /// <remarks>The call may or may not have had its effect: a command is repeated under its id, a message under its outbox number.</remarks>
    public static bool IsTransient(Exception e) => e is
        TwinMovedException or TimeoutException or OrleansException or OperationCanceledException or JournalException or ObjectDisposedException;
}
