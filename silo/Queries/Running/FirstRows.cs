namespace CityTwin.Silo.Queries;

/// <summary>Keeps the first rows of an order, whatever the order in which they come: a bounded heap with the last of them on top.</summary>
/// <typeparam name="TRow">The row.</typeparam>
internal sealed class FirstRows<TRow>
    where TRow : struct, ITwinRow
{
    private readonly PriorityQueue<Entry, Entry> _heap;
    private readonly (AttributeReader<TRow> Read, bool Descending)[] _order;
    private readonly int _limit;
    private readonly (QueryValue[] Key, long Number)? _after;

    /// <summary>None yet.</summary>
    /// <param name="order">The order.</param>
    /// <param name="limit">Rows kept.</param>
    /// <param name="after">Only rows after this one; null: all.</param>
    public FirstRows(IReadOnlyList<QueryOrder> order, int limit, QueryCursor? after)
    {
        _order = [.. order.Select(o => (((QueryAttribute<TRow>)o.Attribute!).Read, o.Descending))];
        _limit = limit;
        _after = after is null ? null : ([.. after.Key], after.Number);
        _heap = new PriorityQueue<Entry, Entry>(Comparer<Entry>.Create((a, b) => Compare(b.Key, b.Number, a.Key, a.Number)));
    }

    /// <summary>Offers a row.</summary>
    public void Offer(in TRow row, QueryContext context)
    {
        // The first value decides nearly always: only rows that may stay pay for a key.
        if (_order.Length > 0 && _heap.Count == _limit && _heap.TryPeek(out Entry? last, out _)
            && CompareOne(0, _order[0].Read(row, context), last.Key[0]) > 0)
        {
            return;
        }
        var key = new QueryValue[_order.Length];
        for (int i = 0; i < key.Length; i++)
        {
            key[i] = _order[i].Read(row, context);
        }
        if (_after is { } after && Compare(key, row.Number, after.Key, after.Number) <= 0)
        {
            return;
        }
        var entry = new Entry(key, row.Number, row);
        if (_heap.Count < _limit)
        {
            _heap.Enqueue(entry, entry);
        }
        else
        {
            _heap.EnqueueDequeue(entry, entry);
        }
    }

    /// <summary>The rows kept, in order. Empties this.</summary>
    public Entry[] InOrder()
    {
        var rows = new Entry[_heap.Count];
        for (int i = rows.Length - 1; i >= 0; i--)
        {
            rows[i] = _heap.Dequeue();
        }
        return rows;
    }

    private int Compare(QueryValue[] a, long aNumber, QueryValue[] b, long bNumber)
    {
        for (int i = 0; i < _order.Length; i++)
        {
            if (CompareOne(i, a[i], b[i]) is var order && order != 0)
            {
                return order;
            }
        }
        return aNumber.CompareTo(bNumber);
    }

    private int CompareOne(int i, QueryValue a, QueryValue b)
    {
        int order = a.CompareTo(b);
        return _order[i].Descending && !a.IsNone && !b.IsNone ? -order : order;
    }

    /// <summary>A row and its place in the order.</summary>
    /// <param name="Key">The values ordered by.</param>
    /// <param name="Number">Breaks ties.</param>
    /// <param name="Row">The row.</param>
    internal sealed record Entry(QueryValue[] Key, long Number, TRow Row);
}
