using System.Text.Json;
using CityTwin.ClientApi.WhatIf;
using CityTwin.Grains;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Reports;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.WhatIf;
using Orleans;
using Orleans.Runtime;

namespace CityTwin.Cluster.Tests.Nodes;

/// <summary>What the nodes' API has workers do.</summary>
public sealed class WorkerTests(PostgresFixture fixture)
{
    private const string Yaml = """
        name: Land desks
        base: {city: hue, start: 2026-02-02, days: 10, warm_up_days: 3, assume: {dossiers_per_day: 60}}
        run: {replications: 6, seed: 3}
        changes:
          - officers: {offices: communes, skills: land, add: 1}
        """;

    [Fact]
    public async Task Reports_are_read_by_workers_of_the_node_and_runs_are_simulated_by_those_of_all()
    {
        await using NodesUnderTest nodes = await NodesUnderTest.OpenAsync(fixture.Server.NewAddress(), 2);

        JsonElement filed = await nodes.PostAsync(1, "/cases", new
        {
            kind = "feedback",
            commune = HostUnderTest.Hue.Offices[0].Profile.Id.ToString(),
            channel = "app",
            description = "Đèn đường trước nhà bị hỏng ba hôm nay, tối quá",
        });
        Assert.Equal("street-lighting", filed.GetProperty("case").GetProperty("service").GetString());
        Assert.Contains(
            await nodes.Part<IGrainFactory>(0).GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(TestContext.Current.CancellationToken),
            s => s.GrainType.Contains("ReportWorker", StringComparison.OrdinalIgnoreCase) && s.ActivationCount > 0);
        Assert.Equal(1, (await nodes.ReadAsync(1, "/feedback/drift")).GetProperty("messages").GetInt32());

        long run = (await nodes.PostAsync(0, "/whatif/runs", new { scenario = Yaml })).GetProperty("id").GetInt64();
        string status = "";
        await NodesUnderTest.UntilAsync(
            async () => (status = (await nodes.ReadAsync(0, $"/whatif/runs/{run}")).GetProperty("status").GetString()!) is not ("queued" or "running"), "the run does not end");

        Assert.Equal("done", status);
        Assert.Equal(Alone(), await nodes.GetAsync(0, $"/whatif/runs/{run}/replications"));
        long[] simulated = [.. new[] { 0, 1 }.Select(n => nodes.Part<CompiledRuns>(n).Simulated)];
        Assert.All(simulated, n => Assert.True(n > 0, $"of {simulated[0]} and {simulated[1]} replications"));
    }

    [Fact]
    public async Task A_run_from_the_live_state_is_the_same_at_every_node()
    {
        await using NodesUnderTest nodes = await NodesUnderTest.OpenAsync(fixture.Server.NewAddress(), 2);
        foreach (OfficeDefinition office in HostUnderTest.Hue.Offices.Take(20))
        {
            await nodes.PostAsync(0, "/cases", new { kind = "feedback", service = "roads-drainage", commune = office.Profile.Id.ToString(), channel = "app", description = "Ngập" });
        }
        RunRequest request = new()
        {
            Scenario = Yaml,
            IsLive = true,
            At = HostUnderTest.Start,
            Position = nodes.Part<CityTwin.Cluster.Nodes.ClusterNode>(0).Runtime.Position,
        };

        ReplicationRecord[] records = await Task.WhenAll(new[] { 0, 1 }.Select(
            node => nodes.Part<CompiledRuns>(node).SimulateAsync(new ReplicationPlace(request, IsTornado: true, Variant: 3, Replication: 1))));

        Assert.Equal(records[0].Metrics, records[1].Metrics);
        Assert.Equal(records[0].Backlog, records[1].Backlog);
        Assert.True(records[0].Events > 0);
    }

    // The same run in one process.
    private static string Alone()
    {
        Scenario scenario = ScenarioFile.Parse(Yaml).Scenario!;
        ScenarioVariants variants = ScenarioVariants.Of(Yaml, ModelOfCity.From(HostUnderTest.Hue, scenario.Base.Assumptions));
        return ResultFiles.Csv(WhatIfRun.Of(scenario.Name, variants.Timelines, scenario.Run));
    }
}
