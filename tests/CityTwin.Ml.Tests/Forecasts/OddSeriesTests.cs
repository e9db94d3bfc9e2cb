using CityTwin.Ml.Forecasts;

namespace CityTwin.Ml.Tests.Forecasts;

/// <summary>Series that say little: constant, empty, nearly empty, short.</summary>
public sealed class OddSeriesTests
{
    private static readonly ForecastOptions Month = new();

    public static TheoryData<int> Lengths => [.. Enumerable.Range(Series.LengthMin, 8), 28, 60, 200];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Nothing_is_below_nought_or_no_number_whatever_the_series(int count)
    {
        Random random = new(count);
        Dictionary<string, double[]> series = new()
        {
            ["nought"] = new double[count],
            ["constant"] = [.. Enumerable.Repeat(7.0, count)],
            ["one case ever"] = [.. Enumerable.Range(0, count).Select(t => t == count / 2 ? 1.0 : 0)],
            ["one great day"] = [.. Enumerable.Range(0, count).Select(t => t == count - 1 ? 1e6 : 0)],
            ["falling"] = [.. Enumerable.Range(0, count).Select(t => Math.Max(0, 50.0 - t))],
            ["growing"] = [.. Enumerable.Range(0, count).Select(t => 1.0 * t * t)],
            ["sparse"] = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < 0.1 ? 1.0 : 0)],
        };
        foreach ((string name, double[] values) in series)
        {
            Forecast forecast = BacklogForecaster.Run(new(name, values, [7], []), Month);
            Assert.True(double.IsFinite(forecast.BacktestError), name);
            for (int h = 0; h < Month.Horizon; h++)
            {
                ForecastInterval wide = forecast.Intervals[2];
                Assert.True(double.IsFinite(wide.High[h]) && 0 <= wide.Low[h] && wide.Low[h] <= forecast.Point[h] && forecast.Point[h] <= wide.High[h], $"{name}, step {h}");
            }
        }
    }

    [Fact]
    public void A_week_in_which_nothing_came_is_no_proof_that_nothing_will()
    {
        Forecast week = BacklogForecaster.Run(new("new desk", new double[8], [7], []), Month);
        Forecast year = BacklogForecaster.Run(new("idle desk", new double[365], [7], []), Month);
        Assert.True(week.Intervals[2].High[0] >= 0.4, $"{week.Intervals[2].High[0]}");
        Assert.True(year.Intervals[2].High[0] < week.Intervals[2].High[0] / 4);
        Assert.All(week.Point, p => Assert.Equal(0, p));
    }

    [Fact]
    public void Shares_that_were_always_whole_may_fall()
    {
        Forecast forecast = BacklogForecaster.Run(new("on time", [.. Enumerable.Repeat(1.0, 10)], [7], []), Month with { Ceiling = 1 });
        Assert.All(forecast.Intervals[2].Low, low => Assert.InRange(low, 0, 0.9));
        Assert.All(forecast.Intervals[2].High, high => Assert.Equal(1, high));
    }

    [Fact]
    public void Intervals_widen_with_the_steps_that_no_past_day_reached()
    {
        Random random = new(5);
        double at = 100;
        Forecast forecast = BacklogForecaster.Run(new("young backlog", [.. Enumerable.Range(0, 14).Select(_ => at += 3 * random.NextDouble())], [7], []), Month);
        double first = forecast.Intervals[1].High[0] - forecast.Intervals[1].Low[0];
        double last = forecast.Intervals[1].High[27] - forecast.Intervals[1].Low[27];
        Assert.True(last > 2 * first, $"{first:0.0} on the first day, {last:0.0} on the last");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Fewer_values_than_eight_are_refused_with_the_number(int count) =>
        Assert.Equal($"desk 9: {count} values; at least 8 are needed.", Assert.Throws<ArgumentException>(
            () => BacklogForecaster.Run(new("desk 9", new double[count], [7], []), Month)).Message);

    [Fact]
    public void A_kind_of_day_that_never_was_is_foreseen_with_doubt()
    {
        double[] values = [.. Enumerable.Range(0, 70).Select(d => d % 7 >= 5 ? 5.0 : 40 + (d % 3))];
        double[] off = [.. Enumerable.Range(0, 98).Select(d => d == 80 ? 1.0 : 0)];
        Forecast forecast = BacklogForecaster.Run(new("office", values, [7], [off]), Month);
        double usual = forecast.Intervals[1].High[3] - forecast.Intervals[1].Low[3];
        Assert.True(forecast.Intervals[1].High[10] - forecast.Intervals[1].Low[10] > 2 * usual);
    }
}
