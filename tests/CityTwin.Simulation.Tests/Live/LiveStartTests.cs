using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Live;
using CityTwin.Simulation.Tests.City;

namespace CityTwin.Simulation.Tests.Live;

public sealed class LiveStartTests
{
    private static readonly DateTimeOffset Now = Tiny.At(1, 10);

    private static LiveCase Case(int number, LiveStage stage, DateTimeOffset filed, DateTimeOffset due, Urgency urgency = Urgency.Normal, double worked = 0) => new(
        TwinId.Case(number), "copies", stage, TwinId.Commune(1), TwinId.Commune(1), TwinId.Desk(101), default, urgency, filed, filed, due,
        stage == LiveStage.WaitingForCitizen ? TimeSpan.FromHours(4) : TimeSpan.Zero, TimeSpan.FromMinutes(worked), false);

    private static LiveCity City(params LiveCase[] cases) => new(Now, [], [.. cases]);

    private static (Recorder Seen, CityOutcome Outcome) Run(CityModel model, LiveCity live, int days = 14)
    {
        Recorder seen = new();
        Timeline timeline = Timeline.Of(model, model.Calendar.DateOf(live.At), days) with { Live = live };
        CityOutcome outcome = CityRun.Of(timeline, 3, 0, seen, TestContext.Current.CancellationToken);
        return (seen, outcome);
    }

    [Fact]
    public void Open_cases_keep_their_deadlines_and_their_order()
    {
        CityModel quiet = Tiny.Model(1, 0);
        (Recorder seen, CityOutcome outcome) = Run(quiet, City(
            Case(1, LiveStage.Queued, Tiny.At(0, 8), Tiny.At(4, 8)),
            Case(2, LiveStage.Queued, Tiny.At(0, 9), Tiny.At(1, 17)),
            Case(3, LiveStage.Queued, Tiny.At(0, 10), Tiny.At(9, 8), Urgency.Immediate)));
        // By filing they are 0, 1, 2; the urgent one first, then the earlier deadline.
        Assert.Equal(Now, seen.StartedAt[2][0]);
        Assert.Equal([2, 1, 0], seen.StartedAt.OrderBy(s => s.Value[0]).Select(s => s.Key));
        Assert.Equal(3, outcome.Resolved);
        Assert.Equal(3, outcome.ByOffice.OnTime[0]);
    }

    [Fact]
    public void A_case_past_its_deadline_is_late_however_soon_it_is_done()
    {
        (_, CityOutcome outcome) = Run(Tiny.Model(1, 0), City(Case(1, LiveStage.Queued, Tiny.At(-7, 8), Tiny.At(0, 17))));
        Assert.Equal(1, outcome.Resolved);
        Assert.Equal(0, outcome.ByOffice.OnTime[0]);
        // Its age counts: from Monday of the week before.
        Assert.InRange(outcome.ByOffice.Days[0], 6, 7);
    }

    [Fact]
    public void Work_in_hand_goes_on_first_and_only_what_is_left_of_it_is_done()
    {
        (Recorder seen, _) = Run(Tiny.Model(1, 0), City(
            Case(1, LiveStage.Queued, Tiny.At(0, 8), Tiny.At(1, 12), Urgency.Normal),
            Case(2, LiveStage.InProgress, Tiny.At(0, 9), Tiny.At(5, 8), worked: 45)));
        Assert.Equal(Now, seen.StartedAt[1][0]);
        // 60 minutes in all, 45 done.
        Assert.Equal(Tiny.At(1, 10, 15), seen.ResolvedAt[1]);
    }

    [Fact]
    public void Who_waits_for_the_citizen_gets_the_time_that_was_left()
    {
        ModelService service = Tiny.Service() with { AnswerDays = Duration.Constant(3) };
        (Recorder seen, CityOutcome outcome) = Run(
            Tiny.Model(1, 0, service), City(Case(1, LiveStage.WaitingForCitizen, Tiny.At(0, 9), Tiny.At(0, 12))));
        // Asked on Monday 9:00, answered three days later, four working hours left from then: Thursday 15:00.
        Assert.Equal(Tiny.At(3, 9), seen.StartedAt[0][0]);
        Assert.Equal(1, outcome.ByOffice.OnTime[0]);
        // Half of the handling is done again; the days of waiting are not the office's.
        Assert.Equal(0.5 / 7.5, outcome.ByOffice.Days[0], 9);
    }

    [Fact]
    public void Nothing_happens_before_the_moment_of_the_live_state_and_new_cases_come_after_it()
    {
        (Recorder seen, CityOutcome outcome) = Run(Tiny.Model(3, 30), City(Case(1, LiveStage.Received, Tiny.At(1, 9), Tiny.At(3, 9))));
        Assert.All(seen.FiledAt.Values, at => Assert.True(at >= Now));
        Assert.True(outcome.Resolved > 100);
        Assert.Equal(outcome.ByOffice.Filed[0] + 1, outcome.Resolved + outcome.ByOffice.OpenAtEnd[0]);
    }

    [Fact]
    public void Live_staffing_takes_the_place_of_the_models_and_what_is_unknown_is_named()
    {
        LiveCity live = new(
            Now,
            [
                new LiveDesk(TwinId.Desk(101), TwinId.Commune(1), "Desk", ["any"], Discipline.Fifo, [TwinId.Official(7), TwinId.Official(8)]),
                new LiveDesk(TwinId.Desk(102), TwinId.Commune(1), "New", ["any"], Discipline.Fifo, [TwinId.Official(9)]),
                new LiveDesk(TwinId.Desk(901), TwinId.Commune(9), "Lost", ["rare"], Discipline.Fifo, []),
            ],
            [Case(1, LiveStage.Queued, Now, Now) with { Service = "gone" }]);
        (CityModel model, System.Collections.Immutable.ImmutableArray<string> unknown) = LiveModel.With(Tiny.Model(5), live);
        Assert.Equal(2, model.Desks.Length);
        Assert.Equal([TwinId.Official(7), TwinId.Official(8), TwinId.Official(9)], model.Officers.Select(o => o.Id));
        Assert.Equal(Discipline.Fifo, model.Desks[0].Discipline);
        Assert.Equal(2, unknown.Length);
    }

    [Fact]
    public void The_live_state_survives_its_json_form()
    {
        LiveCity live = City(Case(1, LiveStage.WaitingForCitizen, Tiny.At(0, 9), Tiny.At(0, 12)));
        LiveCity again = LiveCityJson.Read(LiveCityJson.Write(live));
        Assert.Equal(live.Cases, again.Cases.AsEnumerable());
        Assert.Equal(live.At, again.At);
        Assert.Throws<System.Text.Json.JsonException>(() => LiveCityJson.Read(LiveCityJson.Write(live).Replace("commune/1", "commune/x", StringComparison.Ordinal)));
    }
}
