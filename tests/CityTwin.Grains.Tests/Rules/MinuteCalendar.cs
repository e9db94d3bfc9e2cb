namespace CityTwin.Grains.Tests.Rules;

/// <summary>A calendar that knows for each minute whether offices are open, and counts: slow, and too simple to be wrong.</summary>
internal sealed class MinuteCalendar
{
    private readonly bool[] _open;
    private readonly DateTimeOffset _start;

    public MinuteCalendar(TimeSpan offset, OfficeWeek week, IReadOnlyCollection<SpecialDay> specialDays, DateOnly first, int days)
    {
        _start = new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), offset);
        _open = new bool[days * 1440];
        for (int minute = 0; minute < _open.Length; minute++)
        {
            DateTime local = first.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
            SpecialDay? special = specialDays.SingleOrDefault(d => d.Date == DateOnly.FromDateTime(local));
            IEnumerable<OfficeHours> hours = special?.Kind switch
            {
                SpecialDayKind.Off => [],
                SpecialDayKind.Worked => week.StandardDay,
                _ => week[local.DayOfWeek],
            };
            TimeOnly time = TimeOnly.FromDateTime(local);
            _open[minute] = hours.Any(h => h.Opens <= time && time < h.Closes);
        }
    }

    public int Minutes => _open.Length;

    public DateTimeOffset At(int minute) => _start.AddMinutes(minute);

    public bool IsOpen(int minute) => _open[minute];

    public int Between(int from, int to) => from <= to ? _open.AsSpan(from..to).Count(true) : -_open.AsSpan(to..from).Count(true);

    /// <summary>The minute that <c>Add</c> should find, or −1 when it lies outside.</summary>
    public int Add(int from, int working)
    {
        int at = from;
        for (int left = Math.Abs(working); left > 0;)
        {
            at += Math.Sign(working);
            if (at < 0 || at > _open.Length)
            {
                return -1;
            }
            left -= _open[working > 0 ? at - 1 : at] ? 1 : 0;
        }
        return at;
    }

    public int NextOpening(int from)
    {
        int found = _open.AsSpan(from..).IndexOf(true);
        return found < 0 ? -1 : from + found;
    }
}
