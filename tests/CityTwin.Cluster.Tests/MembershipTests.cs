using System.Collections.Concurrent;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Operations;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Cluster.Tests;

/// <summary>Silos that die, join and leave while commands come in.</summary>
public sealed class MembershipTests(PostgresFixture fixture)
{
    private const int Callers = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _address = fixture.Server.NewAddress();

    [Fact]
    public async Task A_silo_killed_under_load_loses_nothing_that_was_acknowledged_and_doubles_nothing()
    {
        await using ClusterUnderTest city = await ClusterUnderTest.OpenAsync(_address, silos: 3, o => o.RetryFor = Patience);
        ConcurrentDictionary<long, Reply> acknowledged = await LoadAsync(city, 600, at: 200, async () =>
        {
            city.Node(2).Abandon();
            await city.KillAsync(2);
        });

        Assert.Equal(600, acknowledged.Count);
        Audit(acknowledged);
    }

    [Fact]
    public async Task A_silo_that_joins_takes_load()
    {
        await using ClusterUnderTest city = await ClusterUnderTest.OpenAsync(_address, silos: 1, o => o.RetryFor = Patience);
        ConcurrentDictionary<long, Reply> acknowledged = await LoadAsync(city, 600, at: 100, city.JoinAsync);

        Assert.Equal(600, acknowledged.Count);
        Assert.True(city.Counters(1).Turns > 100, $"the second silo executed {city.Counters(1).Turns} turns");
        Audit(acknowledged);
    }

    [Fact]
    public async Task A_silo_that_is_stopped_refuses_no_request()
    {
        await using ClusterUnderTest city = await ClusterUnderTest.OpenAsync(_address, silos: 2, o => o.RetryFor = Patience);
        ConcurrentDictionary<long, Reply> acknowledged = await LoadAsync(city, 400, at: 150, () => city.StopAsync(1));

        Assert.Equal(400, acknowledged.Count);
        Audit(acknowledged);
    }

    // Files so many cases, several at once, and does something when so many are filed.
    private static async Task<ConcurrentDictionary<long, Reply>> LoadAsync(ClusterUnderTest city, int cases, int at, Func<Task> act)
    {
        ConcurrentDictionary<long, Reply> acknowledged = new();
        int next = 0;
        Task acting = Task.CompletedTask;
        ICityRuntime runtime = city.Runtime;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var n && n <= cases)
            {
                if (n == at)
                {
                    acting = act();
                }
                TwinId commune = HostUnderTest.Hue.Offices[n % 40].Profile.Id;
                Reply reply = await runtime.SendAsync(TwinId.Case(n), city.Report(commune), new CommandId((UInt128)n));
                Assert.Equal(ReplyStatus.Accepted, reply.Status);
                acknowledged[n] = reply;
            }
        })));
        await acting;
        return acknowledged;
    }

    private void Audit(ConcurrentDictionary<long, Reply> acknowledged)
    {
        long outbox = -1;
        Assert.True(SpinWait.SpinUntil(() => (outbox = (long)PostgresServer.Execute(_address, "SELECT count(*) FROM outbox")!) == 0, Patience), $"{outbox} messages wait");
        VerificationReport report = JournalVerification.Run(_address, CityTwins.Types);
        Assert.Empty(report.Findings);
        Assert.Equal((long)acknowledged.Count, PostgresServer.Execute(_address, "SELECT count(*) FROM events WHERE type = 'CaseFiled'"));
        Assert.Equal((long)acknowledged.Count, PostgresServer.Execute(_address, "SELECT count(*) FROM events WHERE type = 'CaseQueued'"));
        Assert.Equal((long)acknowledged.Count, PostgresServer.Execute(_address, "SELECT count(*) FROM events WHERE type = 'CaseEnqueued'"));
    }
}
