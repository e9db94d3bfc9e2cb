using CityTwin.Grains;
using CityTwin.Simulation.Cli.Drive;
using CityTwin.Simulation.Cli.Drive.Sensors;
using CityTwin.Simulation.Sensors;
using CityTwin.Simulation.Tests.Drive;

namespace CityTwin.Simulation.Tests.Sensors;

public sealed class SensorDriveTests
{
    private static readonly DateTimeOffset Start = new(2025, 10, 26, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_acknowledged_reading_is_there_and_alerts_are_what_the_driver_expects()
    {
        SensorDriveReport report = await SensorDrive.RunAsync(Small(), TestContext.Current.CancellationToken);

        Assert.Empty(report.FirstDifferences);
        Assert.Equal((0, 0, "complete"), (report.Differences, report.ExitCode, report.End));
        Assert.Equal(40 * 58 * 12, report.Acknowledged);
        Assert.Equal(report.Acknowledged, report.Stored);
        Assert.True(report.RaisedExpected >= 6, "the flood raises three levels at each of two gauges");
        Assert.True(report.Incidents >= 1);
    }

    [Fact]
    public async Task A_stopped_drive_still_compares_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        SensorDriveReport report = await SensorDrive.RunAsync(Small() with { Sensors = 4 }, stop.Token);
        Assert.Equal(("stopped", 130, 0), (report.End, report.ExitCode, report.Differences));
    }

    [Fact]
    public async Task A_reading_or_an_alert_that_is_not_there_is_a_difference()
    {
        await using LocalSensorTarget target = await LocalSensorTarget.OpenAsync(PlayedCity.Hue.City, journal: null);
        IReadOnlyList<DrivenSensor> fleet = SensorFleet.Make(PlayedCity.Hue.City, 2, seed: 1);
        await target.RegisterAsync(fleet, _ => { });
        var account = new SensorAccount(fleet[0]);
        account.Acknowledge(target.Now.ToUnixTimeMilliseconds(), 0.5);
        var check = new SensorLedgerCheck(target, target.Now.AddHours(-1), target.Now.AddMinutes(1)) { FollowedWithin = TimeSpan.Zero };
        await check.RunAsync([account, new SensorAccount(fleet[1])], _ => { });
        Assert.Equal((1, 0), (check.Differences, check.Stored));
        Assert.Contains("expected", Assert.Single(check.Examples), StringComparison.Ordinal);
    }

    [Fact]
    public void The_wave_raises_each_alarm_at_the_gauge_once_and_clears_it_in_turn()
    {
        DrivenSensor gauge = SensorFleet.Make(PlayedCity.Hue.City, 2, seed: 1)[0];
        var account = new SensorAccount(gauge);
        var weather = new SensorWeather(SensorFleet.GaugeOf(PlayedCity.Hue.City), Start, seed: 1);
        double peak = 0;
        for (int minute = 0; minute <= 58 * 60; minute += 5)
        {
            double level = weather.ValueAt(gauge, Start.AddMinutes(minute), TimeSpan.FromMinutes(5));
            account.Acknowledge(Start.AddMinutes(minute).ToUnixTimeMilliseconds(), level);
            peak = Math.Max(peak, level);
        }
        Assert.Equal(FloodWave.Peak, peak);
        Assert.Equal(
            [(true, 1), (true, 2), (true, 3), (false, 3), (false, 2), (false, 1)],
            account.Changes.Where(c => c.Kind == AlertKind.Threshold).Select(c => (c.IsRaised, c.Level)));
    }

    [Fact]
    public void A_fleet_and_its_weather_are_the_same_again_for_a_seed_and_lie_in_the_instruments_ranges()
    {
        IReadOnlyList<DrivenSensor> fleet = SensorFleet.Make(PlayedCity.Hue.City, 400, seed: 7);
        Assert.Equal(fleet.Select(s => s.Profile), SensorFleet.Make(PlayedCity.Hue.City, 400, seed: 7).Select(s => s.Profile));
        Assert.Equal(8, fleet.Select(s => s.Profile.Kind).Distinct().Count());
        Assert.Equal(400, fleet.Select(s => s.Id).Distinct().Count());
        var weather = new SensorWeather(SensorFleet.GaugeOf(PlayedCity.Hue.City), Start, seed: 7);
        foreach (DrivenSensor sensor in fleet)
        {
            (double min, double max) = SensorKinds.Range(SensorKinds.Primary(sensor.Profile.Kind));
            for (int hour = 0; hour < 60; hour++)
            {
                double value = weather.ValueAt(sensor, Start.AddHours(hour), TimeSpan.FromMinutes(5));
                Assert.InRange(value, min, max);
                Assert.Equal(value, weather.ValueAt(sensor, Start.AddHours(hour), TimeSpan.FromMinutes(5)));
            }
        }
    }

    [Theory]
    [InlineData("--sensors 1")]
    [InlineData("--sensors 10 --rate fast")]
    [InlineData("--sensors 10 --rate 0/s")]
    [InlineData("--sensors 10 --hours 0")]
    [InlineData("--sensors 10 --every 61")]
    [InlineData("--sensors 10 --connections 0")]
    [InlineData("--sensors 10 --mqtt nowhere")]
    [InlineData("--sensors 10 --mqtt-user nobody")]
    [InlineData("--sensors 10 --city atlantis")]
    [InlineData("--sensors 10 --mqtt 127.0.0.1:1 --url http://127.0.0.1:1")]
    public async Task A_bad_option_or_a_missing_server_is_exit_code_2(string options) =>
        Assert.Equal(2, await DriveCommand.Create().Parse(options.Split(' ')).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));

    private static SensorDriveArguments Small() => new()
    {
        City = "hue",
        Sensors = 40,
        RatePerSecond = 20_000,
        Connections = 4,
        Mqtt = null,
        Url = new Uri("http://127.0.0.1:1"),
        Json = true,
    };
}
