using System.Globalization;

namespace CityTwin.Ml.Forecasts;

/// <summary>The days on which Vietnamese offices and citizens behave otherwise, as regressors of a daily series.</summary>
public static class VietnameseCalendar
{
    private const int DaysBefore = 7;
    private const int DaysAfter = 10;

    private static readonly ChineseLunisolarCalendar Lunar = new();

    // Hanoi is an hour behind Beijing: where the new moon falls in that hour, Tết is a day earlier.
    private static readonly HashSet<int> DayEarlier = [1968, 1969, 2007, 2030, 2053];

    /// <summary>The first day of the lunar year that begins in a year from 1902 to 2100.</summary>
    public static DateOnly Tet(int year)
    {
        DateTime day = Lunar.ToDateTime(year, 1, 1, 0, 0, 0, 0);
        return DateOnly.FromDateTime(day).AddDays(DayEarlier.Contains(year) ? -1 : 0);
    }

    /// <summary>The tenth day of the third lunar month: the Hùng Kings' day.</summary>
    public static DateOnly HungKings(int year)
    {
        // A leap month before the third shifts its number by one.
        int leap = Lunar.GetLeapMonth(year);
        int month = leap is > 0 and <= 3 ? 4 : 3;
        return DateOnly.FromDateTime(Lunar.ToDateTime(year, month, 10, 0, 0, 0, 0)).AddDays(DayEarlier.Contains(year) ? -1 : 0);
    }

    /// <summary>Regressors for <paramref name="count"/> days from <paramref name="first"/>: the week before Tết, Tết itself, the
    /// days after, fixed holidays and the days off that the caller knows, and the day after a day off.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="count">How many days, history and horizon.</param>
    /// <param name="daysOff">Official days off beyond those known here, as days in lieu.</param>
    public static IReadOnlyList<IReadOnlyList<double>> Regressors(DateOnly first, int count, IReadOnlySet<DateOnly> daysOff)
    {
        double[][] regressors = [.. Enumerable.Range(0, 5).Select(_ => new double[count])];
        for (int i = 0; i < count; i++)
        {
            DateOnly day = first.AddDays(i);
            int toTet = Tet(day.Year).DayNumber - day.DayNumber;
            regressors[0][i] = toTet is > 2 and <= 2 + DaysBefore ? 1 : 0;
            regressors[1][i] = toTet is >= -3 and <= 2 ? 1 : 0;
            regressors[2][i] = toTet < -3 && toTet >= -DaysAfter ? 1 : 0;
            regressors[3][i] = IsFixedHoliday(day) || daysOff.Contains(day) ? 1 : 0;
            DateOnly yesterday = day.AddDays(-1);
            regressors[4][i] = regressors[3][i] == 0 && (IsFixedHoliday(yesterday) || daysOff.Contains(yesterday)) ? 1 : 0;
        }
        return regressors;
    }

    private static bool IsFixedHoliday(DateOnly day) =>
        (day.Month, day.Day) is (1, 1) or (4, 30) or (5, 1) or (9, 1) or (9, 2) || day == HungKings(day.Year);
}
