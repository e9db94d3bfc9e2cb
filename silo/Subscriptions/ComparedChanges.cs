using CityTwin.Grains;
using CityTwin.Silo.Queries;

namespace CityTwin.Silo.Subscriptions;

/// <summary>Changes found by asking again and comparing: for conditions that become true or false without an event, by the clock or by readings.</summary>
public static class ComparedChanges
{
    /// <summary>What changed between two answers.</summary>
    /// <param name="before">The twins that fulfilled the condition, and their values.</param>
    /// <param name="now">Those that do now.</param>
    /// <param name="position">The journal position of now.</param>
    /// <param name="at">The moment of now.</param>
    public static IEnumerable<QueryChange> Between(Dictionary<TwinId, QueryValue[]> before, Dictionary<TwinId, QueryValue[]> now, long position, DateTimeOffset at)
    {
        foreach ((TwinId twin, QueryValue[] values) in now)
        {
            bool was = before.TryGetValue(twin, out QueryValue[]? earlier);
            if (!was || !earlier.AsSpan().SequenceEqual(values))
            {
                yield return new QueryChange(position, at, twin, was ? ChangeKind.Changed : ChangeKind.Entered, values);
            }
        }
        foreach ((TwinId twin, QueryValue[] values) in before)
        {
            if (!now.ContainsKey(twin))
            {
                yield return new QueryChange(position, at, twin, ChangeKind.Left, values);
            }
        }
    }
}
