using static CityTwin.Grains.SensorCommand;
using static CityTwin.Grains.SensorEvent;

namespace CityTwin.Grains.Tests.Sensors;

public sealed class SensorDeciderTests
{
    private static readonly SensorHistory KimLong = new SensorHistory(SensorNumber.Of(46, SensorKind.Water, "KL01"))
        .When(new Register(SensorHistory.Profile("KL01"), SensorHistory.Flood));

    [Fact]
    public void Registering_again_changes_nothing_and_registering_otherwise_is_refused()
    {
        Assert.Equal(0, KimLong.Decide(new Register(SensorHistory.Profile("KL01"), SensorHistory.Flood)).Count);
        Assert.Equal(Refusal.SensorAlreadyRegistered, KimLong.Decide(new Register(SensorHistory.Profile("KL02"), SensorHistory.Flood)).Refusal);
    }

    [Fact]
    public void Nothing_is_reported_for_a_sensor_that_is_not_registered() =>
        Assert.Equal(Refusal.SensorNotRegistered, new SensorHistory(TwinId.Sensor(1)).Decide(new ReportAlert(AlertKind.Threshold, 1, 1, default)).Refusal);

    [Fact]
    public void Rules_that_do_not_rise_are_refused()
    {
        SensorRules falling = SensorHistory.Flood with { Levels = [2, 1] };
        Assert.Equal(Refusal.OutOfRange, KimLong.Decide(new ChangeRules(falling)).Refusal);
        Assert.Equal(Refusal.OutOfRange, new SensorHistory(TwinId.Sensor(1)).Decide(new Register(SensorHistory.Profile("x"), falling)).Refusal);
    }

    [Fact]
    public void A_jump_over_two_levels_raises_each_and_a_repeat_raises_none()
    {
        SensorHistory flooded = KimLong.When(new ReportAlert(AlertKind.Threshold, 3, 3.6, SensorHistory.Start));
        Assert.Equal([1, 2, 3], flooded.Last.Cast<AlertRaised>().Select(e => e.Level));
        Assert.Equal(0, flooded.Decide(new ReportAlert(AlertKind.Threshold, 3, 3.7, SensorHistory.Start)).Count);
        SensorHistory lower = flooded.When(new ReportClear(AlertKind.Threshold, 2, 1.9, SensorHistory.Start));
        Assert.Equal([3, 2], lower.Last.Cast<AlertCleared>().Select(e => e.Level));
        Assert.Equal(1, lower.State.Level);
    }

    [Fact]
    public void An_alert_goes_to_the_area_and_a_doubt_about_the_instrument_does_not()
    {
        SensorHistory raised = KimLong.When(new ReportAlert(AlertKind.Threshold, 1, 1.2, SensorHistory.Start));
        Message sent = Assert.Single(raised.Sent);
        Assert.Equal(SensorDecider.AreaOf(SensorHistory.Profile("KL01")), sent.Target);
        Assert.Empty(KimLong.When(new ReportAlert(AlertKind.Implausible, 1, 99, SensorHistory.Start)).Sent);
    }

    [Fact]
    public void Maintenance_hides_alerts_and_silence_and_ends_at_its_moment()
    {
        DateTimeOffset until = SensorHistory.Start.AddHours(2);
        SensorHistory served = KimLong.When(new BeginMaintenance(until, "thay pin"));
        Assert.Equal(0, served.Decide(new ReportAlert(AlertKind.Threshold, 1, 1.2, SensorHistory.Start)).Count);
        Assert.Equal(0, served.Decide(new ReportQuiet(SensorHistory.Start)).Count);
        Assert.Equal(until, served.NextDeadline);
        SensorHistory done = served.At(until).When(new ReachDeadline());
        Assert.IsType<MaintenanceEnded>(Assert.Single(done.Last));
        Assert.Null(done.NextDeadline);
    }

    [Fact]
    public void A_quiet_sensor_falls_silent_at_its_deadline_unless_it_is_heard()
    {
        SensorHistory quiet = KimLong.At(SensorHistory.Start.AddMinutes(15)).When(new ReportQuiet(SensorHistory.Start));
        Assert.Equal(SensorHistory.Start + SensorHistory.Flood.SilentAfter, quiet.NextDeadline);
        SensorHistory heard = quiet.When(new ReportHeard(SensorHistory.Start.AddMinutes(16)));
        Assert.Null(heard.NextDeadline);
        SensorHistory silent = quiet.At(quiet.NextDeadline!.Value).When(new ReachDeadline());
        Assert.True(silent.State.IsSilent);
        Assert.False(silent.When(new ReportHeard(SensorHistory.Start.AddHours(1))).State.IsSilent);
        Assert.Equal(0, silent.Decide(new ReachDeadline()).Count);
    }

    [Fact]
    public void Replay_equals_live_and_repeats_change_nothing()
    {
        SensorCommand[] commands =
        [
            new Calibrate(0.1), new ReportAlert(AlertKind.Threshold, 2, 2.5, SensorHistory.Start), new ReportAlert(AlertKind.RapidRise, 1, 0.8, SensorHistory.Start),
            new ReportClear(AlertKind.RapidRise, 1, 0.1, SensorHistory.Start), new ReportQuiet(SensorHistory.Start), new ReportHeard(SensorHistory.Start),
            new ChangeRules(SensorHistory.Flood with { Hysteresis = 0.2 }), new ReportClear(AlertKind.Threshold, 1, 0.5, SensorHistory.Start),
        ];
        SensorHistory live = KimLong;
        foreach (SensorCommand command in commands)
        {
            live = live.When(command);
            Assert.Equal(0, live.Decide(command).Count);
        }
        Assert.Equal(live.State, live.Replayed());
    }

    [Fact]
    public void An_event_that_cannot_follow_is_a_corrupt_history() =>
        Assert.Throws<CorruptHistoryException>(() => SensorDecider.Evolve(KimLong.State, new AlertCleared(SensorHistory.Start, AlertKind.Threshold, 1, 0, SensorHistory.Start)));
}
