using System.Runtime.CompilerServices;
using CityTwin.ClientApi.Queries;
using CityTwin.Grains;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Subscriptions;

/// <summary>Changes for a condition that becomes true or false without an event, by the clock (<c>deadline&lt;now + 4 working hours</c>) or by readings: asked anew every second, and compared.</summary>
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
            yield return new ChangeBatch([.. ComparedChanges.Between(before, now, answer.Position, answer.Now)], answer.Position);
            before = now;
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }
}
