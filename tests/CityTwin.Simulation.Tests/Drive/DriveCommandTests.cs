using System.CommandLine;
using CityTwin.Simulation.Cli.Drive;

namespace CityTwin.Simulation.Tests.Drive;

public sealed class DriveCommandTests
{
    [Theory]
    [InlineData("--days 0")]
    [InlineData("--days 367")]
    [InlineData("--rate 0")]
    [InlineData("--rate NaN")]
    [InlineData("--speed fast")]
    [InlineData("--speed 0")]
    [InlineData("--concurrency 1001")]
    [InlineData("--tail-days -1")]
    [InlineData("--url nowhere")]
    [InlineData("--journal city.db")]
    [InlineData("--in-process --url http://127.0.0.1:1")]
    [InlineData("--in-process --city atlantis")]
    [InlineData("--url http://127.0.0.1:1")]
    public async Task A_bad_option_or_a_missing_server_is_exit_code_2(string options)
    {
        int code = await DriveCommand.Create().Parse(options.Split(' ')).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, code);
    }

    [Fact]
    public async Task A_stopped_run_reports_what_it_has_with_exit_code_130()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        DriveReport report = await DriveSession.RunAsync(Small(), stop.Token);

        Assert.Equal("stopped", report.End);
        Assert.Equal(130, report.ExitCode);
        Assert.Equal(0, report.Differences);
    }

    [Fact]
    public async Task A_whole_run_reports_its_cases_commands_and_checks()
    {
        DriveReport report = await DriveSession.RunAsync(Small(), TestContext.Current.CancellationToken);

        Assert.Equal("complete", report.End);
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(report.CasesChecked, report.Levels[^1].In);
        Assert.Equal(report.Levels[^1].In, report.Levels.SkipLast(1).Sum(l => l.In));
        Assert.Equal(report.Levels[^1].In, report.Levels[^1].Resolved + report.Levels[^1].Rejected + report.Levels[^1].Withdrawn);
        Assert.Equal(55, report.OfficesChecked);
        Assert.True(report.Commands >= 4 * report.CasesChecked);
    }

    [Fact]
    public void A_difference_is_exit_code_3()
    {
        DriveReport report = new()
        {
            City = "hue",
            Seed = 1,
            From = default,
            To = default,
            End = "complete",
            Levels = [],
            DocumentsNeeded = 0,
            DocumentsReused = 0,
            Commands = 0,
            Acknowledged = 0,
            Refusals = new Dictionary<string, long>(),
            Retries = 0,
            PlaySeconds = 1,
            CheckSeconds = 1,
            LatencyP50Ms = 0,
            LatencyP95Ms = 0,
            LatencyP99Ms = 0,
            CasesChecked = 1,
            OfficesChecked = 1,
            Differences = 1,
            FirstDifferences = ["one"],
        };

        Assert.Equal(3, report.ExitCode);
        Assert.Equal(3, (report with { End = "stopped" }).ExitCode);
    }

    private static DriveArguments Small() => new()
    {
        City = "hue",
        Days = 1,
        Rate = 0.02,
        Speed = null,
        Seed = 1,
        Url = null,
        ApiKey = null,
        Journal = null,
        Concurrency = 1,
        TailDays = 120,
        Json = true,
    };
}
