using System.Buffers;

namespace CityTwin.Silo.Queries;

/// <summary>Takes one row.</summary>
internal delegate void RowVisitor<TRow>(in TRow row);

/// <summary>Reads a table as of one position while it goes on changing.</summary>
/// <typeparam name="TRow">The row.</typeparam>
internal sealed class TableReading<TRow>
    where TRow : struct, ITwinRow
{
    private readonly QueryView _view;
    private readonly TwinTable<TRow> _table;
    private readonly long _position;
    private readonly int[]? _places;
    private readonly List<long> _copiedAt = [];

    /// <summary>A reading.</summary>
    /// <param name="view">Whose lock guards the table.</param>
    /// <param name="table">The table.</param>
    /// <param name="position">The position.</param>
    /// <param name="places">The places to look at, as of now; null: all.</param>
    public TableReading(QueryView view, TwinTable<TRow> table, long position, int[]? places)
    {
        _view = view;
        _table = table;
        _position = position;
        _places = places;
    }

    /// <summary>Visits every row as it was at the position; those that changed since come last.</summary>
    /// <returns>Rows looked at.</returns>
    /// <exception cref="QueryPositionLostException">Too much has changed since.</exception>
    public long Visit(RowVisitor<TRow> visit, CancellationToken cancellation)
    {
        TRow[] rows = ArrayPool<TRow>.Shared.Rent(TwinTable<TRow>.ChunkRows);
        long examined = 0;
        try
        {
            // A chunk that is not full is the last: what is added meanwhile is of a later position.
            for (int from = 0, count = TwinTable<TRow>.ChunkRows; count == TwinTable<TRow>.ChunkRows; from += TwinTable<TRow>.ChunkRows)
            {
                count = Copy(from, rows);
                cancellation.ThrowIfCancellationRequested();
                examined += count;
                for (int i = 0; i < count; i++)
                {
                    if (rows[i].IsThere && rows[i].Position <= _position)
                    {
                        visit(rows[i]);
                    }
                }
            }
        }
        finally
        {
            ArrayPool<TRow>.Shared.Return(rows);
        }
        return examined + VisitChanged(visit);
    }

    private int Copy(int from, TRow[] rows)
    {
        int length = TwinTable<TRow>.ChunkRows;
        lock (_view.Gate)
        {
            _copiedAt.Add(_view.Position);
            if (_places is null)
            {
                if (from >= _table.Extent)
                {
                    return 0;
                }
                ReadOnlySpan<TRow> chunk = _table.Chunk(from);
                chunk.CopyTo(rows);
                return chunk.Length;
            }
            int count = Math.Min(length, _places.Length - from);
            for (int i = 0; i < count; i++)
            {
                rows[i] = _table[_places[from + i]];
            }
            return count;
        }
    }

    private long VisitChanged(RowVisitor<TRow> visit)
    {
        List<RowChange<TRow>> changes = [];
        lock (_view.Gate)
        {
            if (_table.Changes.Earliest > _position)
            {
                throw new QueryPositionLostException(_position);
            }
            _table.Changes.CopyAfter(_position, changes);
        }
        HashSet<long> seen = [];
        Dictionary<int, int>? order = _places is null || changes.Count == 0 ? null : OrderOf(_places);
        foreach (RowChange<TRow> change in changes)
        {
            long number = change.Before.IsThere ? change.Before.Number : change.After.Number;
            if (seen.Add(number) && change.Before.IsThere && !WasVisited(change, order))
            {
                visit(change.Before);
            }
        }
        return changes.Count;
    }

    // A row that was copied before it changed has been visited as it was at the position.
    private bool WasVisited(in RowChange<TRow> change, Dictionary<int, int>? order)
    {
        int at = change.Place;
        if (_places is not null && !order!.TryGetValue(change.Place, out at))
        {
            return false;
        }
        int copy = at / TwinTable<TRow>.ChunkRows;
        return copy < _copiedAt.Count && change.Position > _copiedAt[copy];
    }

    private static Dictionary<int, int> OrderOf(int[] places)
    {
        var order = new Dictionary<int, int>(places.Length);
        for (int i = 0; i < places.Length; i++)
        {
            order[places[i]] = i;
        }
        return order;
    }
}
