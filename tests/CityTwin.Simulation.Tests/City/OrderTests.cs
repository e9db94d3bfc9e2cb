using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Tests.City;

/// <summary>Who is taken next: the live desk's order, and nothing that has not happened yet.</summary>
public sealed class OrderTests
{
    [Fact]
    public void An_urgent_case_that_has_not_come_yet_changes_nothing()
    {
        // The officer is free at 8:00; the urgent case comes at 8:10. Looking ahead would keep the desk waiting for it.
        Recorder seen = Tiny.Replay(
            Tiny.Model(), Tiny.Case(Tiny.At(0, 7, 30), 30), Tiny.Case(Tiny.At(0, 7, 40), 60), Tiny.Case(Tiny.At(0, 8, 10), 10, Urgency.Immediate));
        Assert.Equal(Tiny.At(0, 8), seen.StartedAt[1][0]);
        Assert.Equal(Tiny.At(0, 9), seen.StartedAt[2][0]);
    }

    [Fact]
    public void Urgency_goes_before_the_deadline_and_the_deadline_before_coming_first()
    {
        ModelService slow = Tiny.Service("slow");
        CityModel model = Tiny.Model() with
        {
            Services = [slow, Tiny.Service("soon", limit: new TimeLimit(1))],
            Offices = [Tiny.Model().Offices[0] with { CasesPerDay = [1, 1] }],
        };
        Recorder seen = Tiny.Replay(
            model,
            Tiny.Case(Tiny.At(0, 8), 60),
            Tiny.Case(Tiny.At(0, 8, 1), 10),
            Tiny.Case(Tiny.At(0, 8, 2), 10, service: 1),
            Tiny.Case(Tiny.At(0, 8, 3), 10, Urgency.High));
        Assert.Equal([3, 2, 1], new[] { 1, 2, 3 }.OrderBy(c => seen.StartedAt[c][0]));
    }

    [Fact]
    public void First_come_first_served_ignores_deadlines()
    {
        CityModel model = Tiny.Model() with
        {
            Services = [Tiny.Service("slow"), Tiny.Service("soon", limit: new TimeLimit(1))],
            Offices = [Tiny.Model().Offices[0] with { CasesPerDay = [1, 1] }],
            Desks = [Tiny.Model().Desks[0] with { Discipline = Discipline.Fifo }],
        };
        Recorder seen = Tiny.Replay(
            model, Tiny.Case(Tiny.At(0, 8), 60), Tiny.Case(Tiny.At(0, 8, 1), 10), Tiny.Case(Tiny.At(0, 8, 2), 10, service: 1));
        Assert.True(seen.StartedAt[1][0] < seen.StartedAt[2][0]);
    }

    [Fact]
    public void Equal_deadlines_are_taken_in_the_order_of_filing()
    {
        ModelService sameDay = Tiny.Service(limit: new TimeLimit(0.5m, new TimeOnly(15, 0)));
        Recorder seen = Tiny.Replay(
            Tiny.Model(service: sameDay), [.. Enumerable.Range(0, 12).Select(i => Tiny.Case(Tiny.At(0, 8, i), 15))]);
        Assert.Equal(Enumerable.Range(0, 12), seen.StartedAt.OrderBy(s => s.Value[0]).Select(s => s.Key));
    }

    [Fact]
    public void A_new_case_goes_to_the_desk_with_the_shortest_expected_wait()
    {
        CityModel one = Tiny.Model();
        CityModel model = one with
        {
            Desks = [one.Desks[0], one.Desks[0] with { Id = TwinId.Desk(102) }],
            Officers = [one.Officers[0], new ModelOfficer(TwinId.Official(2), 0, [1]), new ModelOfficer(TwinId.Official(3), 0, [1])],
        };
        Recorder seen = Tiny.Replay(model, [.. Enumerable.Range(0, 6).Select(i => Tiny.Case(Tiny.At(0, 8, i), 200))]);
        // Loads in units of a case per officer: 0|0 → first; 1|0 → second; 1|½ → second; 1|1 → first; 2|1 → second; 2|1½ → second.
        Assert.Equal([0, 1, 1, 0, 1, 1], seen.DeskOf.OrderBy(d => d.Key).Select(d => d.Value[0]));
    }

    [Fact]
    public void A_desk_without_the_skill_gets_nothing_and_the_first_takes_what_nobody_can()
    {
        CityModel one = Tiny.Model();
        CityModel model = one with
        {
            Skills = ["any", "land", "rare"],
            Desks = [one.Desks[0], one.Desks[0] with { Id = TwinId.Desk(102), Skills = [1] }],
            Officers = [one.Officers[0], new ModelOfficer(TwinId.Official(2), 0, [1])],
            Services = [Tiny.Service("a"), Tiny.Service("b") with { Skill = 1 }, Tiny.Service("c") with { Skill = 2 }],
            Offices = [one.Offices[0] with { CasesPerDay = [1, 1, 1] }],
        };
        Recorder seen = Tiny.Replay(
            model, Tiny.Case(Tiny.At(0, 8), 60), Tiny.Case(Tiny.At(0, 8), 60, service: 1), Tiny.Case(Tiny.At(0, 8), 60, service: 2));
        Assert.Equal([0, 1, 0], seen.DeskOf.OrderBy(d => d.Key).Select(d => d.Value[0]));
    }

    [Fact]
    public void An_officer_of_two_desks_serves_the_first_one_first()
    {
        CityModel one = Tiny.Model();
        CityModel model = one with
        {
            Skills = ["any", "land"],
            Desks = [one.Desks[0], one.Desks[0] with { Id = TwinId.Desk(102), Skills = [1] }],
            Officers = [new ModelOfficer(TwinId.Official(1), 0, [1, 0])],
            Services = [Tiny.Service("a"), Tiny.Service("b") with { Skill = 1 }],
            Offices = [one.Offices[0] with { CasesPerDay = [1, 1] }],
        };
        Recorder seen = Tiny.Replay(model, Tiny.Case(Tiny.At(0, 5), 60), Tiny.Case(Tiny.At(0, 6), 60, service: 1));
        Assert.Equal(Tiny.At(0, 7, 30), seen.StartedAt[1][0]);
        Assert.Equal(Tiny.At(0, 8, 30), seen.StartedAt[0][0]);
    }

    [Fact]
    public void Deadlines_are_those_of_the_calendar()
    {
        RandomStream stream = RandomStream.Of(4, StreamPurpose.Resampling);
        TimeLimit[] limits = [new(0.5m, new TimeOnly(15, 0)), new(1), new(2.5m), new(17)];
        CityModel model = Tiny.Model(50) with
        {
            Services = [.. limits.Select((l, i) => Tiny.Service($"s{i}", limit: l))],
            Offices = [Tiny.Model().Offices[0] with { CasesPerDay = [1, 1, 1, 1] }],
        };
        ImmutableArray<TracedCase> cases = [.. Enumerable.Range(0, 400)
            .Select(_ => Tiny.At(0, 0).AddMinutes((int)(stream.NextUnit() * 20 * 1440)))
            .Order().Select((at, i) => Tiny.Case(at, 1, service: i % 4))];
        Recorder seen = Tiny.Replay(model, cases.AsSpan());
        for (int i = 0; i < cases.Length; i++)
        {
            Assert.Equal(model.Calendar.DueAt(cases[i].At, limits[i % 4]), seen.DueAt[i]);
        }
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void A_change_of_order_sorts_those_who_wait_anew(bool changes, int next)
    {
        CityModel first = Tiny.Model(1, 0) with
        {
            Services = [Tiny.Service("slow", limit: new TimeLimit(9)), Tiny.Service("quick", limit: new TimeLimit(1))],
            Offices = [new ModelOffice("An Bình", TwinId.Commune(1), OfficeKind.Commune, 10_000, [0, 0])],
            Desks = [new ModelDesk("Desk", TwinId.Desk(101), 0, [0], Discipline.Fifo)],
        };
        CityModel later = changes ? first with { Desks = [first.Desks[0] with { Discipline = Discipline.DeadlineFirst }] } : first;
        Recorder recorder = new();
        Timeline timeline = Timeline.Of(first, Tiny.Monday, 14) with
        {
            Phases = [new Phase(Tiny.Monday, first), new Phase(Tiny.Monday.AddDays(1), later)],
            // The first takes the whole of Monday and fifty minutes; two wait meanwhile, the later one with the earlier deadline.
            Trace = [Tiny.Case(Tiny.At(0, 7, 30), 500), Tiny.Case(Tiny.At(0, 8), 30), Tiny.Case(Tiny.At(0, 9), 30, service: 1)],
        };
        CityRun.Of(timeline, 1, 0, recorder, TestContext.Current.CancellationToken);
        Assert.Equal(Tiny.At(1, 8, 20), recorder.StartedAt[next][0]);
        Assert.Equal(Tiny.At(1, 8, 50), recorder.StartedAt[3 - next][0]);
    }
}
