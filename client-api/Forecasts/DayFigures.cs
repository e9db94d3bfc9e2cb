namespace CityTwin.ClientApi.Forecasts;

/// <summary>What is counted of the city, of one office, desk or service, or of one service of an office, on one day.</summary>
/// <param name="Arrivals">Cases that came: filed or reopened; at a desk: queued there.</param>
/// <param name="Completions">Cases that ended: decided or taken back; at a desk: decided there.</param>
/// <param name="Results">Those that were decided.</param>
/// <param name="OnTime">Those decided in time.</param>
/// <param name="Backlog">Open at the end of the day; at a desk: there at the end of the day.</param>
internal record struct DayFigures(int Arrivals, int Completions, int Results, int OnTime, int Backlog);

/// <summary>The days of one office, desk or service, or of the city, one after another without gaps. Not thread-safe.</summary>
/// <param name="daysMax">The most days kept. The oldest go first.</param>
internal sealed class DayRow(int daysMax = DayRow.DaysMax)
{
    /// <summary>The most days kept of the city, an office, a desk or a service: two years and a quarter.</summary>
    public const int DaysMax = 820;

    /// <summary>The most days kept of a service of one office. There are thousands of those, and little is to be learnt of a year ago from each.</summary>
    public const int DaysMaxWithin = 200;

    private readonly List<DayFigures> _days = [];

    /// <summary>The number of the first day; 0 before there is one.</summary>
    public int First { get; private set; }

    /// <summary>Counts on a day, not before the last one counted on.</summary>
    public void Add(int day, int arrivals = 0, int completions = 0, int results = 0, int onTime = 0, int backlog = 0)
    {
        ReachTo(day);
        DayFigures last = _days[^1];
        _days[^1] = new DayFigures(
            last.Arrivals + arrivals, last.Completions + completions, last.Results + results, last.OnTime + onTime, last.Backlog + backlog);
    }

    /// <summary>The days from one to another, that one excluded; before the first all is nought, after the last nothing happened and the backlog stays.</summary>
    public DayFigures[] Between(int from, int to)
    {
        var days = new DayFigures[Math.Max(0, to - from)];
        for (int i = 0; i < days.Length; i++)
        {
            int place = from + i - First;
            days[i] = _days.Count == 0 || place < 0 ? default
                : place < _days.Count ? _days[place]
                : new DayFigures(0, 0, 0, 0, _days[^1].Backlog);
        }
        return days;
    }

    /// <summary>Writes it.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(First);
        writer.Write7BitEncodedInt(_days.Count);
        foreach (DayFigures day in _days)
        {
            writer.Write7BitEncodedInt(day.Arrivals);
            writer.Write7BitEncodedInt(day.Completions);
            writer.Write7BitEncodedInt(day.Results);
            writer.Write7BitEncodedInt(day.OnTime);
            writer.Write7BitEncodedInt(day.Backlog);
        }
    }

    /// <summary>Reads it.</summary>
    public static DayRow Load(BinaryReader reader, int daysMax = DaysMax)
    {
        var row = new DayRow(daysMax) { First = reader.ReadInt32() };
        for (int n = reader.Read7BitEncodedInt(); n > 0; n--)
        {
            row._days.Add(new DayFigures(
                reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt()));
        }
        return row;
    }

    private void ReachTo(int day)
    {
        if (_days.Count == 0)
        {
            First = day;
            _days.Add(default);
        }
        while (First + _days.Count <= day)
        {
            _days.Add(new DayFigures(0, 0, 0, 0, _days[^1].Backlog));
        }
        if (_days.Count > daysMax)
        {
            First += _days.Count - daysMax;
            _days.RemoveRange(0, _days.Count - daysMax);
        }
    }
}
