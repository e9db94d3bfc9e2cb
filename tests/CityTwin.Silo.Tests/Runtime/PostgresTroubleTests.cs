using System.Collections.Concurrent;
using CityTwin.Grains;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>A real server stopped, killed, cut off and out of disk while callers send: nothing acknowledged is lost, nothing is doubled.</summary>
public sealed class PostgresTroubleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // More for a longer proof: CITYTWIN_KILLS=20.
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("CITYTWIN_KILLS"), out int kills) ? kills : 3;

    [Fact]
    public async Task A_server_killed_again_and_again_under_load_loses_and_doubles_nothing()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using Load load = await Load.OpenAsync(server);
        for (int kill = 0; kill < Kills; kill++)
        {
            await load.UntilAcknowledgedAsync(200);
            server.Stop("immediate");
            await load.UntilRefusedAsync();
            server.Start();
        }
        await load.UntilAcknowledgedAsync(200);

        await load.AuditAsync();
    }

    [Fact]
    public async Task Connections_cut_again_and_again_under_load_lose_and_double_nothing()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using Load load = await Load.OpenAsync(server);
        for (int cut = 0; cut < 2 * Kills; cut++)
        {
            await load.UntilAcknowledgedAsync(100);
            PostgresServer.Execute(server.Address("postgres"), "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'citytwin'");
        }
        await load.UntilAcknowledgedAsync(200);

        await load.AuditAsync();
    }

    [Fact]
    public async Task While_the_server_is_away_callers_are_answered_at_once_and_nothing_piles_up()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using CityUnderTest city = await new CityUnderTest(() => PostgresJournal.Open(server.Address("city"), CityTwins.Types)).OpenAsync();
        server.Stop("immediate");
        Assert.Equal(ReplyStatus.Unavailable, (await city.SendAsync(TwinId.Case(1), city.Report())).Status);
        // Those in flight are told first; from then on nobody is let in.
        Assert.True(SpinWait.SpinUntil(() => !city.Runtime.IsReady, Patience));

        for (int n = 0; n < 10_000; n++)
        {
            ValueTask<Reply> answer = city.Runtime.SendAsync(TwinId.Case(2), city.Report(), city.NextId());
            Assert.True(answer.IsCompleted);
            Assert.Equal(ReplyStatus.Unavailable, (await answer).Status);
        }
        Assert.Equal(0, city.City.QueueDepth);
        await Assert.ThrowsAsync<RuntimeUnavailableException>(async () => await city.Runtime.ReadAsync(TwinId.Case(1)));
        server.Start();
        Assert.True(SpinWait.SpinUntil(() => city.Runtime.IsReady, Patience));
        Assert.Equal(ReplyStatus.Accepted, (await city.SendAsync(TwinId.Case(2), city.Report())).Status);
    }

    [Fact]
    public async Task A_full_disk_under_load_loses_and_doubles_nothing()
    {
        string disk = Directory.CreateTempSubdirectory("citytwin-disk-").FullName;
        Assert.SkipUnless(Environment.UserName == "root" && TryMount(disk), "only root may mount a small disk");
        try
        {
            await using PostgresServer server = await PostgresServer.StartAsync(Path.Combine(disk, "server"));
            await using Load load = await Load.OpenAsync(server);
            await load.UntilAcknowledgedAsync(200);
            string ballast = Path.Combine(disk, "ballast");
            FillUp(ballast);
            await load.UntilRefusedAsync();
            File.Delete(ballast);
            if (!server.IsRunning)
            {
                server.Start();
            }
            await load.UntilAcknowledgedAsync(200);

            await load.AuditAsync();
        }
        finally
        {
            PostgresServer.Run("umount", "-l", disk);
        }
    }

    private static bool TryMount(string disk)
    {
        try
        {
            PostgresServer.Run("mount", "-t", "tmpfs", "-o", "size=160m", "citytwin-test", disk);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void FillUp(string file)
    {
        byte[] block = new byte[1 << 16];
        using FileStream ballast = File.Create(file, bufferSize: 0);
        try
        {
            while (true)
            {
                ballast.Write(block);
            }
        }
        catch (IOException)
        {
            // Full: what the test wants.
        }
    }

    /// <summary>Callers that file reports until they are told to stop, each repeated under its id until it is acknowledged.</summary>
    private sealed class Load : IAsyncDisposable
    {
        private const int Callers = 20;

        private readonly CityUnderTest _city;
        private readonly ConcurrentDictionary<long, long> _acknowledged = new();
        private readonly Task _calling;
        private volatile bool _stop;
        private long _next;
        private long _refused;

        private Load(CityUnderTest city)
        {
            _city = city;
            _calling = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync)));
        }

        public static async Task<Load> OpenAsync(PostgresServer server) =>
            new(await new CityUnderTest(() => PostgresJournal.Open(server.Address("city"), CityTwins.Types)).OpenAsync());

        public Task UntilAcknowledgedAsync(int more)
        {
            int wanted = _acknowledged.Count + more;
            return Until(() => _acknowledged.Count >= wanted, "no command was acknowledged");
        }

        public Task UntilRefusedAsync()
        {
            long wanted = Volatile.Read(ref _refused) + Callers;
            return Until(() => Volatile.Read(ref _refused) >= wanted, "nobody was told that the journal cannot be written");
        }

        /// <summary>Every acknowledged case is there as it was acknowledged, no case was filed twice, and each desk's queue agrees.</summary>
        public async Task AuditAsync()
        {
            _stop = true;
            await _calling;
            Assert.True(SpinWait.SpinUntil(() => _city.Runtime.IsReady, Patience));
            Dictionary<TwinId, long> filed = _city.City.Journal.ReadForward(0, _city.Runtime.Position)
                .Where(r => r.Event is CaseEvent.CaseFiled).ToDictionary(r => r.Twin, r => r.Position);
            Assert.All(_acknowledged, a => Assert.Equal(a.Value, filed[TwinId.Case(a.Key)]));
            foreach (TwinId twin in filed.Keys)
            {
                CaseState state = await _city.CaseAsync(twin);
                Assert.Equal(CaseStage.Queued, state.Stage);
                Assert.Contains(twin, ((DeskState)(await _city.Runtime.ReadAsync(state.Desk)).State).Places.Keys);
            }
        }

        public async ValueTask DisposeAsync()
        {
            _stop = true;
            await _calling;
            await _city.DisposeAsync();
        }

        private static Task Until(Func<bool> condition, string otherwise) =>
            Task.Run(() => Assert.True(SpinWait.SpinUntil(condition, Patience), otherwise));

        private async Task CallAsync()
        {
            while (!_stop)
            {
                long number = Interlocked.Increment(ref _next);
                CommandId id = new CommandId(4).Derive((ulong)number);
                while (true)
                {
                    Reply reply = await _city.Runtime.SendAsync(TwinId.Case(number), _city.Report(), id);
                    if (reply.Status == ReplyStatus.Accepted)
                    {
                        _acknowledged[number] = reply.Position;
                        break;
                    }
                    Assert.Equal(ReplyStatus.Unavailable, reply.Status);
                    Interlocked.Increment(ref _refused);
                    if (_stop)
                    {
                        return;
                    }
                    await Task.Run(() => SpinWait.SpinUntil(() => _city.Runtime.IsReady || _stop, 100));
                }
            }
        }
    }
}
