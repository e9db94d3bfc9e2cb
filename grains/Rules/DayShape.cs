using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>The office hours of one day, with what arithmetic on them needs. Ticks are counted from local midnight.</summary>
internal sealed class DayShape
{
    private readonly Stretch[] _stretches;

    public DayShape(ImmutableArray<OfficeHours> hours)
    {
        Hours = hours;
        _stretches = new Stretch[hours.Length];
        for (int i = 0; i < hours.Length; i++)
        {
            _stretches[i] = new Stretch(hours[i].Opens.Ticks, hours[i].Closes.Ticks, Ticks);
            Ticks += hours[i].Duration.Ticks;
        }
    }

    public ImmutableArray<OfficeHours> Hours { get; }

    /// <summary>Working ticks of the day; 0: shut.</summary>
    public long Ticks { get; }

    /// <summary>When the last stretch closes; only of a day that is not shut.</summary>
    public long Closes => _stretches[^1].Closes;

    /// <summary>Working ticks from midnight to a time of day.</summary>
    public long WorkedAt(long timeOfDay)
    {
        Stretch[] stretches = _stretches;
        for (int i = stretches.Length - 1; i >= 0; i--)
        {
            if (timeOfDay >= stretches[i].Opens)
            {
                return stretches[i].Before + (Math.Min(timeOfDay, stretches[i].Closes) - stretches[i].Opens);
            }
        }
        return 0;
    }

    /// <summary>The earliest time of day at which <paramref name="worked"/> ticks are worked; above 0, at most <see cref="Ticks"/>.</summary>
    public long EarliestAt(long worked)
    {
        int i = _stretches.Length - 1;
        while (_stretches[i].Before >= worked)
        {
            i--;
        }
        return _stretches[i].Opens + (worked - _stretches[i].Before);
    }

    /// <summary>The latest time of day at which no more than <paramref name="worked"/> ticks are worked; 0 or more, below <see cref="Ticks"/>.</summary>
    public long LatestAt(long worked)
    {
        int i = _stretches.Length - 1;
        while (_stretches[i].Before > worked)
        {
            i--;
        }
        return _stretches[i].Opens + (worked - _stretches[i].Before);
    }

    /// <summary>The first time of day, not before the one given, at which offices are open; −1: none any more.</summary>
    public long OpenFrom(long timeOfDay)
    {
        foreach (Stretch stretch in _stretches)
        {
            if (timeOfDay < stretch.Closes)
            {
                return Math.Max(timeOfDay, stretch.Opens);
            }
        }
        return -1;
    }

    private readonly record struct Stretch(long Opens, long Closes, long Before);
}
