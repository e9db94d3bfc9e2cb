using CityTwin.Grains;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Tests.Drive;

public sealed class DriveTests(OneRun one) : IClassFixture<OneRun>
{
    private PlayedCity Played => one.City;

    [Fact]
    public async Task Two_runs_of_one_seed_are_equal_to_the_last_event()
    {
        await using PlayedCity again = await PlayedCity.PlayAsync(OneRun.Seed, OneRun.Rate);

        Assert.Equal(Played.Ledger.Lines, again.Ledger.Lines);
        Assert.Equal(Played.Ledger.Offices, again.Ledger.Offices);
        Assert.Equal(Played.Events, again.Events);
        Assert.Equal(Played.Play.Acknowledged, again.Play.Acknowledged);
    }

    [Fact]
    public async Task Another_seed_is_another_run()
    {
        await using PlayedCity other = await PlayedCity.PlayAsync(OneRun.Seed + 1, 0.02);

        Assert.NotEqual(Played.Ledger.Lines.Take(other.Ledger.Lines.Length), other.Ledger.Lines);
    }

    [Fact]
    public async Task Every_case_is_carried_to_its_end_and_the_ledger_equals_journal_and_board()
    {
        LedgerVerdict verdict = await Played.CheckAsync();

        Assert.Equal(DriveEnd.Complete, Played.End);
        Assert.Equal(Played.Volume.Cases, Played.Ledger.Lines.Length);
        Assert.All(Played.Ledger.Lines, l => Assert.True(l.Account.Stage is CaseStage.Closed or CaseStage.Withdrawn, $"{l.Case} is {l.Account.Stage}"));
        Assert.Equal(Played.Volume.Cases, verdict.Cases);
        Assert.Equal(PlayedCity.Hue.City.Offices.Length, verdict.Offices);
        Assert.Empty(verdict.Examples);
    }

    [Fact]
    public void Everything_that_can_happen_to_a_case_happens_to_some()
    {
        CaseAccount[] accounts = [.. Played.Ledger.Lines.Select(l => l.Account)];

        Assert.Contains(accounts, a => a.Asked > 0 && a.Answered > 0);
        Assert.Contains(accounts, a => a.Escalated > 0);
        Assert.Contains(accounts, a => a.SentBack > 0);
        Assert.Contains(accounts, a => a.Rejected > 0);
        Assert.Contains(accounts, a => a.Withdrawn > 0);
        Assert.Contains(accounts, a => a.Reopened > 0);
        Assert.Contains(accounts, a => a.Rating == 1);
        Assert.Contains(accounts, a => a.Rating == 5);
        Assert.Contains(accounts, a => a.OnTime == false);
        Assert.InRange(Played.Ledger.Lines.Sum(l => l.Reused), 1, Played.Ledger.Lines.Sum(l => l.Needed));
    }

    [Fact]
    public void Shares_of_what_happens_are_those_of_the_behaviour()
    {
        Behaviour behaviour = new();
        LedgerLine[] decided = [.. Played.Ledger.Lines.Where(l => l.Account.Resolved + l.Account.Rejected == 1)];
        LedgerLine[] dossiers = [.. decided.Where(l => PlayedCity.Hue.Services[l.Service].Kind == CaseKind.Dossier)];
        LedgerLine[] reports = [.. decided.Where(l => PlayedCity.Hue.Services[l.Service].Kind == CaseKind.Feedback)];

        AssertShare(behaviour.RejectShare, decided.Count(l => l.Account.Rejected == 1), decided.Length, "rejected");
        AssertShare(behaviour.AskShare, dossiers.Count(l => l.Account.Asked > 0), dossiers.Length, "asked");
        AssertShare(behaviour.EscalateReportShare, reports.Count(l => l.Account.Escalated > 0), reports.Length, "escalated");
    }

    [Theory]
    [InlineData("stage")]
    [InlineData("taken twice")]
    [InlineData("office")]
    [InlineData("lost")]
    [InlineData("office sum")]
    public async Task A_planted_difference_is_found(string planted)
    {
        LedgerLine[] lines = [.. Played.Ledger.Lines];
        OfficeAccount[] offices = [.. Played.Ledger.Offices];
        ref LedgerLine line = ref lines[lines.Length / 2];
        CaseAccount account = line.Account;
        line = planted switch
        {
            "stage" => line with { Account = account with { Stage = CaseStage.Queued } },
            "taken twice" => line with { Account = account with { Started = 9 } },
            "office" => line with { Account = account with { Office = TwinId.Department(1) } },
            "lost" => line with { Case = TwinId.Case(12345) },
            _ => line,
        };
        offices[0] = planted == "office sum" ? offices[0] with { Filed = offices[0].Filed + 1 } : offices[0];
        LedgerVerdict verdict = await Played.CheckAsync(new Ledger(lines, offices));

        Assert.Equal(1, verdict.Differences);
        Assert.Single(verdict.Examples);
    }

    [Fact]
    public async Task A_stopped_run_ends_with_a_ledger_that_is_equal_so_far()
    {
        await using PlayedCity stopped = await PlayedCity.PlayAsync(seed: 9, rate: 0.3, stopAfterSlices: 12);
        LedgerVerdict verdict = await stopped.CheckAsync();

        Assert.Equal(DriveEnd.Stopped, stopped.End);
        Assert.InRange(stopped.Ledger.Lines.Length, 1, stopped.Volume.Cases - 1);
        Assert.Equal(0, verdict.Differences);
    }

    [Fact]
    public async Task Without_a_tail_the_run_ends_with_the_period_and_cases_stay_open()
    {
        await using PlayedCity cut = await PlayedCity.PlayAsync(seed: 10, rate: 0.3, tailDays: 0);
        LedgerVerdict verdict = await cut.CheckAsync();

        Assert.Equal(DriveEnd.LimitReached, cut.End);
        Assert.Contains(cut.Ledger.Lines, l => l.Account.Stage == CaseStage.Queued);
        Assert.Equal(0, verdict.Differences);
    }

    private static void AssertShare(double share, int count, int of, string what)
    {
        double expected = share * of;
        double spread = (4 * Math.Sqrt(expected * (1 - share))) + 1;

        Assert.True(Math.Abs(count - expected) <= spread, $"{what}: {count} of {of}, expected {expected:F1} ± {spread:F1}");
    }
}
