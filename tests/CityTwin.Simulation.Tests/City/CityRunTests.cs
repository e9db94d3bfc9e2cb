using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Nation;
using CityTwin.Simulation.Tests.Queueing;

namespace CityTwin.Simulation.Tests.City;

public sealed class CityRunTests
{
    private static CityOutcome Run(CityModel model, int days, int replication = 0, ulong seed = 9) =>
        CityRun.Of(Timeline.Of(model, Tiny.Monday, days), seed, replication, cancellation: TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(1, 0.8)]
    [InlineData(3, 0.9)]
    public void A_city_open_round_the_clock_with_exponential_work_is_M_M_c(int officers, double rho)
    {
        // Work of 60 minutes on average; online arrivals are five sevenths of a working day's mean on each day of the week.
        double perDay = officers * rho * 24 * 7 / 5;
        ModelService service = Tiny.Service(handling: Duration.Exponential(60)) with { OnlineShare = 1 };
        CityModel model = Tiny.Model(officers, perDay, service, Tiny.RoundTheClock) with
        {
            Desks = [Tiny.Model().Desks[0] with { Discipline = Discipline.Fifo }],
        };
        Interval wait = MeanInterval.Of(
            Replications.Run(0, 24, r =>
            {
                CityOutcome seen = CityRun.Of(Timeline.Of(model, Tiny.Monday, 700, warmUpDays: 100), 3, r);
                return seen.QueueWait[0] / seen.Starts[0];
            }),
            0.99);
        TheoryRun.AssertHolds(Exact.WaitOfMmc(officers, rho), wait);
    }

    [Fact]
    public void Nothing_is_lost_filed_cases_are_decided_taken_back_or_open()
    {
        CityModel model = Tiny.TwoLevels();
        foreach (Coupling coupling in new[] { Coupling.Immediate, Coupling.Overnight })
        {
            CityOutcome seen = Run(model with { Coupling = coupling }, 200);
            Assert.True(seen.ByOffice.Filed.Sum() > 5_000);
            Assert.True(seen.ByOffice.Escalated.Sum() > 100);
            for (int o = 0; o < model.Offices.Length; o++)
            {
                CityOutcome.Sums sums = seen.ByOffice;
                Assert.Equal(sums.Filed[o] + sums.Reopened[o], sums.Resolved[o] + sums.Withdrawn[o] + sums.OpenAtEnd[o]);
            }
            Assert.Equal(seen.ByOffice.Resolved.Sum(), seen.ByService.Resolved.Sum());
            Assert.Equal(seen.ByOffice.Resolved.Sum(), seen.CommuneDays.Sum() + seen.DepartmentDays.Sum());
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_replication_another()
    {
        CityOutcome first = Run(Tiny.TwoLevels(), 60);
        CityOutcome again = Run(Tiny.TwoLevels(), 60);
        Assert.Equal(first.ByOffice.Days, again.ByOffice.Days);
        Assert.Equal(first.Busy, again.Busy);
        Assert.NotEqual(first.ByOffice.Days, Run(Tiny.TwoLevels(), 60, 1).ByOffice.Days);
    }

    [Fact]
    public void Every_share_that_the_model_states_is_found_in_the_run()
    {
        CityModel model = Tiny.TwoLevels(officersPerDesk: 20, casesPerDay: 100);
        CityOutcome seen = Run(model, 700);
        double land = seen.ByService.Filed[1];
        // Of communes' land cases: those of the department itself are not escalated. Withdrawn cases shift it a little.
        double communes = land * 100 / 102;
        Assert.InRange(seen.ByService.Escalated[1] / communes, 0.29, 0.32);
        Assert.InRange(seen.ByService.Reopened[1] / (double)seen.ByService.Resolved[1], 0.04, 0.05);
        // 200 copies and 102 land cases on each of 500 working days, Mondays and mornings evened out.
        Assert.InRange(land / 500, 99, 105);
        Assert.InRange(seen.ByService.Filed[0] / 500.0, 195, 205);
    }

    [Fact]
    public void Offices_simulated_apart_give_nearly_what_they_give_together()
    {
        CityModel model = Tiny.TwoLevels();
        double[] together = Replications.Run(0, 12, r => Run(model, 250, r).DaysMean);
        double[] apart = Replications.Run(0, 12, r => Run(model with { Coupling = Coupling.Overnight }, 250, r).DaysMean);
        Interval difference = MeanInterval.OfDifference(together, apart, 0.99);
        // A night for each of 0.3 escalations of a third of the cases, at most half a working day each.
        Assert.InRange(difference.Estimate, -0.02, 0.1);
    }

    [Fact]
    public void An_officer_more_makes_waits_shorter_with_the_same_citizens_coming()
    {
        CityOutcome few = Run(Tiny.TwoLevels(1, 20), 250);
        CityOutcome more = Run(Tiny.TwoLevels(2, 20), 250);
        Assert.Equal(few.ByOffice.Filed, more.ByOffice.Filed);
        Assert.True(more.QueueWait.Sum() < few.QueueWait.Sum());
        Assert.True(more.OnTimeShare >= few.OnTimeShare);
    }

    [Fact]
    public void Time_on_shift_is_worked_or_idle_and_the_office_hours_of_the_staff()
    {
        CityOutcome seen = Run(Tiny.TwoLevels(), 28);
        // 20 working days of 7.5 hours for 2 officers of each of 6 desks.
        Assert.All(seen.OnShift, h => Assert.Equal(300, h, 6));
        // Desk 4 certifies at the department, where nobody asks for it.
        Assert.Equal(0, seen.Busy[4]);
        Assert.All(seen.Busy.Where((_, d) => d != 4), h => Assert.InRange(h, 1, 300));
    }

    [Fact]
    public void A_change_of_phase_moves_queues_and_keeps_every_case()
    {
        CityModel first = Tiny.TwoLevels(1, 40);
        CityModel second = first with
        {
            Offices = [first.Offices[0], first.Offices[1] with { Successor = 0 }, first.Offices[2]],
            Officers = [.. first.Officers.Select(o => o.Office == 1 ? o with { IsActive = false } : o)],
        };
        Timeline timeline = new()
        {
            Start = Tiny.Monday,
            Days = 90,
            Phases = [new Phase(Tiny.Monday, first), new Phase(Tiny.Monday.AddDays(30), second), new Phase(Tiny.Monday.AddDays(60), first)],
        };
        Recorder seen = new();
        CityOutcome outcome = CityRun.Of(timeline, 2, 0, seen, TestContext.Current.CancellationToken);
        Assert.Equal(
            outcome.ByOffice.Filed.Sum() + outcome.ByOffice.Reopened.Sum(),
            outcome.Resolved + outcome.ByOffice.Withdrawn.Sum() + outcome.ByOffice.OpenAtEnd.Sum());
        int[] merged = [.. seen.StartedAt.SelectMany(s => s.Value.Select((at, i) => (at, Officer: seen.OfficerOf[s.Key][i])))
            .Where(x => x.at > Tiny.At(30, 0) && x.at < Tiny.At(60, 0)).Select(x => first.Officers[x.Officer].Office).Distinct().Order()];
        Assert.Equal([0, 2], merged);
    }

    [Fact]
    public void A_shut_office_takes_in_at_the_reopening_who_came_to_its_counter()
    {
        CityModel open = Tiny.Model(5, 40);
        CityModel shut = open with { Offices = [open.Offices[0] with { IsOpen = false }] };
        Timeline timeline = new()
        {
            Start = Tiny.Monday,
            Days = 5,
            Phases = [new Phase(Tiny.Monday, shut), new Phase(Tiny.Monday.AddDays(3), open)],
        };
        Recorder seen = new();
        CityRun.Of(timeline, 2, 0, seen, TestContext.Current.CancellationToken);
        Assert.True(seen.FiledAt.Values.Count(at => at == Tiny.At(3, 7, 30)) > 80);
        Assert.DoesNotContain(seen.FiledAt.Values, at => at < Tiny.At(3, 0));
        Assert.DoesNotContain(seen.StartedAt.Values, s => s[0] < Tiny.At(3, 7, 30));
    }

    [Fact]
    public void Pooled_offices_help_each_other_out()
    {
        CityModel apart = Tiny.TwoLevels(1, 20);
        apart = apart with { Offices = [apart.Offices[0] with { CasesPerDay = [45, 15] }, apart.Offices[1] with { CasesPerDay = [5, 3] }, apart.Offices[2]] };
        CityModel pooled = apart with { Pools = [new ModelPool([0, 1], [])] };
        CityOutcome before = Run(apart, 120);
        CityOutcome after = Run(pooled, 120);
        Assert.True(after.QueueWait.Sum() < before.QueueWait.Sum() / 2, $"{before.QueueWait.Sum():0} to {after.QueueWait.Sum():0} hours");
        Assert.True(after.Busy[2] > before.Busy[2]);
    }

    [Fact]
    public void The_country_has_34_provinces_and_3321_communes_and_its_model_has_its_cases()
    {
        Assert.Equal(34, Province.All.Length);
        Assert.Equal(3_321, Province.All.Sum(p => p.Units));
        Province hue = Province.All.Single(p => p.Code == 46);
        CityOutcome year = CityRun.Of(
            Timeline.Of(NationModel.Of(hue), new DateOnly(2026, 1, 1), 365), 1, cancellation: TestContext.Current.CancellationToken);
        double expected = 24e6 * hue.Population / Province.All.Sum(p => p.Population);
        Assert.InRange(year.Cases / expected, 0.95, 1.08);
        Assert.InRange(year.OnTimeShare, 0.7, 0.98);
    }

    [Fact]
    public void Memory_follows_the_backlog_and_not_the_simulated_time()
    {
        CityModel model = Tiny.TwoLevels();
        int short_ = Run(model, 100).OpenPeak;
        int long_ = Run(model, 1_000).OpenPeak;
        Assert.True(long_ < short_ * 2, $"{short_} and {long_}");
    }
}
