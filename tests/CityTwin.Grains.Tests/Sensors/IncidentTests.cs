using static CityTwin.Grains.SensorCommand;
using static CityTwin.Grains.SensorEvent;

namespace CityTwin.Grains.Tests.Sensors;

public sealed class IncidentTests
{
    private static readonly SensorProfile One = SensorHistory.Profile("KL01");

    private static readonly SensorProfile Near = SensorHistory.Profile("KL02", new GeoPoint(16.4650, 107.5700));

    private static readonly SensorProfile Far = SensorHistory.Profile("X01", new GeoPoint(16.60, 107.40));

    private static readonly SensorHistory Area = new(SensorDecider.AreaOf(One));

    [Fact]
    public void The_first_alert_files_a_case_and_near_ones_join_it()
    {
        SensorHistory opened = Area.When(Join(One, 1));
        Message filed = Assert.Single(opened.Sent);
        CaseCommand.FileFeedback report = Assert.IsType<CaseCommand.FileFeedback>(filed.Command);
        Assert.Equal(TwinKind.Case, filed.Target.Kind);
        Assert.Equal(("flood-storm", Channel.Sensor, One.Commune, false), (report.Category, report.Channel, report.Commune, report.IsCityWide));
        SensorProfile cityWide = One with { IsCityWide = true };
        Assert.True(((CaseCommand.FileFeedback)new SensorHistory(SensorDecider.AreaOf(cityWide)).When(Join(cityWide, 1)).Sent[0].Command).IsCityWide);
        SensorHistory joined = opened.When(Join(Near, 2));
        Message news = Assert.Single(joined.Sent);
        CaseCommand.TakeUpAlert taken = Assert.IsType<CaseCommand.TakeUpAlert>(news.Command);
        Assert.Equal((filed.Target, Urgency.High, Near.Place), (news.Target, taken.Urgency!.Value, taken.Place));
        Assert.Equal(filed.Target, Assert.IsType<AlertAttached>(Assert.Single(joined.Last)).Case);
        Assert.Equal(0, joined.Decide(Join(Near, 2)).Count);
    }

    [Fact]
    public void An_incident_of_long_ago_takes_up_no_more_alerts()
    {
        SensorHistory opened = Area.When(Join(One, 1)).At(SensorHistory.Start + IncidentGrouping.LastsAtMost);
        Assert.IsType<AlertAttached>(Assert.Single(opened.When(Join(Near, 1)).Last));
        SensorHistory later = opened.At(SensorHistory.Start + IncidentGrouping.LastsAtMost + TimeSpan.FromMinutes(1)).When(Join(Near, 1));
        Assert.IsType<IncidentOpened>(Assert.Single(later.Last));
        Assert.Equal(2, later.State.Incidents.Length);
    }

    [Fact]
    public void Several_levels_passed_at_once_make_a_case_as_urgent_as_the_highest()
    {
        SensorHistory gauge = new SensorHistory(SensorNumber.Of(46, SensorKind.Water, "KL01")).When(new Register(One, SensorHistory.Flood));
        SensorHistory raised = gauge.When(new ReportAlert(AlertKind.Threshold, 3, 3.6, SensorHistory.Start));
        SensorHistory area = Area;
        CaseCommand.FileFeedback? filed = null;
        foreach (Message message in raised.Sent)
        {
            area = area.When(message.Command as SensorCommand ?? throw new InvalidOperationException());
            filed ??= area.Sent.Select(m => m.Command).OfType<CaseCommand.FileFeedback>().SingleOrDefault();
        }
        Assert.Equal((3, Urgency.Immediate), (raised.Sent.Length, filed!.Urgency!.Value));
        Assert.Contains("báo động III", filed.Description, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(area.State.Incidents).Alerts.Length);
    }

    [Fact]
    public void A_far_alert_is_another_incident_and_a_city_wide_one_is_not()
    {
        SensorHistory opened = Area.When(Join(One, 1));
        Assert.IsType<IncidentOpened>(Assert.Single(opened.When(Join(Far, 1)).Last));
        Assert.IsType<AlertAttached>(Assert.Single(opened.When(Join(Far with { IsCityWide = true }, 1)).Last));
    }

    [Fact]
    public void An_incident_ends_when_all_has_been_clear_for_long_enough()
    {
        SensorHistory cleared = Area.When(Join(One, 1)).When(Join(Near, 1)).When(Leave(One, 1));
        Assert.Null(cleared.NextDeadline);
        cleared = cleared.When(Leave(Near, 1));
        Assert.Equal(SensorHistory.Start + IncidentGrouping.QuietFor, cleared.NextDeadline);
        SensorHistory again = cleared.When(Join(Near, 1));
        Assert.IsType<AlertAttached>(Assert.Single(again.Last));
        Assert.Null(again.NextDeadline);
        SensorHistory ended = cleared.At(cleared.NextDeadline!.Value).When(new ReachDeadline());
        Assert.IsType<IncidentEnded>(Assert.Single(ended.Last));
        Assert.Empty(ended.State.Incidents);
        IncidentOpened next = Assert.IsType<IncidentOpened>(Assert.Single(ended.When(Join(One, 1)).Last));
        Assert.Equal(2, next.Ordinal);
        Assert.NotEqual(SensorNumber.CaseOf(SensorDecider.AreaOf(One), 1), next.Case);
        SensorState replayed = ended.Replayed();
        Assert.Equal(ended.State.IncidentsOpened, replayed.IncidentsOpened);
        Assert.Equal(ended.State.Incidents, replayed.Incidents);
    }

    [Fact]
    public void Distance_is_measured_on_the_globe() =>
        // A degree of latitude is 2π·6371/360 km.
        Assert.Equal(111.195, IncidentGrouping.DistanceKm(new GeoPoint(16, 107), new GeoPoint(17, 107)), 3);

    private static AlertRef Alert(SensorProfile sensor, int level) => new(SensorNumber.Of(46, sensor.Kind, sensor.Name), AlertKind.Threshold, level);

    private static JoinIncident Join(SensorProfile sensor, int level) => new(Alert(sensor, level), sensor, 1.5, SensorHistory.Start);

    private static LeaveIncident Leave(SensorProfile sensor, int level) => new(Alert(sensor, level), SensorHistory.Start);
}
