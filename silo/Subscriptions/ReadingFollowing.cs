using System.Text;
using CityTwin.Grains;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Sensors;

namespace CityTwin.Silo.Subscriptions;

/// <summary>A sensor as a subscription to readings sees it.</summary>
/// <param name="Print">A print of its values: the same as long as nothing changed.</param>
/// <param name="ReadAt">When its latest reading was taken; null before there is one.</param>
/// <param name="Values">Its values, in the order of the query's columns.</param>
internal readonly record struct SeenSensor(long Print, DateTimeOffset? ReadAt, QueryValue[] Values);

/// <summary>A change that readings made, and what is to be remembered once it was told.</summary>
/// <param name="Change">The change.</param>
/// <param name="Print">The print of the sensor's values after it.</param>
internal readonly record struct ReadingChange(QueryChange Change, long Print);

/// <summary>Finds what readings changed for a subscription: sensors whose values are not those that were told last.</summary>
/// <remarks>
/// A receiver that is behind is told the latest readings and not each of those in between. What was told is kept with the
/// subscription, so that the latest is told after a crash, too.
/// </remarks>
/// <param name="view">The live view.</param>
/// <param name="query">The condition and the columns.</param>
internal sealed class ReadingFollowing(QueryView view, CityQuery query)
{
    private const int Own = 3;

    private readonly QueryEngine _engine = new(view);

    // The values told come last; by those before, or by the watched ones alone, one state of a sensor is told from another.
    private readonly CityQuery _asked = query with
    {
        Select = [query.Schema.Find("id")!, query.Schema.Find("position")!, query.Schema.Find("readAt")!, .. query.Watched, .. query.Select],
        Limit = CityQuery.LimitMax,
    };

    /// <summary>The sensors that fulfil the condition now, with their prints.</summary>
    public Dictionary<TwinId, SeenSensor> Now(QueryCircumstances circumstances, CancellationToken cancellation) =>
        All(_asked, circumstances, cancellation);

    /// <summary>What is to be told.</summary>
    /// <param name="told">What was told last.</param>
    /// <param name="circumstances">Now.</param>
    /// <param name="cancellation">Gives up.</param>
    public IReadOnlyList<ReadingChange> Changes(IReadOnlyDictionary<TwinId, long> told, QueryCircumstances circumstances, CancellationToken cancellation)
    {
        long position = view.Position;
        Dictionary<TwinId, SeenSensor> now = Now(circumstances, cancellation);
        List<ReadingChange> changes = [];
        foreach ((TwinId twin, (long print, DateTimeOffset? readAt, QueryValue[] values)) in now)
        {
            bool was = told.TryGetValue(twin, out long before);
            if (!was || before != print)
            {
                changes.Add(new ReadingChange(new QueryChange(position, readAt ?? circumstances.Now, twin, was ? ChangeKind.Changed : ChangeKind.Entered, values), print));
            }
        }
        TwinId[] left = [.. told.Keys.Where(twin => !now.ContainsKey(twin))];
        if (left.Length > 0)
        {
            Dictionary<TwinId, SeenSensor> all = All(_asked with { Condition = null, Places = [] }, circumstances, cancellation);
            changes.AddRange(left.Where(all.ContainsKey).Select(twin => new ReadingChange(
                new QueryChange(position, all[twin].ReadAt ?? circumstances.Now, twin, ChangeKind.Left, all[twin].Values), all[twin].Print)));
        }
        return changes;
    }

    private Dictionary<TwinId, SeenSensor> All(CityQuery asked, QueryCircumstances circumstances, CancellationToken cancellation)
    {
        Dictionary<TwinId, SeenSensor> all = [];
        QueryCircumstances kept = circumstances with { Readings = circumstances.Readings is { } readings ? new KeptReadings(readings) : null };
        for (CityQuery? page = asked; page is not null;)
        {
            QueryAnswer answer = _engine.Answer(page, kept, cancellation);
            foreach (QueryValue[] row in answer.Rows)
            {
                all[row[0].AsId] = new SeenSensor(PrintOf(query.Watched.Count > 0 ? row.AsSpan(Own, query.Watched.Count) : row), row[2].IsNone ? null : row[2].AsMoment, row[(Own + query.Watched.Count)..]);
            }
            page = answer.Next is { } next ? asked with { Cursor = QueryCursor.Parse(next, asked.Shape, 0) } : null;
        }
        return all;
    }

    // FNV-1a: the same on every machine and in every process.
    private static long PrintOf(ReadOnlySpan<QueryValue> row)
    {
        ulong hash = 14695981039346656037;
        foreach (QueryValue value in row)
        {
            foreach (byte b in Encoding.UTF8.GetBytes(value.ToString()))
            {
                hash = unchecked((hash ^ b) * 1099511628211);
            }
            hash = unchecked((hash ^ 0x1F) * 1099511628211);
        }
        return unchecked((long)hash);
    }
}
