using System.Runtime.CompilerServices;
using CityTwin.ClientApi.Queries;
using CityTwin.Grains;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Subscriptions;

/// <summary>Changes for a condition that becomes true or false by the clock alone, as <c>deadline&lt;now + 4 working hours</c>: asked anew every second, and compared.</summary>
/// <remarks>What went to and fro between two looks is not told. The twins that fulfil it at first are told as entered.</remarks>
internal sealed class ClockedChanges(CityQueries queries)
{
    /// <summary>Twins that may fulfil such a condition at once.</summary>
    public const int MembersMax = CityQuery.LimitMax;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Batches of changes, one a second.</summary>
    /// <exception cref="Problems.ProblemException">Too many twins fulfil the condition, or asking costs too much.</exception>
    public async IAsyncEnumerable<ChangeBatch> ReadAsync(CityQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        CityQuery asked = query with { Select = [query.Schema.Find("id")!, .. query.Select], Limit = MembersMax };
        Dictionary<TwinId, QueryValue[]> before = [];
        using var timer = new PeriodicTimer(Every);
        do
        {
            QueryAnswer answer = await queries.AnswerAsync(asked, null, null, cancellation);
            if (answer.Next is not null)
            {
                throw new Problems.ProblemException(QueryProblems.TooManyMembers(MembersMax));
            }
            Dictionary<TwinId, QueryValue[]> now = answer.Rows.ToDictionary(r => r[0].AsId, r => r[1..]);
            yield return new ChangeBatch([.. Compare(before, now, answer)], answer.Position);
            before = now;
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private static IEnumerable<QueryChange> Compare(Dictionary<TwinId, QueryValue[]> before, Dictionary<TwinId, QueryValue[]> now, QueryAnswer answer)
    {
        foreach ((TwinId twin, QueryValue[] values) in now)
        {
            bool was = before.TryGetValue(twin, out QueryValue[]? earlier);
            if (!was || !earlier.AsSpan().SequenceEqual(values))
            {
                yield return new QueryChange(answer.Position, answer.Now, twin, was ? ChangeKind.Changed : ChangeKind.Entered, values);
            }
        }
        foreach ((TwinId twin, QueryValue[] values) in before)
        {
            if (!now.ContainsKey(twin))
            {
                yield return new QueryChange(answer.Position, answer.Now, twin, ChangeKind.Left, values);
            }
        }
    }
}
