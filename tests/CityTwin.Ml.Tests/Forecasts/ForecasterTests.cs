using CityTwin.Ml.Forecasts;

namespace CityTwin.Ml.Tests.Forecasts;

public sealed class ForecasterTests(ITestOutputHelper output)
{
    private const int Seed = 77;
    private static readonly ForecastOptions Days = new() { Horizon = 14 };

    [Fact]
    public void A_weekly_pattern_is_carried_on()
    {
        Forecast forecast = BacklogForecaster.Run(Weekly(210, noise: 0), Days);
        for (int h = 0; h < 14; h++)
        {
            Assert.Equal(WeekdayLevel(210 + h), forecast.Point[h], 0.5);
        }
    }

    [Fact]
    public void The_forecast_beats_the_seasonal_naive_one_on_noise_and_its_intervals_nest()
    {
        Forecast forecast = BacklogForecaster.Run(Weekly(400, noise: 8), Days);
        output.WriteLine($"seed {Seed}: {forecast.Model}, error {forecast.BacktestError:0.00} of seasonal naive");
        Assert.True(forecast.BacktestError < 0.9);
        for (int h = 0; h < 14; h++)
        {
            Assert.True(forecast.Intervals[2].Low[h] <= forecast.Intervals[1].Low[h]);
            Assert.True(forecast.Intervals[0].Low[h] <= forecast.Point[h] && forecast.Point[h] <= forecast.Intervals[0].High[h]);
            Assert.True(forecast.Intervals[1].High[h] <= forecast.Intervals[2].High[h]);
        }
    }

    [Fact]
    public void Intervals_hold_about_as_much_as_they_say()
    {
        (double[] within, int runs) = (new double[3], 60);
        for (int run = 0; run < runs; run++)
        {
            Series all = Weekly(264, noise: 6, seed: Seed + run);
            Series known = all with { Values = [.. all.Values.Take(250)] };
            ForecastScore score = ForecastScore.Of(BacklogForecaster.Run(known, Days with { BoostedTrees = false }), [.. all.Values.Skip(250)]);
            for (int i = 0; i < 3; i++)
            {
                within[i] += score.Coverage[i] / runs;
            }
        }
        output.WriteLine($"seeds from {Seed}: {string.Join(", ", within.Select(w => $"{w:P1}"))}");
        Assert.InRange(within[0], 0.45, 0.55);
        Assert.InRange(within[1], 0.77, 0.84);
        Assert.InRange(within[2], 0.93, 0.975);
    }

    [Theory]
    [InlineData(2026, 11, 1)]
    [InlineData(2027, 1, 20)]
    public void Intervals_of_communes_hold_in_quiet_weeks_and_over_Tet(int year, int month, int day)
    {
        const int Known = 730, Ahead = 28, Communes = 60;
        DateOnly first = new DateOnly(year, month, day).AddDays(-Known);
        IReadOnlyList<IReadOnlyList<double>> holidays = VietnameseCalendar.Regressors(first, Known + Ahead, new HashSet<DateOnly>());
        Random random = new(Seed);
        double[][] values = [.. Enumerable.Range(0, Communes).Select(_ => Commune(first, Known + Ahead, holidays, random))];
        IReadOnlyList<Forecast> made = BacklogForecaster.Run(
            [.. values.Select((v, i) => new Series($"commune {i}", v[..Known], [7, 365.25], holidays))], new() { BoostedTrees = false }, TestContext.Current.CancellationToken);
        ForecastScore[] scores = [.. made.Select((f, i) => ForecastScore.Of(f, values[i][Known..]))];
        double[] within = [.. Enumerable.Range(0, 3).Select(i => scores.Average(s => s.Coverage[i]))];
        output.WriteLine($"seed {Seed}: {string.Join(", ", within.Select(w => $"{w:P1}"))}");
        Assert.InRange(within[1], 0.76, 0.85);
        Assert.InRange(within[2], 0.93, 0.985);
    }

    [Fact]
    public void Tet_is_foreseen_where_it_falls_and_not_where_it_fell()
    {
        DateOnly first = new(2023, 1, 1);
        int count = new DateOnly(2026, 2, 10).DayNumber - first.DayNumber;
        IReadOnlyList<IReadOnlyList<double>> holidays = VietnameseCalendar.Regressors(first, count + 28, new HashSet<DateOnly>());
        double[] values = [.. Enumerable.Range(0, count).Select(d => holidays[1][d] > 0 ? 5.0 : 50)];
        Forecast forecast = BacklogForecaster.Run(new("desk", values, [7], holidays), new() { BoostedTrees = false });
        Assert.True(forecast.Point[7] < 30, $"Tết eve: {forecast.Point[7]:0.0}");
        Assert.True(forecast.Point[20] > 40, $"after Tết: {forecast.Point[20]:0.0}");
    }

    [Theory]
    [InlineData(2025, 1, 29)]
    [InlineData(2026, 2, 17)]
    [InlineData(2027, 2, 6)]
    [InlineData(2007, 2, 17)]
    [InlineData(2030, 2, 2)]
    public void Tet_falls_on_the_day_of_the_Vietnamese_calendar(int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), VietnameseCalendar.Tet(year));

    [Theory]
    [InlineData(2025, 4, 7)]
    [InlineData(2026, 4, 26)]
    [InlineData(2027, 4, 16)]
    public void The_Hung_Kings_day_is_the_tenth_of_the_third_lunar_month(int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), VietnameseCalendar.HungKings(year));

    [Fact]
    public void Shares_stay_between_nought_and_one()
    {
        Random random = new(Seed);
        Series series = new("on time", [.. Enumerable.Range(0, 120).Select(_ => Math.Min(1, 0.93 + (0.1 * random.NextDouble())))], [7], []);
        Forecast forecast = BacklogForecaster.Run(series, Days with { Ceiling = 1 });
        Assert.All(forecast.Intervals.SelectMany(i => i.High), v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void A_short_or_broken_series_is_refused_by_name()
    {
        Assert.Contains("desk 4: 3 values", Assert.Throws<ArgumentException>(
            () => BacklogForecaster.Run(new("desk 4", [1, 2, 3], [7], []), Days)).Message, StringComparison.Ordinal);
        Assert.Contains("value 2 is NaN", Assert.Throws<ArgumentException>(
            () => BacklogForecaster.Run(new("d", [1, 2, double.NaN, 4, 5, 6, 7, 8], [7], []), Days)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BacklogForecaster.Run(new("d", [1, 2, 3, 4, 5, 6, 7, 8], [7], [[0, 0]]), Days));
        Assert.Throws<ArgumentOutOfRangeException>(() => BacklogForecaster.Run(Weekly(50, 0), Days with { Horizon = 0 }));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(30)]
    public void Little_history_still_gives_a_forecast(int count) =>
        Assert.All(BacklogForecaster.Run(Weekly(count, 2), Days).Point, p => Assert.InRange(p, 0, 200));

    [Fact]
    public void Parts_add_up_to_the_sum_and_the_better_method_is_taken()
    {
        Series[] parts = [.. Enumerable.Range(0, 12).Select(i => Weekly(250, noise: 5, seed: Seed + i) with { Name = $"commune {i}" })];
        ReconciledForecast city = Hierarchy.Run("city", parts, Days with { BoostedTrees = false }, TestContext.Current.CancellationToken);
        for (int h = 0; h < 14; h++)
        {
            Assert.Equal(city.Total.Point[h], city.Parts.Sum(p => p.Point[h]), 1e-6);
        }
        Assert.Equal(city.MinTError < city.BottomUpError ? "MinT" : "bottom-up", city.Method);
        output.WriteLine($"seed {Seed}: bottom-up {city.BottomUpError:0.00}, MinT {city.MinTError:0.00}");
    }

    [Fact]
    public void Another_partition_adds_up_to_a_sum_that_stands()
    {
        Series[] services = [.. Enumerable.Range(0, 7).Select(i => Weekly(250, noise: 2 + (3 * i), seed: Seed + i) with { Name = $"service {i}" })];
        ForecastOptions options = Days with { BoostedTrees = false };
        double[] target = [.. Enumerable.Range(0, 14).Select(h => h < 7 ? 7 * WeekdayLevel(250 + h) : 40.0)];
        Forecast total = new("city", "m", target, [], 1, 1);
        IReadOnlyList<Forecast> agreed = Hierarchy.Under(total, services, options, TestContext.Current.CancellationToken);
        for (int h = 0; h < 14; h++)
        {
            Assert.Equal(target[h], agreed.Sum(f => f.Point[h]), 0.01);
            Assert.All(agreed, f => Assert.True(f.Point[h] >= 0 && f.Intervals[2].Low[h] <= f.Intervals[2].High[h]));
        }
    }

    [Fact]
    public void A_score_is_as_by_hand()
    {
        Forecast forecast = new("s", "m", [10, 10], [new(0.8, [8, 8], [12, 12])], 1, 1);
        ForecastScore score = ForecastScore.Of(forecast, [11, 15]);
        Assert.Equal(3, score.MeanAbsoluteError, 12);
        Assert.Equal(0.5, score.Coverage[0], 12);
        double[] losses = [1, 2 * 0.1 * 3, 2 * 0.1 * 1, 5, 2 * 0.1 * 7, 2 * 0.9 * 3];
        Assert.Equal(losses.Sum() / 6, score.Pinball, 9);
    }

    // Dossiers come by chance (a Poisson number, nearly), few at weekends and hardly any on days off.
    private static double[] Commune(DateOnly first, int count, IReadOnlyList<IReadOnlyList<double>> holidays, Random random)
    {
        double level = 8 + (60 * random.NextDouble());
        return [.. Enumerable.Range(0, count).Select(d =>
        {
            double week = first.AddDays(d).DayOfWeek switch { DayOfWeek.Sunday => 0.05, DayOfWeek.Saturday => 0.2, DayOfWeek.Monday => 1.4, _ => 1.1 };
            double mean = level * week * (holidays[1][d] + holidays[3][d] > 0 ? 0.1 : 1 + (0.3 * holidays[0][d]) + (0.25 * holidays[2][d]));
            double noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return Math.Max(0, Math.Round(mean + (noise * Math.Sqrt(mean + 0.1))));
        })];
    }

    private static double WeekdayLevel(int day) => 40 + ((day % 7) switch { 0 => 25, 5 => -20, 6 => -30, _ => 5 });

    private static Series Weekly(int count, double noise, int seed = Seed)
    {
        Random random = new(seed);
        return new("weekly", [.. Enumerable.Range(0, count).Select(d => WeekdayLevel(d) + (noise * (random.NextDouble() + random.NextDouble() - 1)))], [7], []);
    }
}
