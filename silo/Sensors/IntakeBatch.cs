using CityTwin.Grains;
using CityTwin.Silo.Mqtt;

namespace CityTwin.Silo.Sensors;

/// <summary>Readings that become one commit, and who waits for it. Reused; its owner holds a lock while it is filled.</summary>
internal sealed class IntakeBatch(int max)
{
    private Reading[] _readings = new Reading[Math.Min(max, 1024)];

    public long Ticket { get; set; }

    public int Count { get; private set; }

    public List<IDurableWaiter> Waiters { get; } = [];

    public ReadOnlyMemory<Reading> Readings => _readings.AsMemory(0, Count);

    public void Add(ReadOnlySpan<Reading> readings)
    {
        if (Count + readings.Length > _readings.Length)
        {
            Array.Resize(ref _readings, Math.Max(2 * _readings.Length, Count + readings.Length));
        }
        readings.CopyTo(_readings.AsSpan(Count));
        Count += readings.Length;
    }

    public void Clear()
    {
        Count = 0;
        Waiters.Clear();
    }
}

/// <summary>Follows durable readings: works out what they mean for the twins.</summary>
public interface IReadingFollower
{
    /// <summary>Registers unknown sensors, with the rules of their kinds, before the first of their readings is stored.</summary>
    ValueTask RegisterAsync(IReadOnlyList<SensorProfile> profiles);

    /// <summary>Takes a durable batch, in order; completes when there is room for the next. The memory is valid until then.</summary>
    ValueTask FollowAsync(long number, ReadOnlyMemory<Reading> batch);
}
