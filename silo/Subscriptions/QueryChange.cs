using CityTwin.Grains;
using CityTwin.Silo.Queries;

namespace CityTwin.Silo.Subscriptions;

/// <summary>What an event made of a twin, seen from a condition.</summary>
public enum ChangeKind : byte
{
    /// <summary>It fulfils the condition from now on.</summary>
    Entered = 1,

    /// <summary>It changed, and fulfils the condition as before.</summary>
    Changed = 2,

    /// <summary>It does not fulfil the condition any more.</summary>
    Left = 3,
}

/// <summary>One change of a twin that a subscription is told of.</summary>
/// <param name="Position">The journal position of the event.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Twin">The twin.</param>
/// <param name="Kind">What changed.</param>
/// <param name="Values">The twin's values after it, in the order of the query's columns.</param>
public sealed record QueryChange(long Position, DateTimeOffset At, TwinId Twin, ChangeKind Kind, QueryValue[] Values);

/// <summary>Changes in the order in which they happened.</summary>
/// <param name="Changes">The changes; may be empty.</param>
/// <param name="Position">Everything up to this journal position has been looked at.</param>
public sealed record ChangeBatch(IReadOnlyList<QueryChange> Changes, long Position);
