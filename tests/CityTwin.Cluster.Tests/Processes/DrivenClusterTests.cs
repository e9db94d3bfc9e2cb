using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Cluster.Tests.Processes;

/// <summary>Processes over one database while citizens and officials are played: nodes die, join and are restarted.</summary>
/// <remarks>
/// <c>CITYTWIN_CLUSTER_DRIVE="hcmc 14 1"</c> (city, days, times the usual volume) plays the full fortnight; the default is small.
/// </remarks>
public sealed class DrivenClusterTests(PostgresFixture fixture)
{
    private static readonly string[] Drive = (Environment.GetEnvironmentVariable("CITYTWIN_CLUSTER_DRIVE") ?? "hue 1 0.1").Split(' ');
    private static readonly bool IsSmall = Drive is ["hue", ..];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(IsSmall ? 5 : 90);

    // A full drive loses its node amid the first days, when all of the city is awake.
    private static readonly int EventsBeforeTheKill = IsSmall ? 100 : 100_000;

    [Fact]
    public async Task A_driven_city_whose_node_is_killed_and_that_another_joins_ends_with_its_ledger_equal()
    {
        using DrivenCity city = new(Drive[0], fixture.Server.NewAddress(), Patience);
        NodeProcess first = await city.JoinAsync(), second = await city.JoinAsync(), third = await city.JoinAsync();
        long founded = city.Position();
        city.Drive(first, Drive[1], Drive[2]);

        await city.UntilAsync(founded + EventsBeforeTheKill);
        third.Kill();
        NodeProcess fourth = await city.JoinAsync();

        JsonElement report = await city.EndAsync();
        Assert.True(report.GetProperty("officesChecked").GetInt32() > 0);
        await FileEverywhereAsync(second);
        Assert.True(await TurnsAsync(fourth) > 0, "the fourth node executed no turn");
    }

    [Fact]
    public async Task Nodes_restarted_one_after_another_refuse_no_request()
    {
        using DrivenCity city = new("hue", fixture.Server.NewAddress(), Patience);
        List<NodeProcess> nodes = [await city.JoinAsync(), await city.JoinAsync(), await city.JoinAsync()];
        await using Balancer balancer = new(nodes.Select(n => n.Url));
        for (int restarted = 0; restarted < 3; restarted++)
        {
            await balancer.UntilAnsweredAsync(30);
            Assert.Equal(0, await nodes[0].StopAsync());
            nodes.RemoveAt(0);
            nodes.Add(await city.JoinAsync());
            balancer.Add(nodes[^1].Url);
        }
        await balancer.UntilAnsweredAsync(30);

        await balancer.DisposeAsync();
        Assert.Empty(balancer.Refused);
        Assert.Equal(balancer.Answered, city.Number("SELECT count(*) FROM events WHERE type = 'CaseFiled'"));
    }

    // A report at every office: a share of them belongs to each node.
    private static async Task FileEverywhereAsync(NodeProcess node)
    {
        using HttpClient http = new() { BaseAddress = node.Url };
        foreach (CityTwin.Grains.OfficeDefinition office in CityTwin.Grains.BundledCities.Read(Drive[0]).Offices)
        {
            using HttpResponseMessage _ = await http.PostAsJsonAsync(new Uri("/cases", UriKind.Relative), Balancer.Report(office.Profile.Id.ToString()));
        }
    }

    private static async Task<double> TurnsAsync(NodeProcess node)
    {
        using HttpClient http = new() { BaseAddress = node.Url };
        string metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return double.Parse(metrics.Split('\n').Single(l => l.StartsWith("citytwin_turns_total ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
