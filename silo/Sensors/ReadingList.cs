using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>The readings of one message while it is read. Reused; not thread-safe.</summary>
internal sealed class ReadingList
{
    private Reading[] _readings = new Reading[16];
    private ReadingRoute[] _routes = new ReadingRoute[16];

    public int Count { get; private set; }

    public ReadOnlySpan<Reading> Readings => _readings.AsSpan(0, Count);

    public ReadOnlySpan<ReadingRoute> Routes => _routes.AsSpan(0, Count);

    public void Add(ReadingRoute route, in Reading reading)
    {
        if (Count == _readings.Length)
        {
            Array.Resize(ref _readings, 2 * Count);
            Array.Resize(ref _routes, 2 * Count);
        }
        _readings[Count] = reading;
        _routes[Count++] = route;
    }

    /// <summary>Gives the readings from a place on their time.</summary>
    public void StampFrom(int first, long atMs)
    {
        for (int i = first; i < Count; i++)
        {
            _readings[i] = _readings[i] with { AtMs = atMs };
        }
    }

    public void Clear() => Count = 0;
}
