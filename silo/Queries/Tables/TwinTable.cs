namespace CityTwin.Silo.Queries;

/// <summary>Rows of one kind of twin: found by number, scanned in chunks, readable as of slightly earlier positions. Guarded by the view's lock.</summary>
/// <remarks>
/// Rows lie in fixed chunks and keep their place as long as they are there. Whoever reads in pieces, letting the lock go between them,
/// takes rows whose position is not above the one asked for, and afterwards the earlier forms of those that have changed since: so it
/// meets every twin exactly once, as it was at that position.
/// </remarks>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="changesMax">Changes kept for reading slightly earlier positions.</param>
/// <param name="indexes">Indexes to keep.</param>
internal sealed class TwinTable<TRow>(int changesMax, params RowIndex<TRow>[] indexes)
    where TRow : struct, ITwinRow
{
    /// <summary>Rows in one chunk.</summary>
    public const int ChunkRows = 1 << ChunkBits;

    private const int ChunkBits = 10;

    private readonly List<TRow[]> _chunks = [];
    private readonly Dictionary<long, int> _places = [];
    private readonly Stack<int> _free = new();

    /// <summary>Rows that are there.</summary>
    public int Count => _places.Count;

    /// <summary>Places ever used: a scan goes from 0 to here.</summary>
    public int Extent { get; private set; }

    /// <summary>What changed lately.</summary>
    public ChangeRing<TRow> Changes { get; } = new(changesMax);

    /// <summary>The row at a place, free or not.</summary>
    public ref readonly TRow this[int place] => ref _chunks[place >> ChunkBits][place & (ChunkRows - 1)];

    /// <summary>The place of a twin, or -1.</summary>
    public int Find(long number) => _places.TryGetValue(number, out int place) ? place : -1;

    /// <summary>The index that orders the rows by a moment, or null.</summary>
    public OrderIndex<TRow>? Order { get; init; }

    /// <summary>The index of an attribute, or null.</summary>
    public RowIndex<TRow>? IndexOf(string attribute) => Array.Find(indexes, i => i.Attribute == attribute);

    /// <summary>The rows from a multiple of <see cref="ChunkRows"/> on, at most one chunk of them, free ones included.</summary>
    public ReadOnlySpan<TRow> Chunk(int from) => _chunks[from >> ChunkBits].AsSpan(0, Math.Min(ChunkRows, Extent - from));

    /// <summary>Puts in a row for a twin, or another one in its place.</summary>
    public void Set(in TRow after, long atTicks)
    {
        if (!_places.TryGetValue(after.Number, out int place))
        {
            if (!_free.TryPop(out place))
            {
                place = Extent++;
                if (place >> ChunkBits == _chunks.Count)
                {
                    _chunks.Add(new TRow[ChunkRows]);
                }
            }
            _places.Add(after.Number, place);
        }
        ref TRow row = ref _chunks[place >> ChunkBits][place & (ChunkRows - 1)];
        Changes.Add(new RowChange<TRow>(after.Position, atTicks, place, row, after));
        foreach (RowIndex<TRow> index in indexes)
        {
            index.Change(place, row, after);
        }
        Order?.Change(place, row, after);
        row = after;
    }

    /// <summary>Takes a row away; nothing when the twin is not there.</summary>
    public void Remove(long number, long position, long atTicks)
    {
        if (_places.Remove(number, out int place))
        {
            ref TRow row = ref _chunks[place >> ChunkBits][place & (ChunkRows - 1)];
            Changes.Add(new RowChange<TRow>(position, atTicks, place, row, default));
            foreach (RowIndex<TRow> index in indexes)
            {
                index.Change(place, row, default);
            }
            Order?.Change(place, row, default);
            row = default;
            _free.Push(place);
        }
    }

    /// <summary>Forgets all; nothing before a position can be read.</summary>
    public void Clear(long position)
    {
        _chunks.Clear();
        _places.Clear();
        _free.Clear();
        Extent = 0;
        Array.ForEach(indexes, i => i.Clear());
        Order?.Clear();
        Changes.Clear(position);
    }
}
