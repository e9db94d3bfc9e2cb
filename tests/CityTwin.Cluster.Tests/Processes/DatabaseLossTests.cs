using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using CityTwin.Grains;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Cluster.Tests.Processes;

/// <summary>The database goes away under three nodes while citizens and officials are played, and comes back.</summary>
public sealed class DatabaseLossTests
{
    private static readonly TwinId Nobodys = TwinId.Case(4711);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task A_database_that_is_stopped_for_longer_than_nodes_wait_costs_nothing_but_time()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        using DrivenCity city = new("hue", server.NewAddress(), Patience);
        NodeProcess first = await city.JoinAsync(), second = await city.JoinAsync(), third = await city.JoinAsync();
        long founded = city.Position();
        city.Drive(first, "1", "0.2");
        await city.UntilAsync(founded + 200);

        server.Stop("fast");
        await IsToldToComeBackAsync(second);
        await IsToldToComeBackAsync(third);
        server.Start();

        await city.EndAsync();
    }

    [Fact]
    public async Task A_database_that_is_killed_again_and_again_loses_nothing_that_was_acknowledged_and_doubles_nothing()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        using DrivenCity city = new("hue", server.NewAddress(), Patience);
        NodeProcess first = await city.JoinAsync();
        await city.JoinAsync();
        await city.JoinAsync();
        long founded = city.Position();
        city.Drive(first, "1", "0.3");
        for (int kill = 1; kill <= 3; kill++)
        {
            await city.UntilAsync(founded + (kill * 700));
            Kill(server);
            server.Start();
        }

        await city.EndAsync();
    }

    // Views are in memory: what is shown is shown on. What needs the journal is refused in time, and not for ever.
    private static async Task IsToldToComeBackAsync(NodeProcess node)
    {
        using HttpClient http = new() { BaseAddress = node.Url, Timeout = TimeSpan.FromSeconds(60) };
        using HttpResponseMessage board = await http.GetAsync(new Uri("/board", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, board.StatusCode);
        using HttpResponseMessage answer = await http.PostAsJsonAsync(new Uri($"/cases/{Nobodys.NumberText}/withdraw", UriKind.Relative), new { });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    // kill -9, the server first, so that it sees none of its own processes die.
    private static void Kill(PostgresServer server)
    {
        int postmaster = int.Parse(File.ReadLines(Path.Combine(server.Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        int[] children = [.. File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
        foreach (int id in (int[])[postmaster, .. children])
        {
            try
            {
                using Process process = Process.GetProcessById(id);
                process.Kill();
                process.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It had ended by itself.
            }
        }
    }
}
