using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.Silo;
using CityTwin.Silo.Operations;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Cluster.Tests.Processes;

/// <summary>Processes over one database while citizens and officials are played: nodes die, join and are restarted.</summary>
/// <remarks>
/// <c>CITYTWIN_CLUSTER_DRIVE="hcmc 14 1"</c> (city, days, times the usual volume) plays the full fortnight; the default is small.
/// </remarks>
public sealed class DrivenClusterTests(PostgresFixture fixture) : IDisposable
{
    private static readonly string[] Drive = (Environment.GetEnvironmentVariable("CITYTWIN_CLUSTER_DRIVE") ?? "hue 1 0.1").Split(' ');
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Drive is ["hue", ..] ? 5 : 90);

    private readonly string _address = fixture.Server.NewAddress();
    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-cluster-").FullName;

    [Fact]
    public async Task A_driven_city_whose_node_is_killed_and_that_another_joins_ends_with_its_ledger_equal()
    {
        using NodeProcess first = await StartAsync(Drive[0]), second = await StartAsync(Drive[0]), third = await StartAsync(Drive[0]);
        long founded = Position();
        using Process drive = NodeProcess.Start(_folder, "simulation", ["drive", "--city", Drive[0], "--days", Drive[1], "--rate", Drive[2], "--url", first.Url.ToString(), "--json"]);
        try
        {
            using CancellationTokenSource patience = new(Patience);
            Task<string> printed = drive.StandardOutput.ReadToEndAsync(patience.Token);
            Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => Position() > founded + 100 || drive.HasExited, Patience)));
            Assert.False(drive.HasExited, "the drive ended before a node was killed");
            third.Kill();
            using NodeProcess fourth = await StartAsync(Drive[0]);
            await drive.WaitForExitAsync(patience.Token);

            JsonElement report = JsonDocument.Parse(await printed).RootElement;
            Assert.True(drive.ExitCode == 0, report.ToString());
            Assert.Equal(0, report.GetProperty("differences").GetInt32());
            Assert.True(report.GetProperty("casesChecked").GetInt32() > 0);
            Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => Number("SELECT count(*) FROM outbox") == 0, Patience)));
            Assert.Empty(JournalVerification.Run(_address, CityTwins.Types).Findings);
            await FileEverywhereAsync(second);
            Assert.True(await TurnsAsync(fourth) > 0, "the fourth node executed no turn");
            TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        }
        finally
        {
            if (!drive.HasExited)
            {
                drive.Kill();
            }
        }
    }

    [Fact]
    public async Task Nodes_restarted_one_after_another_refuse_no_request()
    {
        List<NodeProcess> nodes = [await StartAsync("hue"), await StartAsync("hue")];
        await using Balancer balancer = new(nodes.Select(n => n.Url));
        try
        {
            for (int i = 0; i < 2; i++)
            {
                await balancer.UntilAnsweredAsync(30);
                Assert.Equal(0, await nodes[0].StopAsync());
                nodes[0].Dispose();
                nodes.RemoveAt(0);
                nodes.Add(await StartAsync("hue"));
                balancer.Add(nodes[^1].Url);
            }
            await balancer.UntilAnsweredAsync(30);

            await balancer.DisposeAsync();
            Assert.Empty(balancer.Refused);
            Assert.Equal(balancer.Answered, Number("SELECT count(*) FROM events WHERE type = 'CaseFiled'"));
        }
        finally
        {
            nodes.ForEach(n => n.Dispose());
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<NodeProcess> StartAsync(string city) => NodeProcess.StartAsync(
        _folder, "--city", city, "--journal", _address, "--clock", "driven", "--start", "2025-07-01T06:00:00+07:00", "--drain", "3");

    private long Position() => Number("SELECT position FROM cluster");

    private long Number(string sql) => (long)PostgresServer.Execute(_address, sql)!;

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
