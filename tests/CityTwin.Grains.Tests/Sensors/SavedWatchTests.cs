namespace CityTwin.Grains.Tests.Sensors;

/// <summary>A watch that is saved and loaded goes on as if it had never stopped.</summary>
public sealed class SavedWatchTests(ITestOutputHelper output)
{
    private const int Readings = 400;

    [Theory]
    [InlineData(SensorKind.Water)]
    [InlineData(SensorKind.Rain)]
    [InlineData(SensorKind.Air)]
    [InlineData(SensorKind.Noise)]
    [InlineData(SensorKind.Link)]
    public void Saved_and_loaded_at_any_reading_it_reports_the_same_and_knows_the_same(SensorKind kind)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        SensorState twin = TwinOf(kind);
        twin = twin with { Rules = twin.Rules! with { StuckAfter = TimeSpan.FromMinutes(40) } };
        SensorWatch steady = new(twin);
        SensorWatch stopped = new(twin);
        List<SensorCommand> expected = [];
        List<SensorCommand> reported = [];
        foreach (Reading reading in Series(kind, random))
        {
            steady.Observe(reading, expected);
            stopped.Observe(reading, reported);
            Assert.Equal(expected, reported);
            if (random.Next(5) == 0)
            {
                stopped = SensorWatch.Load(stopped.Save(), twin)!;
            }
        }
        Assert.Equal(steady.Save(), stopped.Save());
        Assert.NotEqual(0, steady.Repeated);
        output.WriteLine($"{expected.Count} reports, {steady.Repeated} repeats, {steady.Save().Length} bytes");
    }

    [Fact]
    public void Readings_that_come_again_after_hundreds_of_others_change_no_sum()
    {
        SensorWatch rain = new(TwinOf(SensorKind.Rain));
        List<SensorCommand> reports = [];
        Reading[] day = [.. Enumerable.Range(0, 288).Select(i => new Reading(default, Measure.Rainfall, Ms(i * 5), 0.1))];
        Array.ForEach(day, r => rain.Observe(r, reports));
        RollingStatistics once = rain.Over(24);
        Array.ForEach(day, r => rain.Observe(r, reports));
        Assert.Equal((288, 288, once), (rain.Taken, rain.Repeated, rain.Over(24)));
        Assert.Empty(reports);
    }

    [Fact]
    public void Where_the_settings_are_others_by_now_the_twins_alerts_are_taken_up()
    {
        SensorState twin = TwinOf(SensorKind.Water);
        SensorWatch watch = new(twin);
        List<SensorCommand> reports = [];
        watch.Observe(new Reading(default, Measure.WaterLevel, Ms(0), 1.5), reports);
        watch.Observe(new Reading(default, Measure.WaterLevel, Ms(6), 1.5), reports);
        Assert.Single(reports);
        SensorState turned = twin with { Rules = twin.Rules! with { Levels = [3.0] }, Level = 0 };
        Assert.True(SensorWatch.Load(watch.Save(), turned)!.Agrees(turned));
        Assert.False(SensorWatch.Load(watch.Save(), twin)!.Agrees(twin));
    }

    [Fact]
    public void A_device_that_sends_what_cannot_be_is_heard_all_the_same()
    {
        SensorState twin = TwinOf(SensorKind.Water);
        twin = twin with { Rules = twin.Rules! with { PlausibleMax = 10, SilentAfter = TimeSpan.FromMinutes(30) } };
        SensorWatch watch = new(twin);
        List<SensorCommand> reports = [];
        for (int minute = 0; minute < 120; minute += 5)
        {
            watch.Observe(new Reading(default, Measure.WaterLevel, Ms(minute), minute == 0 ? 1 : 50), reports);
            watch.Sweep(Ms(minute), reports);
        }
        Assert.Equal(AlertKind.Implausible, Assert.IsType<SensorCommand.ReportAlert>(Assert.Single(reports)).Kind);
    }

    [Fact]
    public void Every_pollutant_of_a_message_is_judged_in_whatever_order_they_stand()
    {
        SensorWatch air = new(TwinOf(SensorKind.Air));
        List<SensorCommand> reports = [];
        for (int hour = 0; hour < 3; hour++)
        {
            air.Observe(new Reading(default, Measure.Ozone, Ms(hour * 60), 20), reports);
            air.Observe(new Reading(default, Measure.Pm25, Ms(hour * 60), 120), reports);
        }
        Assert.Equal((120, 179), (air.Latest, air.Watched));
        Assert.Equal(2, Assert.IsType<SensorCommand.ReportAlert>(Assert.Single(reports)).Level);
    }

    private static SensorState TwinOf(SensorKind kind)
    {
        SensorRules rules = SensorRules.DefaultOf(kind);
        return SensorState.Absent with
        {
            Profile = SensorHistory.Profile("S") with { Kind = kind },
            Rules = kind == SensorKind.Water ? rules with { Levels = [1.0, 2.0, 3.5] } : rules,
        };
    }

    /// <summary>A wandering value about every five minutes, with late readings, repeats, impossible ones and jumps.</summary>
    private static IEnumerable<Reading> Series(SensorKind kind, Random random)
    {
        (double min, double max) = kind == SensorKind.Water ? (0, 4) : kind == SensorKind.Rain ? (0, 30) : SensorKinds.Range(SensorKinds.Primary(kind));
        double value = min;
        List<Reading> sent = [];
        Measure[] measures = kind == SensorKind.Air ? [Measure.Pm25, Measure.Ozone] : [SensorKinds.Primary(kind)];
        for (int i = 0; i < Readings; i++)
        {
            value = Math.Clamp(value + ((random.NextDouble() - 0.48) * (max - min) / 12), min, max);
            int minute = (i * 5) - (random.Next(8) == 0 ? random.Next(300) : 0);
            double shown = random.Next(40) == 0 ? max : random.Next(3) == 0 && sent.Count > 0 ? sent[^1].Value : Math.Round(value, 2);
            Reading next = random.Next(5) == 0 && sent.Count > 0 ? sent[random.Next(sent.Count)] : new Reading(default, measures[random.Next(measures.Length)], Ms(minute), shown);
            sent.Add(next);
            yield return next;
        }
    }

    private static long Ms(int minute) => SensorHistory.Start.AddMinutes(minute).ToUnixTimeMilliseconds();
}
