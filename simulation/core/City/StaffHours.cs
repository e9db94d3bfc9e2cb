using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>When officers work: office hours and shifts of the days simulated, cut into pieces in which everybody works or does not.</summary>
/// <remarks>
/// Pieces are half-open: on at the first tick, off at the last. Shift 0 is the office hours, and without other shifts the pieces are
/// the calendar's stretches. Deadlines and waits are counted in office hours whatever the shifts.
/// </remarks>
internal sealed class StaffHours
{
    private readonly int[] _firstPiece;
    private readonly bool[][] _works;
    private readonly bool[][] _isLast;

    /// <summary>Cuts days into pieces.</summary>
    /// <param name="calendar">The office hours and days off, which are off for every shift.</param>
    /// <param name="start">The first day.</param>
    /// <param name="days">How many.</param>
    /// <param name="shifts">The hours of shifts from number 1 on.</param>
    public StaffHours(WorkCalendar calendar, DateOnly start, int days, IReadOnlyList<OfficeWeek> shifts)
    {
        HasShifts = shifts.Count > 0;
        Dictionary<DateOnly, SpecialDayKind> special = calendar.SpecialDays.ToDictionary(d => d.Date, d => d.Kind);
        List<long> opens = [];
        List<long> closes = [];
        List<int> dayOf = [];
        List<bool>[] works = [.. Enumerable.Range(0, shifts.Count + 1).Select(_ => new List<bool>())];
        _firstPiece = new int[days + 1];
        for (int d = 0; d < days; d++)
        {
            DateOnly date = start.AddDays(d);
            _firstPiece[d] = opens.Count;
            SpecialDayKind? kind = special.TryGetValue(date, out SpecialDayKind k) ? k : null;
            OfficeHours[][] hours = [calendar.HoursOf(date).ToArray(), .. shifts.Select(s => HoursOn(s, date, kind))];
            TimeOnly[] cuts = [.. hours.SelectMany(h => h).SelectMany(h => new[] { h.Opens, h.Closes }).Distinct().Order()];
            for (int c = 0; c + 1 < cuts.Length; c++)
            {
                bool[] at = [.. hours.Select(h => h.Any(s => s.Opens <= cuts[c] && s.Closes >= cuts[c + 1]))];
                if (!at.Contains(true))
                {
                    continue;
                }
                opens.Add(calendar.At(date, cuts[c]).UtcTicks);
                closes.Add(calendar.At(date, cuts[c + 1]).UtcTicks);
                dayOf.Add(d);
                for (int s = 0; s < at.Length; s++)
                {
                    works[s].Add(at[s]);
                }
            }
        }
        _firstPiece[days] = opens.Count;
        Opens = [.. opens];
        Closes = [.. closes];
        DayOf = [.. dayOf];
        _works = [.. works.Select(w => w.ToArray())];
        _isLast = [.. _works.Select(w => Enumerable.Range(0, w.Length).Select(p => !Later(w, p)).ToArray())];
    }

    /// <summary>Whether any officer's hours differ from the office's.</summary>
    public bool HasShifts { get; }

    public long[] Opens { get; }

    public long[] Closes { get; }

    /// <summary>The day of each piece, 0 for the first.</summary>
    public int[] DayOf { get; }

    public int Pieces => Opens.Length;

    /// <summary>Whether those of a shift work in a piece.</summary>
    public bool Works(int shift, int piece) => _works[shift][piece];

    public bool IsFirstOfDay(int piece) => _firstPiece[DayOf[piece]] == piece;

    /// <summary>Whether those of a shift go home at a piece's end.</summary>
    public bool IsLastOfDay(int shift, int piece) => _isLast[shift][piece];

    /// <summary>The first piece that ends after a moment; <see cref="Pieces"/> when there is none any more.</summary>
    public int PieceAtOrAfter(long at)
    {
        int found = Array.BinarySearch(Closes, at + 1);
        return found >= 0 ? found : ~found;
    }

    private static OfficeHours[] HoursOn(OfficeWeek week, DateOnly date, SpecialDayKind? kind) => kind switch
    {
        SpecialDayKind.Off => [],
        SpecialDayKind.Worked when week[date.DayOfWeek].IsEmpty => [.. week.StandardDay],
        _ => [.. week[date.DayOfWeek]],
    };

    private bool Later(bool[] works, int piece)
    {
        for (int p = piece + 1; p < works.Length && DayOf[p] == DayOf[piece]; p++)
        {
            if (works[p])
            {
                return true;
            }
        }
        return false;
    }
}
