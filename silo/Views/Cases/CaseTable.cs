using System.Runtime.CompilerServices;
using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>Rows of cases, found by number in constant time and scanned in chunks.</summary>
/// <remarks>
/// Rows lie in fixed chunks, so that growing copies none of them, and keep their place for a case's whole life: a scan in pieces meets
/// no case twice. The hash table holds places only (linear probing, deletion by shifting back; Knuth 6.4). Not thread-safe.
/// </remarks>
internal sealed class CaseTable
{
    /// <summary>Rows in one chunk.</summary>
    public const int ChunkRows = 1 << ChunkBits;

    private const int ChunkBits = 12;

    private readonly List<CaseRow[]> _chunks = [];
    private readonly Stack<int> _free = new();
    private int[] _places = new int[1024];
    private int _shift = 64 - 10;

    /// <summary>Cases in the table.</summary>
    public int Count { get; private set; }

    /// <summary>Places ever used: a scan goes from 0 to here.</summary>
    public int Extent { get; private set; }

    /// <summary>The row at a place.</summary>
    public ref CaseRow this[int place] => ref _chunks[place >> ChunkBits][place & (ChunkRows - 1)];

    /// <summary>The rows from a multiple of <see cref="ChunkRows"/> on, at most one chunk of them; free ones have the stage absent.</summary>
    public ReadOnlySpan<CaseRow> Chunk(int from) => _chunks[from >> ChunkBits].AsSpan(0, Math.Min(ChunkRows, Extent - from));

    /// <summary>The place of a case, or -1.</summary>
    public int Find(long number)
    {
        int mask = _places.Length - 1;
        for (int bucket = Bucket(number); _places[bucket] != 0; bucket = (bucket + 1) & mask)
        {
            int place = _places[bucket] - 1;
            if (this[place].Number == number)
            {
                return place;
            }
        }
        return -1;
    }

    /// <summary>Adds an empty row for a case that is not in the table.</summary>
    public ref CaseRow Add(long number)
    {
        if ((Count + 1) * 4L > _places.Length * 3L)
        {
            Grow();
        }
        if (!_free.TryPop(out int place))
        {
            place = Extent++;
            if (place >> ChunkBits == _chunks.Count)
            {
                _chunks.Add(new CaseRow[ChunkRows]);
            }
        }
        ref CaseRow row = ref this[place];
        row = default;
        row.Number = number;
        Link(number, place);
        Count++;
        return ref row;
    }

    /// <summary>Removes a case; its row is free for another.</summary>
    public void Remove(long number)
    {
        int mask = _places.Length - 1;
        int hole = Bucket(number);
        while (this[_places[hole] - 1].Number != number)
        {
            hole = (hole + 1) & mask;
        }
        int place = _places[hole] - 1;
        for (int next = (hole + 1) & mask; _places[next] != 0; next = (next + 1) & mask)
        {
            int home = Bucket(this[_places[next] - 1].Number);
            bool mayMove = ((next - home) & mask) >= ((next - hole) & mask);
            if (mayMove)
            {
                _places[hole] = _places[next];
                hole = next;
            }
        }
        _places[hole] = 0;
        this[place] = default;
        _free.Push(place);
        Count--;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _chunks.Clear();
        _free.Clear();
        _places = new int[1024];
        _shift = 64 - 10;
        Count = 0;
        Extent = 0;
    }

    private void Grow()
    {
        _places = new int[_places.Length * 2];
        _shift--;
        for (int place = 0; place < Extent; place++)
        {
            ref CaseRow row = ref this[place];
            if (row.Stage != CaseStage.Absent)
            {
                Link(row.Number, place);
            }
        }
    }

    private void Link(long number, int place)
    {
        int mask = _places.Length - 1;
        int bucket = Bucket(number);
        while (_places[bucket] != 0)
        {
            bucket = (bucket + 1) & mask;
        }
        _places[bucket] = place + 1;
    }

    // Fibonacci hashing (Knuth 6.4): numbers that grow with time spread evenly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Bucket(long number) => (int)(unchecked((ulong)number * 0x9E3779B97F4A7C15UL) >> _shift);
}
