using static CityTwin.Grains.SensorCommand;
using static CityTwin.Grains.SensorEvent;

namespace CityTwin.Grains.Tests.Sensors;

public sealed class AlertHandlingTests
{
    private static readonly TwinId Official = TwinId.Official(19753001);

    private static readonly DateTimeOffset Until = SensorHistory.Start.AddHours(2);

    private static readonly SensorHistory KimLong = new SensorHistory(SensorNumber.Of(46, SensorKind.Water, "KL01"))
        .When(new Register(SensorHistory.Profile("KL01"), SensorHistory.Flood));

    private static readonly SensorHistory Flooded = KimLong.When(new ReportAlert(AlertKind.Threshold, 2, 2.1, SensorHistory.Start));

    [Fact]
    public void An_acknowledged_alert_stays_raised_and_says_who_has_seen_it()
    {
        SensorHistory seen = Flooded.When(new AcknowledgeAlert(AlertKind.Threshold, 2, Official, "đang đi kiểm tra"));
        Assert.Equal([(1, default), (2, Official)], seen.State.Alerts.Select(a => (a.Level, a.AcknowledgedBy)));
        Assert.Equal(0, seen.Decide(new AcknowledgeAlert(AlertKind.Threshold, 2, Official, "")).Count);
        Assert.Equal(2, seen.State.Level);
        SensorHistory again = seen.When(new ReportClear(AlertKind.Threshold, 2, 1.9, SensorHistory.Start)).When(new ReportAlert(AlertKind.Threshold, 2, 2.1, SensorHistory.Start));
        Assert.Null(again.State.Alerts[1].AcknowledgedAt);
    }

    [Fact]
    public void An_alert_that_is_not_raised_cannot_be_acknowledged()
    {
        Assert.Equal(Refusal.AlertNotRaised, Flooded.Decide(new AcknowledgeAlert(AlertKind.Threshold, 3, Official, "")).Refusal);
        Assert.Equal(Refusal.OutOfRange, Flooded.Decide(new AcknowledgeAlert(AlertKind.Threshold, 2, Official, new string('x', 401))).Refusal);
    }

    [Fact]
    public void A_silenced_sensor_records_alerts_and_tells_its_area_at_the_end_of_the_silence_what_is_still_raised()
    {
        SensorHistory silenced = KimLong.When(new SilenceAlerts(Until, "thi công kè"));
        SensorHistory raised = silenced.When(new ReportAlert(AlertKind.Threshold, 2, 2.1, SensorHistory.Start));
        Assert.Equal(2, raised.Last.Length);
        Assert.Empty(raised.Sent);
        Assert.Equal(Until, raised.NextDeadline);
        SensorHistory over = raised.When(new ReportClear(AlertKind.Threshold, 2, 1.9, SensorHistory.Start)).At(Until).When(new ReachDeadline());
        Assert.IsType<SilenceLifted>(Assert.Single(over.Last));
        Assert.Equal(1, Assert.IsType<JoinIncident>(Assert.Single(over.Sent).Command).Alert.Level);
        Assert.Null(over.NextDeadline);
    }

    [Fact]
    public void A_silence_can_be_lifted_and_repeats_change_nothing()
    {
        SensorHistory silenced = Flooded.When(new SilenceAlerts(Until, "thi công kè"));
        Assert.Equal(0, silenced.Decide(new SilenceAlerts(Until, "thi công kè")).Count);
        SensorHistory lifted = silenced.When(new LiftSilence());
        Assert.Equal(2, lifted.Sent.Length);
        Assert.Equal(0, lifted.Decide(new LiftSilence()).Count);
        Assert.Equal(Refusal.OutOfRange, Flooded.Decide(new SilenceAlerts(SensorHistory.Start, "quá khứ")).Refusal);
        Assert.Equal(Refusal.OutOfRange, Flooded.Decide(new SilenceAlerts(Until, "")).Refusal);
        Assert.Equal(Refusal.OutOfRange, Flooded.Decide(new SilenceAlerts(SensorHistory.Start.AddDays(91), "lâu")).Refusal);
    }

    [Fact]
    public void Replay_of_acknowledging_and_silencing_equals_live()
    {
        SensorHistory live = Flooded.When(new AcknowledgeAlert(AlertKind.Threshold, 1, Official, "")).When(new SilenceAlerts(Until, "x")).When(new LiftSilence());
        SensorState replayed = live.Replayed();
        Assert.Equal(live.State.Alerts, replayed.Alerts);
        Assert.Equal(live.State with { Alerts = [] }, replayed with { Alerts = [] });
    }
}
