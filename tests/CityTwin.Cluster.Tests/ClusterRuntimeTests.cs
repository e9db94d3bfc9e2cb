using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Cluster.Tests;

// The contracts are those of the embedded host, from the same files. Commands enter at one silo; half of the twins are on the other.

public sealed class ClusterRuntimeTests(PostgresFixture fixture) : RuntimeContract
{
    protected override async Task<HostUnderTest> OpenAsync() => await ClusterUnderTest.OpenAsync(fixture.Server.NewAddress(), silos: 2);
}

public sealed class ClusterRestartTests(PostgresFixture fixture) : RestartContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override async Task<HostUnderTest> OpenAsync() => await ClusterUnderTest.OpenAsync(_address, silos: 2);
}

public sealed class ClusterTimeTravelTests(PostgresFixture fixture) : TimeTravelContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override async Task<HostUnderTest> OpenAsync(int pastViewEvery, int pastSnapshotEvery) =>
        await ClusterUnderTest.OpenAsync(_address, silos: 2, o =>
        {
            o.PastViewEvery = pastViewEvery;
            o.BatchEventsMax = 100;
            o.Grains.PastSnapshotEvery = pastSnapshotEvery;
        });
}

public sealed class ClusterForgettingTests(PostgresFixture fixture) : ForgettingContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override async Task<HostUnderTest> OpenAsync() => await ClusterUnderTest.OpenAsync(_address, silos: 2);
}

public sealed class ClusterCrashTests(PostgresFixture fixture) : CrashContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override async Task<HostUnderTest> OpenAsync(int queueDepthMax) =>
        await ClusterUnderTest.OpenAsync(_address, silos: 2, o => (o.QueueDepthMax, o.BatchEventsMax, o.RetryFor) = (queueDepthMax, 50, TimeSpan.FromSeconds(60)));

    protected override Task CrashAsync(HostUnderTest city) => ((ClusterUnderTest)city).CrashAsync();
}
