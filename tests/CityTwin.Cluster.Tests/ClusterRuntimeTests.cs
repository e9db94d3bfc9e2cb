using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Cluster.Tests;

public sealed class OneSiloRuntimeTests(PostgresFixture fixture) : RuntimeContract
{
    protected override async Task<HostUnderTest> OpenAsync() => await ClusterUnderTest.OpenAsync(fixture.Server.NewAddress(), silos: 1);
}

public sealed class ThreeSilosRuntimeTests(PostgresFixture fixture) : RuntimeContract
{
    protected override async Task<HostUnderTest> OpenAsync() => await ClusterUnderTest.OpenAsync(fixture.Server.NewAddress(), silos: 3);
}

public sealed class TwoSilosRestartTests(PostgresFixture fixture) : RestartContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override async Task<HostUnderTest> OpenAsync() => await ClusterUnderTest.OpenAsync(_address, silos: 2);
}

public sealed class TwoSilosTimeTravelTests(PostgresFixture fixture) : TimeTravelContract
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
