using CityTwin.ClientApi.Tests;
using CityTwin.Grains;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Simulation.Cli.Drive;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Tests.Drive;

public sealed class KillTests(ITestOutputHelper output)
{
    // More for a longer proof: CITYTWIN_PROCESS_KILLS=50.
    private static readonly int? KillsAsked = int.TryParse(Environment.GetEnvironmentVariable("CITYTWIN_PROCESS_KILLS"), out int kills) ? kills : null;

    // Of the city's real arrivals. More kills need more work to be amid of.
    private const double LeastRate = 0.35;
    private const double RateAKill = 0.03;

    [Fact]
    public Task A_server_killed_again_and_again_has_every_acknowledged_command_once_in_SQLite() => KillAsync(null, KillsAsked ?? 8);

    [Fact]
    public async Task A_server_killed_again_and_again_has_every_acknowledged_command_once_in_PostgreSQL()
    {
        await using PostgresServer database = await PostgresServer.StartAsync();
        await KillAsync(database.Address("city"), KillsAsked ?? 5);
    }

    private async Task KillAsync(string? journal, int kills)
    {
        int seed = Environment.GetEnvironmentVariable("CITYTWIN_TEST_SEED") is { } text ? int.Parse(text) : Environment.TickCount;
        output.WriteLine($"seed {seed}: repeat with CITYTWIN_TEST_SEED={seed}");
        await using var server = new ServerProcess(journal);
        await server.StartAsync();
        await using HttpTarget target = await HttpTarget.OpenAsync(Arguments(server.Url), PlayedCity.Hue.City, CancellationToken.None);
        var door = new KillingDoor(target, server, new Random(seed), kills);
        var options = new PlayOptions { Seed = (ulong)seed, Slice = TimeSpan.FromHours(1), ClosedSlice = TimeSpan.FromHours(12) };
        DateTimeOffset start = PlayedCity.Start;
        var play = new CityPlay(PlayedCity.Hue, options, start);
        play.Expect(new ArrivalPlan(PlayedCity.Hue, (ulong)seed, options.Behaviour).Between(start, start.AddDays(1), DriveVolume.Of(PlayedCity.Hue.City, 1, Math.Max(LeastRate, RateAKill * kills))));
        var run = new DriveRun(play, door);

        DriveEnd end = await run.RunAsync(start.AddDays(120), letTimeEndCases: true, null, TestContext.Current.CancellationToken);
        Ledger ledger = play.LedgerAt(run.Now);
        LedgerVerdict verdict = await LedgerCheck.RunAsync(ledger, target.Door, target.IsEmpty, null, TestContext.Current.CancellationToken);

        output.WriteLine($"{play.Acknowledged} commands acknowledged, {target.Retries} sent again, {server.Kills} kills");
        Assert.Equal(DriveEnd.Complete, end);
        Assert.Equal(kills, server.Kills);
        Assert.True(target.IsEmpty);
        Assert.Equal(PlayedCity.Hue.City.Offices.Length, verdict.Offices);
        Assert.Empty(verdict.Examples);
        Assert.All(ledger.Lines, l => Assert.True(l.Account.Stage is CaseStage.Closed or CaseStage.Withdrawn, $"{l.Case} is {l.Account.Stage}"));
    }

    private static DriveArguments Arguments(Uri url) => new()
    {
        City = "hue",
        Days = 1,
        Rate = 1,
        Speed = null,
        Seed = 1,
        Url = url,
        ApiKey = null,
        Journal = null,
        Concurrency = 16,
        TailDays = 120,
        Json = true,
    };

    /// <summary>Kills the server amid a round, after some of its commands have been acknowledged, or while the clock is moved.</summary>
    private sealed class KillingDoor(HttpTarget target, ServerProcess server, Random random, int kills) : ICityDoor
    {
        private int _roundsUntilKill = 2;
        private bool _killAtClock;

        public async ValueTask<DateTimeOffset> ReachAsync(DateTimeOffset at, CancellationToken stop)
        {
            Task<DateTimeOffset> reaching = target.Door.ReachAsync(at, stop).AsTask();
            if (_killAtClock)
            {
                _killAtClock = false;
                await server.KillAndRestartAsync();
            }
            return await reaching;
        }

        public async ValueTask PlayAsync(ReadOnlyMemory<Intent> intents, Memory<Outcome> outcomes)
        {
            long before = target.Latencies.Count;
            Task playing = target.Door.PlayAsync(intents, outcomes).AsTask();
            // A kill that waits for the clock is one of them already.
            if (server.Kills + (_killAtClock ? 1 : 0) < kills && --_roundsUntilKill <= 0)
            {
                _roundsUntilKill = random.Next(1, 8);
                if (random.Next(4) == 0)
                {
                    _killAtClock = true;
                }
                else
                {
                    await KillAmidAsync(before + random.Next(intents.Length), playing);
                }
            }
            await playing;
        }

        public ValueTask<CaseAccount?> CaseAsync(TwinId id) => target.Door.CaseAsync(id);

        public ValueTask CasesAsync(ReadOnlyMemory<TwinId> ids, Memory<CaseAccount?> accounts) => target.Door.CasesAsync(ids, accounts);

        public ValueTask<IReadOnlyList<OfficeAccount>> BoardAsync() => target.Door.BoardAsync();

        private async Task KillAmidAsync(long acknowledged, Task playing)
        {
            await Patience.UntilAsync(() => target.Latencies.Count >= acknowledged || playing.IsCompleted, $"{acknowledged} were acknowledged");
            await server.KillAndRestartAsync();
        }
    }
}
