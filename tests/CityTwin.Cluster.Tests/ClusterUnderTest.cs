using CityTwin.Cluster.Hosting;
using CityTwin.Cluster.Membership;
using CityTwin.Cluster.Nodes;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;
using CityTwin.Silo.Views;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CityTwin.Cluster.Tests;

/// <summary>A city on the silos of a test cluster, over one PostgreSQL journal; commands enter at the first silo unless a test says otherwise.</summary>
public sealed class ClusterUnderTest : HostUnderTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly InProcessTestCluster _cluster;
    private readonly string _journal;
    private bool _crashed;
    private bool _isDisposed;

    private ClusterUnderTest(InProcessTestCluster cluster, string journal) => (_cluster, _journal) = (cluster, journal);

    public override ICityHost Host => Node(0);

    public Orleans.IGrainFactory Grains => _cluster.Client;

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    /// <summary>Opens a cluster over a journal.</summary>
    public static async Task<ClusterUnderTest> OpenAsync(string journal, int silos, Action<ClusterOptions>? configure = null, Func<IView>? another = null)
    {
        OrleansTables.Ensure(journal);
        InProcessTestClusterBuilder builder = new((short)silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            ClusterOptions options = new() { City = Hue, Journal = journal, Clock = CityClock.Driven(Start) };
            configure?.Invoke(options);
            CityView view = new(Hue.Rules.Calendar);
            silo.Services.AddSingleton(view);
            IView[] others = another is null ? [] : [another()];
            silo.AddCityTwin(options, [view, .. others]);
        });
        builder.ConfigureClientHost(host => host.Services.AddCityTwinWire());
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return new ClusterUnderTest(cluster, journal);
    }

    public override async Task SettleAsync()
    {
        Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => (long)PostgresServer.Execute(_journal, "SELECT count(*) FROM outbox")! == 0, Patience)), "messages wait in the outbox");
        long end = (long)PostgresServer.Execute(_journal, "SELECT position FROM cluster")!;
        Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => Runtime.Position >= end, Patience)), "the first silo does not follow the journal");
    }

    public ClusterNode Node(int silo) => _cluster.Silos[silo].ServiceProvider.GetRequiredService<ClusterNode>();

    public CityView View(int silo) => _cluster.Silos[silo].ServiceProvider.GetRequiredService<CityView>();

    public Task KillAsync(int silo) => _cluster.KillSiloAsync(_cluster.Silos[silo]);

    public Task StopAsync(int silo) => _cluster.StopSiloAsync(_cluster.Silos[silo]);

    public Task JoinAsync() => _cluster.StartAdditionalSiloAsync();

    public TwinCounters Counters(int silo) => Node(silo).Host.Counters;

    /// <summary>Ends all silos at once, as processes that are killed.</summary>
    public async Task CrashAsync()
    {
        _crashed = true;
        foreach (InProcessSiloHandle silo in _cluster.Silos)
        {
            silo.ServiceProvider.GetRequiredService<ClusterNode>().Abandon();
        }
        await Task.WhenAll(_cluster.Silos.ToArray().Select(_cluster.KillSiloAsync));
        await DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }
        _isDisposed = true;
        if (!_crashed)
        {
            await _cluster.StopAllSilosAsync();
        }
        await _cluster.DisposeAsync();
        // The pools of storage providers are the process's: their connections would stay until the server has none left.
        Npgsql.NpgsqlConnection.ClearAllPools();
    }
}
