namespace CityTwin.Simulation.City;

/// <summary>Events of the days after today, unsorted, one list a day: the heaps hold only what is left of today and stay small.</summary>
/// <remarks>Lists are used again for later days: once as many are there as events lie ahead, adding allocates nothing.</remarks>
internal sealed class LaterDays(int days)
{
    private readonly List<Entry>?[] _days = new List<Entry>?[days];
    private readonly Stack<List<Entry>> _spare = new();

    public void Add(int day, int heap, long at, int what)
    {
        List<Entry> list = _days[day] ??= _spare.Count > 0 ? _spare.Pop() : [];
        list.Add(new Entry(at, heap, what));
    }

    /// <summary>Moves a day's events to their heaps, in the order in which they were added.</summary>
    public void Take(int day, EventHeap[] heaps)
    {
        if (_days[day] is not { } list)
        {
            return;
        }
        foreach (Entry entry in list)
        {
            heaps[entry.Heap].Push(entry.At, entry.What);
        }
        list.Clear();
        _spare.Push(list);
        _days[day] = null;
    }

    private readonly record struct Entry(long At, int Heap, int What);
}
