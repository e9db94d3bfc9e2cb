namespace CityTwin.Simulation.City;

/// <summary>Events of later slices of time, unsorted, one list a slice: the heaps hold only what is left of the present slice and stay in the nearest cache.</summary>
/// <remarks>Lists are used again for later slices: once as many are there as events lie ahead, adding allocates nothing.</remarks>
internal sealed class LaterSlices(long from, long sliceTicks, int slices)
{
    private readonly List<Entry>?[] _slices = new List<Entry>?[slices];
    private readonly Stack<List<Entry>> _spare = new();

    public void Add(int heap, long at, int what)
    {
        int slice = (int)((at - from) / sliceTicks);
        List<Entry> list = _slices[slice] ??= _spare.Count > 0 ? _spare.Pop() : [];
        list.Add(new Entry(at, heap, what));
    }

    /// <summary>Moves a slice's events to their heaps, in the order in which they were added.</summary>
    public void Take(int slice, EventHeap[] heaps)
    {
        if (_slices[slice] is not { } list)
        {
            return;
        }
        foreach (Entry entry in list)
        {
            heaps[entry.Heap].Push(entry.At, entry.What);
        }
        list.Clear();
        _spare.Push(list);
        _slices[slice] = null;
    }

    private readonly record struct Entry(long At, int Heap, int What);
}
