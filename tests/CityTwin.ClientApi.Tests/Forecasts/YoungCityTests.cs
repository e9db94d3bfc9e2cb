using CityTwin.ClientApi.Forecasts;
using CityTwin.Grains;
using CityTwin.Ml.Forecasts;
using CityTwin.Simulation.City;

namespace CityTwin.ClientApi.Tests;

/// <summary>Forecasts from the first days of a city that began empty, against the days that the simulator then made of it.</summary>
public sealed class YoungCityTests(ITestOutputHelper output)
{
    private const ulong Seed = 20_250_701;
    private static readonly DateOnly Start = new(2025, 7, 1);

    [Theory]
    [InlineData(8, 0.60, 0.70)] // before the first long procedures end, nobody knows how many will
    [InlineData(14, 0.75, 0.88)]
    [InlineData(30, 0.75, 0.92)]
    public void Intervals_from_few_days_hold_what_they_promise(int days, double least80, double least95)
    {
        CityDefinition city = BundledCities.Read("hue");
        Dictionary<string, DayFigures[]> played = Play(city, days + ForecastMaker.Horizon);
        Dictionary<string, Forecast> made = ForecastMaker.Make(
            played.ToDictionary(r => r.Key, r => r.Value[..days]), Start.DayNumber, city.Rules.Calendar, new Dictionary<string, string>(), TestContext.Current.CancellationToken);
        foreach (string measure in Measures.All)
        {
            ForecastScore[] scores =
            [
                .. from row in played
                   where row.Key != DailyCounts.City && row.Value.Take(days).Any(d => d.Arrivals > 0)
                   select ForecastScore.Of(made[ForecastSet.Name(row.Key, measure)], Measures.Of(measure, row.Value[days..])),
            ];
            double within80 = scores.Average(s => s.Coverage[1]);
            double within95 = scores.Average(s => s.Coverage[2]);
            output.WriteLine($"seed {Seed}, {days} days, {measure}: {scores.Length} offices, within 80 %: {within80:P1}, within 95 %: {within95:P1}");
            Assert.True(within80 >= least80, $"{measure}: {within80:P1} within the 80 % intervals");
            Assert.True(within95 >= least95, $"{measure}: {within95:P1} within the 95 % intervals");
        }
        Assert.All(made.Values.SelectMany(f => f.Intervals.SelectMany(i => i.Low.Concat(i.High)).Concat(f.Point)), v => Assert.True(v >= 0 && double.IsFinite(v)));
    }

    private static Dictionary<string, DayFigures[]> Play(CityDefinition city, int days)
    {
        CityModel model = ModelOfCity.From(city);
        Timeline timeline = Timeline.Of(model, Start, days + 1);
        var counted = new SimulatedDays(model, timeline);
        CityOutcome outcome = CityRun.Of(timeline, Seed, 0, counted, TestContext.Current.CancellationToken);
        DayFigures[][] rows = counted.Finish(outcome, new Dictionary<string, DayFigures[]>());
        return Enumerable.Range(0, rows.Length).ToDictionary(
            r => r < model.Offices.Length ? model.Offices[r].Id.ToString() : DailyCounts.City, r => rows[r][..days]);
    }
}
