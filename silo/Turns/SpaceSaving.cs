namespace CityTwin.Silo.Turns;

/// <summary>The most frequent of many things, counted in little memory. Not thread-safe.</summary>
/// <remarks>
/// Space-Saving of Metwally, Agrawal and El Abbadi, "Efficient computation of frequent and top-k elements in data streams" (ICDT 2005): a count
/// is never too low, and too high by at most its error; whatever makes up more than 1/capacity of all is among those kept.
/// </remarks>
internal sealed class SpaceSaving<T>(int capacity)
    where T : notnull
{
    private readonly Dictionary<T, int> _places = new(capacity);
    private readonly T[] _items = new T[capacity];
    private readonly long[] _counts = new long[capacity];
    private readonly long[] _errors = new long[capacity];

    /// <summary>How much was counted.</summary>
    public long Total { get; private set; }

    /// <summary>Counts one.</summary>
    public void Add(T item)
    {
        Total++;
        if (_places.TryGetValue(item, out int place))
        {
            _counts[place]++;
            return;
        }
        place = _places.Count;
        if (place == capacity)
        {
            place = Array.IndexOf(_counts, _counts.Min());
            _places.Remove(_items[place]);
            _errors[place] = _counts[place];
        }
        _places.Add(item, place);
        _items[place] = item;
        _counts[place]++;
    }

    /// <summary>Halves all counts: what was long ago weighs less and less.</summary>
    public void Halve()
    {
        Total /= 2;
        for (int i = 0; i < _places.Count; i++)
        {
            _counts[i] /= 2;
            _errors[i] /= 2;
        }
    }

    /// <summary>The most frequent ones, the first first.</summary>
    public IReadOnlyList<(T Item, long Count, long Error)> Top(int most) =>
        [.. Enumerable.Range(0, _places.Count).OrderByDescending(i => _counts[i]).Take(most).Select(i => (_items[i], _counts[i], _errors[i]))];
}
