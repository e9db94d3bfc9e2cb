using static CityTwin.Grains.SensorCommand;

namespace CityTwin.Grains.Tests.Sensors;

public sealed class SensorWatchTests
{
    private static readonly TwinId Sensor = SensorNumber.Of(46, SensorKind.Water, "KL01");

    private readonly List<SensorCommand> _reports = [];

    [Fact]
    public void Before_the_first_reading_there_are_no_statistics()
    {
        SensorWatch watch = new(State(Rules()));
        Assert.Equal((0, 0), (watch.Over(1).Count, watch.Over(24).Count));
        Assert.True(double.IsNaN(watch.Latest));
    }

    [Fact]
    public void A_level_is_raised_after_its_minimum_duration_and_a_dip_starts_it_over()
    {
        SensorWatch watch = Watch(Rules() with { RaiseAfter = TimeSpan.FromMinutes(5) });
        Feed(watch, (0, 1.1), (4, 1.1), (5, 0.9), (6, 1.1), (10, 1.1));
        Assert.Empty(_reports);
        Feed(watch, (11, 1.2));
        ReportAlert raised = Assert.IsType<ReportAlert>(Assert.Single(_reports));
        Assert.Equal((1, 1.2), (raised.Level, raised.Value));
    }

    [Fact]
    public void A_level_is_cleared_only_below_its_hysteresis()
    {
        SensorWatch watch = Watch(Rules() with { Hysteresis = 0.1 });
        Feed(watch, (0, 1.0), (1, 0.95), (2, 1.0), (3, 0.91));
        Assert.IsType<ReportAlert>(Assert.Single(_reports));
        Feed(watch, (4, 0.89));
        Assert.IsType<ReportClear>(_reports[1]);
    }

    [Fact]
    public void Late_and_repeated_readings_raise_nothing_and_count_once()
    {
        SensorWatch watch = Watch(Rules());
        Feed(watch, (10, 0.5), (10, 0.5), (5, 1.5), (5, 1.5));
        Assert.Empty(_reports);
        Assert.Equal((2, 2, 0.5), (watch.Taken, watch.Repeated, watch.Latest));
        Assert.Equal((2, 1.5), (watch.Over(1).Count, watch.Over(1).Max));
    }

    [Fact]
    public void A_spike_must_be_confirmed_by_the_next_reading()
    {
        SensorWatch watch = Watch(Rules() with { SpikeMax = 1 });
        Feed(watch, (0, 0.5), (1, 3.0), (2, 0.5));
        Assert.Empty(_reports);
        Feed(watch, (3, 3.0), (4, 3.1));
        Assert.Equal(2, Assert.IsType<ReportAlert>(Assert.Single(_reports)).Level);
    }

    [Fact]
    public void A_stuck_or_impossible_instrument_is_doubted_until_it_moves()
    {
        SensorWatch watch = Watch(Rules() with { StuckAfter = TimeSpan.FromMinutes(3), PlausibleMax = 10 });
        Feed(watch, (0, 0.5), (1, 0.5), (2, 0.5), (3, 0.5));
        Assert.Equal(AlertKind.Implausible, Assert.IsType<ReportAlert>(Assert.Single(_reports)).Kind);
        Feed(watch, (4, 0.51));
        Assert.IsType<ReportClear>(_reports[1]);
        Feed(watch, (5, 50));
        Assert.IsType<ReportAlert>(_reports[2]);
        Assert.Equal(0.51, watch.Latest);
    }

    [Fact]
    public void A_rapid_rise_is_an_alert_of_its_own()
    {
        SensorWatch watch = Watch(Rules() with { Levels = [], RisePerHourMax = 0.5 });
        Feed(watch, [.. Enumerable.Range(0, 7).Select(i => (i * 5, 0.1 * i))]);
        Assert.Equal(AlertKind.RapidRise, Assert.IsType<ReportAlert>(Assert.Single(_reports)).Kind);
        Feed(watch, [.. Enumerable.Range(7, 14).Select(i => (i * 5, 0.6))]);
        Assert.IsType<ReportClear>(_reports[1]);
    }

    [Fact]
    public void Half_a_silence_period_is_reported_once_and_the_next_reading_ends_it()
    {
        SensorWatch watch = Watch(Rules());
        Feed(watch, (0, 0.5));
        watch.Sweep(Ms(14), _reports);
        Assert.Empty(_reports);
        watch.Sweep(Ms(15), _reports);
        watch.Sweep(Ms(16), _reports);
        Assert.IsType<ReportQuiet>(Assert.Single(_reports));
        Feed(watch, (17, 0.5));
        Assert.IsType<ReportHeard>(_reports[1]);
    }

    [Fact]
    public void Calibration_is_added_and_maintenance_judges_nothing()
    {
        SensorState state = State(Rules()) with { Offset = 0.6 };
        SensorWatch watch = new(state);
        Feed(watch, (0, 0.5));
        Assert.Equal(1, Assert.IsType<ReportAlert>(Assert.Single(_reports)).Level);
        _reports.Clear();
        watch.Follow(state with { MaintenanceUntil = SensorHistory.Start.AddDays(1) });
        Feed(watch, (1, 5));
        Assert.Empty(_reports);
        watch.Follow(state);
        Feed(watch, (2, 5));
        Assert.Equal(3, Assert.IsType<ReportAlert>(Assert.Single(_reports)).Level);
    }

    [Fact]
    public void Rain_is_summed_over_hours_and_air_is_judged_by_its_index()
    {
        SensorWatch rain = Watch(new SensorRules { Levels = [50], Watched = WatchedNumber.Sum, SumHours = 3 }, SensorKind.Rain);
        Feed(rain, Measure.Rainfall, (0, 20), (60, 20), (120, 9), (180, 20));
        Assert.Empty(_reports);
        Feed(rain, Measure.Rainfall, (185, 1));
        Assert.Equal(50, Assert.IsType<ReportAlert>(Assert.Single(_reports)).Value);
        _reports.Clear();
        SensorWatch air = Watch(SensorRules.DefaultOf(SensorKind.Air), SensorKind.Air);
        Feed(air, Measure.Pm25, (0, 120), (60, 120), (120, 120));
        Assert.Equal(179, Assert.IsType<ReportAlert>(_reports[^1]).Value);
    }

    private static long Ms(int minute) => SensorHistory.Start.AddMinutes(minute).ToUnixTimeMilliseconds();

    private static SensorRules Rules() => new() { Levels = [1.0, 2.0, 3.5] };

    private static SensorState State(SensorRules rules, SensorKind kind = SensorKind.Water) =>
        SensorState.Absent with { Profile = SensorHistory.Profile("KL01") with { Kind = kind }, Rules = rules };

    private static SensorWatch Watch(SensorRules rules, SensorKind kind = SensorKind.Water) => new(State(rules, kind));

    private void Feed(SensorWatch watch, params (int Minute, double Value)[] readings) => Feed(watch, Measure.WaterLevel, readings);

    private void Feed(SensorWatch watch, Measure measure, params (int Minute, double Value)[] readings)
    {
        foreach ((int minute, double value) in readings)
        {
            watch.Observe(new Reading(Sensor, measure, Ms(minute), value), _reports);
        }
    }
}
