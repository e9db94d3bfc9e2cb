using CityTwin.Grains;
using CityTwin.Ml.Forecasts;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>Makes the statistical forecasts of a city from its own days.</summary>
/// <remarks>Counts add up: offices to the city; services to the city; the services of an office, and its desks with what is at no desk, to the office.</remarks>
internal sealed class ForecastMaker
{
    /// <summary>Days ahead.</summary>
    public const int Horizon = 28;

    private const int Decimals = 4;
    private const int TreesMax = 40;
    private const int OriginsMax = 10;
    private const int OriginsMaxWithin = 6;
    private const int YearlyDays = 2 * 365;

    // In a city this young completions may still be on their way up to arrivals.
    private const int YoungDays = 2 * Horizon;

    private readonly IReadOnlyDictionary<string, DayFigures[]> _rows;
    private readonly IReadOnlyList<IReadOnlyList<double>> _known;
    private readonly int _days;
    private readonly ForecastOptions _counts;
    private readonly CancellationToken _stop;
    private readonly Dictionary<string, Forecast> _made = [];

    private ForecastMaker(IReadOnlyDictionary<string, DayFigures[]> rows, int firstDay, WorkCalendar calendar, CancellationToken stop)
    {
        _rows = rows;
        _days = rows[DailyCounts.City].Length;
        _known = VietnameseCalendar.Regressors(DateOnly.FromDayNumber(firstDay), _days + Horizon, DaysOff(calendar, firstDay, _days + Horizon));
        _counts = new ForecastOptions { Horizon = Horizon, BoostedTrees = rows.Count <= TreesMax, OriginsMax = OriginsMax, CoresMax = 1 };
        _stop = stop;
    }

    /// <summary>The row of an office's cases that are at none of its desks: waiting for the citizen, or decided there; of arrivals, filed or
    /// passed on without a desk, less those that came to a desk again.</summary>
    public static string Elsewhere(string office) => office + " elsewhere";

    /// <summary>Forecasts all rows.</summary>
    /// <param name="rows">The days of every row, all ending with yesterday; equally many, except for those of services within offices.</param>
    /// <param name="firstDay">The number of the city's first day of those.</param>
    /// <param name="calendar">The city's calendar: its days off are known ahead.</param>
    /// <param name="officeOf">The office of each desk, by their names; a desk of none is forecast by itself.</param>
    /// <param name="stop">Ends it between two series.</param>
    public static Dictionary<string, Forecast> Make(
        IReadOnlyDictionary<string, DayFigures[]> rows, int firstDay, WorkCalendar calendar, IReadOnlyDictionary<string, string> officeOf, CancellationToken stop)
    {
        var maker = new ForecastMaker(rows, firstDay, calendar, stop);
        string[] names = [.. rows.Keys.Order(StringComparer.Ordinal)];
        foreach (string measure in Measures.All.Where(m => m != Measures.OnTimeShare))
        {
            string[] offices = [.. names.Where(IsOffice)];
            ReconciledForecast whole = Hierarchy.Run(
                ForecastSet.Name(DailyCounts.City, measure), [.. offices.Select(o => maker.Of(o, measure))], maker._counts, stop);
            maker.Add([whole.Total, .. whole.Parts]);
            maker.AddServices(measure, offices, whole, names);
            maker.AddDesks(measure, officeOf, names);
        }
        maker.Add(BacklogForecaster.Run(
            [.. names.Select(r => maker.Of(r, Measures.OnTimeShare))], maker._counts with { Ceiling = 1, OriginsMax = OriginsMaxWithin }, stop));
        return maker._made;
    }

    private void AddServices(string measure, string[] offices, ReconciledForecast whole, string[] names)
    {
        string[] services = [.. names.Where(IsService)];
        CrossedPart[] parts =
        [
            .. from name in names
               let within = DailyCounts.Within(name)
               where within is not null
               select new CrossedPart(Array.IndexOf(offices, within.Value.Office), Array.IndexOf(services, within.Value.Service), Of(name, measure)),
        ];
        CrossedForecast agreed = CrossedHierarchy.Run(
            whole.Parts, [.. services.Select(s => Of(s, measure))], parts, _counts with { BoostedTrees = false, OriginsMax = OriginsMaxWithin }, _stop);
        Add(agreed.Columns);
        Add(agreed.Parts);
    }

    private void AddDesks(string measure, IReadOnlyDictionary<string, string> officeOf, string[] names)
    {
        foreach (IGrouping<string?, string> office in names.Where(IsDesk).GroupBy(officeOf.GetValueOrDefault))
        {
            Series[] desks = [.. office.Select(d => Of(d, measure))];
            if (office.Key is null || !_made.TryGetValue(ForecastSet.Name(office.Key, measure), out Forecast? total))
            {
                Add(BacklogForecaster.Run(desks, _counts, _stop));
                continue;
            }
            Series whole = Of(office.Key, measure);
            Series rest = whole with
            {
                Name = ForecastSet.Name(Elsewhere(office.Key), measure),
                Values = [.. whole.Values.Select((v, t) => v - desks.Sum(d => d.Values[t]))],
                IsSigned = true,
            };
            Add(Hierarchy.Under(total, [.. desks, rest], _counts, _stop));
        }
    }

    private Series Of(string row, string measure)
    {
        DayFigures[] days = _rows[row];
        return new(
            ForecastSet.Name(row, measure), Measures.Of(measure, days), days.Length > YearlyDays ? [7, 365.25] : [7],
            days.Length == _days ? _known : [.. _known.Select(k => k.Skip(_days - days.Length).ToArray())])
        {
            Doubt = measure == Measures.Completions && days.Length < YoungDays ? Math.Sqrt(days.Average(d => Math.Pow(d.Arrivals - d.Completions, 2))) : 0,
        };
    }

    private static bool IsOffice(string row) => DailyCounts.Within(row) is null &&
        (row.StartsWith("commune/", StringComparison.Ordinal) || row.StartsWith("department/", StringComparison.Ordinal));

    private static bool IsService(string row) => row.StartsWith(DailyCounts.OfService(""), StringComparison.Ordinal);

    private static bool IsDesk(string row) => row.StartsWith("desk/", StringComparison.Ordinal);

    private void Add(IEnumerable<Forecast> forecasts)
    {
        foreach (Forecast forecast in forecasts)
        {
            _made[forecast.Series] = Rounded(forecast);
        }
    }

    // Thousands of forecasts are kept, and of a case the fourth decimal tells nobody anything.
    private static Forecast Rounded(Forecast forecast)
    {
        static double[] Of(IReadOnlyList<double> values) => [.. values.Select(v => Math.Round(v, Decimals))];
        return forecast with { Point = Of(forecast.Point), Intervals = [.. forecast.Intervals.Select(i => i with { Low = Of(i.Low), High = Of(i.High) })] };
    }

    private static HashSet<DateOnly> DaysOff(WorkCalendar calendar, int firstDay, int count) =>
        [.. Enumerable.Range(firstDay, count).Select(DateOnly.FromDayNumber)
            .Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && calendar.HoursOf(d).Length == 0)];
}
