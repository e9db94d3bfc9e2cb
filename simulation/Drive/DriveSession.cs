using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CityTwin.Grains;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>One run of <c>drive</c>, from opening the city to the exit code.</summary>
internal sealed class DriveSession(DriveArguments arguments, CitySheet sheet, IDriveTarget target)
{
    /// <summary>The exit code when nothing could be driven.</summary>
    public const int UnusableCode = 2;

    // Tuesday 1 July 2025, 07:00 +07: the two-level system's first morning.
    private static readonly DateTimeOffset UsualStart = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Stopwatch _playing = new();
    private readonly Stopwatch _checking = new();

    /// <summary>Runs with the user's Ctrl-C, prints the result, and gives the exit code.</summary>
    public static async Task<int> RunAsync(DriveArguments arguments)
    {
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            DriveReport report = await RunAsync(arguments, stop.Token);
            DriveScreen.Show(report, arguments.Json);
            return report.ExitCode;
        }
        catch (Exception e) when (e is DriveFailureException or DoorShutException)
        {
            await Console.Error.WriteLineAsync($"drive: {e.Message}");
            return UnusableCode;
        }

        // The slice at hand is finished and the summary printed; a second signal ends the process at once.
        void Stop(PosixSignalContext context)
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    /// <summary>Runs until the end or the stop, and gives the result.</summary>
    public static async Task<DriveReport> RunAsync(DriveArguments arguments, CancellationToken stop)
    {
        CityDefinition city = CitySource.Read(arguments.City);
        await using IDriveTarget target = await OpenAsync(arguments, city, stop);
        return await new DriveSession(arguments, new CitySheet(city), target).PlayAsync(stop);
    }

    private static async Task<IDriveTarget> OpenAsync(DriveArguments arguments, CityDefinition city, CancellationToken stop) => arguments.Url is null
        ? await InProcessTarget.OpenAsync(city, arguments.Journal, UsualStart, arguments.Speed)
        : await HttpTarget.OpenAsync(arguments, city, stop);

    private async Task<DriveReport> PlayAsync(CancellationToken stop)
    {
        DateTimeOffset from = target.Now > UsualStart ? target.Now : UsualStart;
        DateTimeOffset to = from.AddDays(arguments.Days);
        var options = new PlayOptions { Seed = arguments.Seed };
        if (arguments.Speed is { } speed)
        {
            TimeSpan slice = TimeSpan.FromSeconds(Math.Clamp(speed / 2, 1, 300));
            options = options with { Slice = slice, ClosedSlice = slice };
        }
        var play = new CityPlay(sheet, options, from);
        DriveVolume volume = DriveVolume.Of(sheet.City, arguments.Days, arguments.Rate);
        play.Expect(new ArrivalPlan(sheet, arguments.Seed, options.Behaviour).Between(from, to, volume));
        var run = new DriveRun(play, target.Door);
        var end = DriveEnd.Stopped;
        LedgerVerdict verdict = new(0, 0, 0, []);
        Ledger? ledger = null;
        await DriveScreen.WithProgressAsync(!arguments.Json, async progress =>
        {
            _playing.Start();
            end = await run.RunAsync(to.AddDays(arguments.TailDays), letTimeEndCases: target.IsDriven, () => Tell(progress, play, run, volume.Cases), stop);
            _playing.Stop();
            ledger = play.LedgerAt(run.Now);
            _checking.Start();
            verdict = await LedgerCheck.RunAsync(
                ledger, target.Door, target.IsEmpty, n => progress("checking", n, ledger.Lines.Length, ""), CancellationToken.None);
            _checking.Stop();
        });
        return Report(play, ledger!, verdict, from, run.Now, end);
    }

    private void Tell(Action<string, double, double, string> progress, CityPlay play, DriveRun run, int cases)
    {
        double seconds = _playing.Elapsed.TotalSeconds;
        long commands = play.Acknowledged + play.Refused;
        string note = string.Create(
            CultureInfo.InvariantCulture,
            $"{commands:N0} commands, {(seconds > 0 ? commands / seconds : 0):N0}/s, {run.Now.ToOffset(sheet.City.Rules.Calendar.Offset):ddd d MMM HH:mm}");
        progress("playing", Math.Max(0, play.Filed - play.Unsettled), cases, note);
    }

    private DriveReport Report(CityPlay play, Ledger ledger, LedgerVerdict verdict, DateTimeOffset from, DateTimeOffset to, DriveEnd end)
    {
        DriveSummary summary = DriveSummary.Of(ledger, sheet);
        LatencyHistogram latencies = target.Latencies;
        return new DriveReport
        {
            City = sheet.City.Slug,
            Seed = arguments.Seed,
            From = from,
            To = to,
            End = end switch { DriveEnd.Complete => "complete", DriveEnd.LimitReached => "limit-reached", _ => "stopped" },
            Levels = summary.Levels,
            DocumentsNeeded = summary.DocumentsNeeded,
            DocumentsReused = summary.DocumentsReused,
            Commands = play.Acknowledged + play.Refused,
            Acknowledged = play.Acknowledged,
            Refusals = play.Refusals.ToDictionary(r => r.Refusal.ToString(), r => r.Times),
            Retries = target.Retries,
            PlaySeconds = Math.Round(_playing.Elapsed.TotalSeconds, 3),
            CheckSeconds = Math.Round(_checking.Elapsed.TotalSeconds, 3),
            LatencyP50Ms = latencies.Quantile(0.5).TotalMilliseconds,
            LatencyP95Ms = latencies.Quantile(0.95).TotalMilliseconds,
            LatencyP99Ms = latencies.Quantile(0.99).TotalMilliseconds,
            LatencyMaxMs = latencies.Quantile(1).TotalMilliseconds,
            CasesChecked = verdict.Cases,
            OfficesChecked = verdict.Offices,
            Differences = verdict.Differences,
            FirstDifferences = verdict.Examples,
        };
    }
}
