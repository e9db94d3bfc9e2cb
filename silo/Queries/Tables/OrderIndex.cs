namespace CityTwin.Silo.Queries;

/// <summary>Rows by a moment, in steps: the earliest or the latest are found without looking at all. Not thread-safe.</summary>
/// <remarks>Rows of the first class (open cases) and the rest lie apart, so that many finished ones do not stand before the open ones.</remarks>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="attribute">The attribute that it orders by.</param>
/// <param name="stepMs">Moments within one step lie together; milliseconds.</param>
/// <param name="momentOf">The moment of a row, Unix milliseconds.</param>
/// <param name="isFirst">Whether a row is of the first class.</param>
/// <param name="meansFirst">Whether a condition holds for rows of the first class only.</param>
internal sealed class OrderIndex<TRow>(string attribute, long stepMs, RowKey<TRow> momentOf, RowChoice<TRow> isFirst, Func<QueryNode, bool> meansFirst)
    where TRow : struct, ITwinRow
{
    private readonly OrderedPlaces _first = new();
    private readonly OrderedPlaces _rest = new();

    /// <summary>The attribute that it orders by.</summary>
    public string Attribute { get; } = attribute;

    /// <summary>Whether a condition holds for rows of the first class only.</summary>
    public bool MeansFirst(QueryNode node) => meansFirst(node);

    /// <summary>Takes in a change of the row at a place.</summary>
    public void Change(int place, in TRow before, in TRow after)
    {
        (long step, bool first) from = before.IsThere ? (Step(momentOf(before)), isFirst(before)) : default;
        (long step, bool first) to = after.IsThere ? (Step(momentOf(after)), isFirst(after)) : default;
        if (before.IsThere && after.IsThere && from == to)
        {
            return;
        }
        if (before.IsThere)
        {
            (from.first ? _first : _rest).Remove(from.step, place);
        }
        if (after.IsThere)
        {
            (to.first ? _first : _rest).Add(to.step, place);
        }
    }

    /// <summary>How many rows lie between two moments, both included, Unix milliseconds; a little more at the ends.</summary>
    public long Count(long low, long high, bool onlyFirst) =>
        _first.Count(Step(low), Step(high)) + (onlyFirst ? 0 : _rest.Count(Step(low), Step(high)));

    /// <summary>The places of those rows.</summary>
    public int[] Between(long low, long high, bool onlyFirst)
    {
        List<int> places = [];
        _first.AddBetween(Step(low), Step(high), places);
        if (!onlyFirst)
        {
            _rest.AddBetween(Step(low), Step(high), places);
        }
        return [.. places];
    }

    /// <summary>The places of the first rows in order, so many at least, and where the rows that were left out begin.</summary>
    /// <param name="wanted">So many, unless there are fewer.</param>
    /// <param name="from">Begins at this moment, Unix milliseconds; null: at the first.</param>
    /// <param name="descending">The latest first.</param>
    /// <param name="onlyFirst">Rows of the first class only.</param>
    /// <returns>The places; a row that was left out is not before <c>Bound</c> in the order; null: none was left out.</returns>
    public (int[] Places, long? Bound) Begin(int wanted, long? from, bool descending, bool onlyFirst)
    {
        List<int> places = [];
        OrderedPlaces.Cursor first = _first.From(from is { } a ? Step(a) : null, descending);
        OrderedPlaces.Cursor rest = onlyFirst ? default : _rest.From(from is { } b ? Step(b) : null, descending);
        while (first.Step is not null || rest.Step is not null)
        {
            bool takesFirst = rest.Step is not { } r || (first.Step is { } f && (descending ? f >= r : f <= r));
            long step = (takesFirst ? first.Step : rest.Step)!.Value;
            if (places.Count >= wanted)
            {
                return ([.. places], descending ? ((step + 1) * stepMs) - 1 : step * stepMs);
            }
            if (takesFirst)
            {
                first.Take(places);
            }
            else
            {
                rest.Take(places);
            }
        }
        return ([.. places], null);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _first.Clear();
        _rest.Clear();
    }

    private long Step(long moment) => (moment / stepMs) - (moment % stepMs < 0 ? 1 : 0);
}

/// <summary>Whether a row is of a kind.</summary>
internal delegate bool RowChoice<TRow>(in TRow row);
