using CityTwin.Grains;
using CityTwin.Ml.Forecasts;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>Makes the statistical forecasts of a city from its own days.</summary>
internal static class ForecastMaker
{
    /// <summary>Days ahead.</summary>
    public const int Horizon = 28;

    private const int TreesMax = 40;

    /// <summary>Forecasts all rows. Offices add up to the city, and so do services.</summary>
    /// <param name="rows">The days of every row, all equally many, the last one being yesterday.</param>
    /// <param name="firstDay">The number of the first of those days.</param>
    /// <param name="calendar">The city's calendar: its days off are known ahead.</param>
    /// <param name="stop">Ends it between two series.</param>
    public static Dictionary<string, Forecast> Make(
        IReadOnlyDictionary<string, DayFigures[]> rows, int firstDay, WorkCalendar calendar, CancellationToken stop)
    {
        int days = rows[DailyCounts.City].Length;
        IReadOnlyList<IReadOnlyList<double>> known = VietnameseCalendar.Regressors(
            DateOnly.FromDayNumber(firstDay), days + Horizon, DaysOff(calendar, firstDay, days + Horizon));
        double[] seasons = days > 2 * 365 ? [7, 365.25] : [7];
        bool small = rows.Count <= TreesMax;
        var counts = new ForecastOptions { Horizon = Horizon, BoostedTrees = small, OriginsMax = 10, CoresMax = 1 };
        ForecastOptions shares = counts with { Ceiling = 1 };
        Series Of(string row, string measure) => new(ForecastSet.Name(row, measure), Measures.Of(measure, rows[row]), seasons, known);

        Dictionary<string, Forecast> made = [];
        string[] offices = [.. rows.Keys.Where(IsOffice).Order(StringComparer.Ordinal)];
        string[] services = [.. rows.Keys.Where(IsService).Order(StringComparer.Ordinal)];
        foreach (string measure in Measures.All.Where(m => m != Measures.OnTimeShare))
        {
            ReconciledForecast whole = Hierarchy.Run(ForecastSet.Name(DailyCounts.City, measure), [.. offices.Select(o => Of(o, measure))], counts, stop);
            Add(made, [whole.Total, .. whole.Parts]);
            Add(made, Hierarchy.Under(whole.Total, [.. services.Select(s => Of(s, measure))], counts, stop));
        }
        string[] others = [.. rows.Keys.Where(r => !IsOffice(r) && !IsService(r) && r != DailyCounts.City).Order(StringComparer.Ordinal)];
        foreach (string measure in Measures.All.Where(m => m != Measures.OnTimeShare))
        {
            Add(made, BacklogForecaster.Run([.. others.Select(r => Of(r, measure))], counts, stop));
        }
        Add(made, BacklogForecaster.Run([.. rows.Keys.Order(StringComparer.Ordinal).Select(r => Of(r, Measures.OnTimeShare))], shares, stop));
        return made;
    }

    private static bool IsOffice(string row) =>
        row.StartsWith("commune/", StringComparison.Ordinal) || row.StartsWith("department/", StringComparison.Ordinal);

    private static bool IsService(string row) => row.StartsWith(DailyCounts.OfService(""), StringComparison.Ordinal);

    private static void Add(Dictionary<string, Forecast> made, IEnumerable<Forecast> forecasts)
    {
        foreach (Forecast forecast in forecasts)
        {
            made[forecast.Series] = forecast;
        }
    }

    private static HashSet<DateOnly> DaysOff(WorkCalendar calendar, int firstDay, int count) =>
        [.. Enumerable.Range(firstDay, count).Select(DateOnly.FromDayNumber)
            .Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && calendar.HoursOf(d).Length == 0)];
}
