using System.Runtime.InteropServices;
using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>All open cases and the latest finished ones, to be listed by office, desk, deadline and more.</summary>
/// <remarks>
/// Read from any thread. A list takes the lock for one chunk of rows at a time, so that it never holds up the feed; what changes
/// during the scan may be seen before or after. Cases whose order does not change meanwhile are met exactly once over all pages.
/// </remarks>
public sealed class CaseIndex
{
    private readonly Lock _gate;
    private readonly CityNames _names;
    private readonly int _finishedMax;
    private readonly CaseTable _table = new();
    private readonly Queue<long> _finished = new();
    private long _highest;

    internal CaseIndex(Lock gate, CityNames names, int finishedMax)
    {
        _gate = gate;
        _names = names;
        _finishedMax = finishedMax;
    }

    /// <summary>Cases in the index, finished ones included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _table.Count;
            }
        }
    }

    /// <summary>The highest number below 2^58 that a case ever had: where giving time-ordered numbers goes on.</summary>
    public long HighestTimeOrdered => Volatile.Read(ref _highest);

    /// <summary>One page of a list.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 500.</exception>
    public CasePage List(CaseQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 500);
        var top = new TopRows(query.Limit + 1, query.Order, query.Descending);
        RowFilter filter;
        lock (_gate)
        {
            filter = new RowFilter(query.Filter, _names);
        }
        for (int from = 0; !filter.IsHopeless && Scan(from, filter, query.After, top); from += CaseTable.ChunkRows)
        {
        }
        (CasePlace Place, CaseRow Row)[] rows = top.InOrder();
        bool more = rows.Length > query.Limit;
        int count = more ? query.Limit : rows.Length;
        var lines = new CaseLine[count];
        lock (_gate)
        {
            for (int i = 0; i < count; i++)
            {
                lines[i] = Line(rows[i].Row);
            }
        }
        return new CasePage(lines, more ? rows[count - 1].Place : null);
    }

    /// <summary>The row of a case, or null when it is not in the index.</summary>
    public CaseLine? Find(TwinId id)
    {
        lock (_gate)
        {
            int place = _table.Find(id.Number);
            return place < 0 ? null : Line(_table[place]);
        }
    }

    /// <summary>Takes in an event under the lock; false when the case is not in the index.</summary>
    internal bool Apply(TwinId id, CaseEvent happened, out CaseRow before, out CaseRow after)
    {
        int place = _table.Find(id.Number);
        before = default;
        after = default;
        if (place < 0)
        {
            if (happened is not CaseEvent.CaseFiled filed)
            {
                return false;
            }
            ref CaseRow added = ref _table.Add(id.Number);
            CaseFold.File(ref added, filed, _names);
            after = added;
            if (id.Number < TwinId.TimeOrderedEnd)
            {
                Volatile.Write(ref _highest, Math.Max(_highest, id.Number));
            }
            return true;
        }
        ref CaseRow row = ref _table[place];
        before = row;
        CaseFold.Apply(ref row, happened, _names);
        after = row;
        if (after.IsFinished && !before.IsFinished)
        {
            _finished.Enqueue(after.Number);
            if (_finished.Count > _finishedMax)
            {
                _table.Remove(_finished.Dequeue());
            }
        }
        return true;
    }

    internal void Save(SavedWriter writer)
    {
        writer.Number(_highest);
        writer.Number(_table.Count);
        for (int from = 0; from < _table.Extent; from += CaseTable.ChunkRows)
        {
            foreach (ref readonly CaseRow row in _table.Chunk(from))
            {
                if (row.Stage != CaseStage.Absent)
                {
                    writer.Bytes(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in row, 1)));
                }
            }
        }
        writer.Bytes(MemoryMarshal.AsBytes<long>(_finished.ToArray()));
    }

    internal void Load(ref SavedReader reader)
    {
        Volatile.Write(ref _highest, reader.Number());
        for (long n = reader.Number(); n > 0; n--)
        {
            CaseRow saved = MemoryMarshal.Read<CaseRow>(reader.Bytes());
            _table.Add(saved.Number) = saved;
        }
        foreach (long number in MemoryMarshal.Cast<byte, long>(reader.Bytes()))
        {
            _finished.Enqueue(number);
        }
    }

    internal void Clear()
    {
        _table.Clear();
        _finished.Clear();
        Volatile.Write(ref _highest, 0);
    }

    private bool Scan(int from, in RowFilter filter, CasePlace? after, TopRows top)
    {
        lock (_gate)
        {
            if (from >= _table.Extent)
            {
                return false;
            }
            foreach (ref readonly CaseRow row in _table.Chunk(from))
            {
                if (filter.Matches(row))
                {
                    CasePlace place = top.PlaceOf(row);
                    if (after is not { } last || top.IsAfter(place, last))
                    {
                        top.Offer(place, row);
                    }
                }
            }
            return true;
        }
    }

    private CaseLine Line(in CaseRow row) => new(
        TwinId.Case(row.Number), row.Kind, _names.Services[row.Service], row.Stage, row.Has(CaseMarks.Overdue),
        row.Has(CaseMarks.HasResult) ? row.Has(CaseMarks.OnTime) : null, row.Urgency, row.Channel, _names.Offices[row.Commune],
        _names.Offices[row.Office], _names.Desks[row.Desk], row.Official == 0 ? default : TwinId.Official(row.Official), TwinId.FromValue(row.Citizen),
        DateTimeOffset.FromUnixTimeMilliseconds(row.FiledAt), DateTimeOffset.FromUnixTimeMilliseconds(row.DueAt),
        DateTimeOffset.FromUnixTimeMilliseconds(row.StageAt), row.Rating, row.Escalations, row.Reopenings);
}
