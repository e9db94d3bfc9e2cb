using CityTwin.Grains;
using CityTwin.Ml.Forecasts;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Live;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>Pushes the arrivals that the statistical models expect through the simulated city, from its live state: what its desks would make of them.</summary>
internal static class StructuralForecast
{
    private const int Replications = 24;
    private const ulong Seed = 1;

    private static readonly double[] Levels = [0.5, 0.8, 0.95];

    /// <summary>Forecasts every office and the city.</summary>
    /// <param name="city">The city as its folder has it.</param>
    /// <param name="live">Its live state.</param>
    /// <param name="arrivals">The arrivals expected of each office, by the office's name.</param>
    /// <param name="firstDay">The number of the first day: the day of the live state.</param>
    /// <param name="soFar">What the first day has brought already, by row.</param>
    /// <param name="stop">Ends it between two replications.</param>
    public static Dictionary<string, Forecast> Make(
        CityDefinition city, LiveCity live, Func<string, Forecast?> arrivals, int firstDay, IReadOnlyDictionary<string, DayFigures[]> soFar, CancellationToken stop)
    {
        CityModel model = LiveModel.With(ModelOfCity.From(city), live).Model;
        model = model with { Offices = [.. model.Offices.Select(o => Scaled(o, model.Calendar, firstDay, arrivals(ForecastSet.Name(o.Id.ToString(), Measures.Arrivals))))] };
        HashSet<TwinId> offices = [.. model.Offices.Select(o => o.Id)];
        HashSet<string> services = [.. model.Services.Select(s => s.Code)];
        LiveCity known = live with { Cases = [.. live.Cases.Where(c => offices.Contains(c.Office) && services.Contains(c.Service))] };
        Timeline timeline = Timeline.Of(model, DateOnly.FromDayNumber(firstDay), ForecastMaker.Horizon + 1) with { Live = known };
        var runs = new List<DayFigures[][]>();
        for (int replication = 0; replication < Replications; replication++)
        {
            stop.ThrowIfCancellationRequested();
            var days = new SimulatedDays(model, timeline);
            CityOutcome outcome = CityRun.Of(timeline, Seed, replication, days, stop);
            runs.Add(days.Finish(outcome, soFar));
        }
        Dictionary<string, Forecast> made = [];
        for (int row = 0; row <= model.Offices.Length; row++)
        {
            string name = row < model.Offices.Length ? model.Offices[row].Id.ToString() : DailyCounts.City;
            foreach (string measure in Measures.All)
            {
                made[ForecastSet.Name(name, measure)] = Of(ForecastSet.Name(name, measure), [.. runs.Select(r => Measures.Of(measure, r[row]))]);
            }
        }
        return made;
    }

    // The office's services keep their shares; the mean of the days is what is expected.
    private static ModelOffice Scaled(ModelOffice office, WorkCalendar calendar, int firstDay, Forecast? expected)
    {
        double usual = office.CasesPerDay.Sum();
        if (expected is null || usual <= 0)
        {
            return office;
        }
        int working = Enumerable.Range(firstDay, ForecastMaker.Horizon).Count(d => calendar.HoursOf(DateOnly.FromDayNumber(d)).Length > 0);
        double factor = expected.Point.Sum() / Math.Max(1, working) / usual;
        return office with { CasesPerDay = [.. office.CasesPerDay.Select(c => c * factor)] };
    }

    private static Forecast Of(string name, double[][] runs)
    {
        double[][] byDay = [.. Enumerable.Range(0, ForecastMaker.Horizon).Select(d => runs.Select(r => r[d]).Order().ToArray())];
        return new Forecast(
            name, $"what-if engine, {Replications} runs from the live state", [.. byDay.Select(d => d.Average())],
            [.. Levels.Select(l => new ForecastInterval(l, [.. byDay.Select(d => At(d, (1 - l) / 2))], [.. byDay.Select(d => At(d, (1 + l) / 2))]))], double.NaN, 0);
    }

    private static double At(double[] ordered, double share)
    {
        double place = share * (ordered.Length - 1);
        int below = (int)place;
        return below + 1 < ordered.Length ? ordered[below] + ((place - below) * (ordered[below + 1] - ordered[below])) : ordered[^1];
    }
}
