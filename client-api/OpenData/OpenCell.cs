using CityTwin.Grains;

namespace CityTwin.ClientApi.OpenData;

/// <summary>Which cases a number of an open dataset is about.</summary>
/// <param name="Commune">The commune; none: several, put together.</param>
/// <param name="Service">The procedure or category; "*": several, put together.</param>
internal readonly record struct OpenKey(TwinId Commune, string Service)
{
    /// <summary>Stands for several procedures put together.</summary>
    public const string Together = "*";
}

/// <summary>A number of cases, and what became of them.</summary>
internal sealed class OpenCell
{
    private readonly HashSet<TwinId> _persons = [];
    private readonly List<double> _waits = [];
    private int _unnamed;

    /// <summary>Cases.</summary>
    public int Count { get; private set; }

    /// <summary>Results in time.</summary>
    public int OnTime { get; private set; }

    /// <summary>Different persons: cases that nobody was named for count as one person each.</summary>
    public int Persons => _persons.Count + _unnamed;

    /// <summary>The mean wait, working days; null without results.</summary>
    public double? MeanWait => _waits.Count == 0 ? null : _waits.Average();

    /// <summary>The median wait, working days; null without results.</summary>
    public double? MedianWait
    {
        get
        {
            if (_waits.Count == 0)
            {
                return null;
            }
            double[] sorted = [.. _waits.Order()];
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /// <summary>Counts a case.</summary>
    /// <param name="citizen">Who filed it; none when unnamed.</param>
    /// <param name="result">Whether the result was in time, and the wait in working days; null for a case without one.</param>
    public void Add(TwinId citizen, (bool OnTime, double Wait)? result = null)
    {
        Count++;
        if (citizen.IsNone)
        {
            _unnamed++;
        }
        else
        {
            _persons.Add(citizen);
        }
        if (result is { } r)
        {
            OnTime += r.OnTime ? 1 : 0;
            _waits.Add(r.Wait);
        }
    }

    /// <summary>Takes in another cell.</summary>
    public void Absorb(OpenCell other)
    {
        _persons.UnionWith(other._persons);
        _waits.AddRange(other._waits);
        _unnamed += other._unnamed;
        Count += other.Count;
        OnTime += other.OnTime;
    }
}
