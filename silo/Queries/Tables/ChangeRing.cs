namespace CityTwin.Silo.Queries;

/// <summary>A row before and after one event.</summary>
/// <param name="Position">The event's journal position.</param>
/// <param name="AtTicks">The event's moment, ticks of UTC.</param>
/// <param name="Place">Where the row lies in the table.</param>
/// <param name="Before">The row before; not there for a twin that began.</param>
/// <param name="After">The row after; not there for a finished case that left the table.</param>
internal readonly record struct RowChange<TRow>(long Position, long AtTicks, int Place, TRow Before, TRow After);

/// <summary>The latest changes of a table, so that it can be read as of any position that they reach back to. Not thread-safe.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="capacity">Changes kept at most.</param>
internal sealed class ChangeRing<TRow>(int capacity)
    where TRow : struct, ITwinRow
{
    private RowChange<TRow>[] _ring = new RowChange<TRow>[Math.Min(capacity, 256)];
    private long _added;
    private long _lost;

    /// <summary>The earliest position as of which the table can be read.</summary>
    public long Earliest => _lost;

    /// <summary>Forgets all; nothing before a position can be read.</summary>
    public void Clear(long position)
    {
        _added = 0;
        _lost = position;
    }

    /// <summary>Adds a change.</summary>
    public void Add(in RowChange<TRow> change)
    {
        if (_added == _ring.Length && _ring.Length < capacity)
        {
            Array.Resize(ref _ring, (int)Math.Min(capacity, _ring.Length * 2L));
        }
        int place = (int)(_added % _ring.Length);
        if (_added >= _ring.Length)
        {
            _lost = _ring[place].Position;
        }
        _ring[place] = change;
        _added++;
    }

    /// <summary>The changes after a position, the earliest first, at most so many.</summary>
    public void CopyAfter(long position, List<RowChange<TRow>> into, int limit = int.MaxValue)
    {
        long first = FirstAfter(position);
        for (long i = first; i < _added && into.Count < limit; i++)
        {
            into.Add(_ring[(int)(i % _ring.Length)]);
        }
    }

    private long FirstAfter(long position)
    {
        long low = Math.Max(0, _added - _ring.Length), high = _added;
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            (low, high) = _ring[(int)(middle % _ring.Length)].Position <= position ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
