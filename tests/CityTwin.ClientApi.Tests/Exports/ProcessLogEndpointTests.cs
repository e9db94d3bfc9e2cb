using System.Globalization;
using System.Text.Json;
using CityTwin.Simulation.Logs;

namespace CityTwin.ClientApi.Tests.Exports;

public sealed class ProcessLogEndpointTests(RunningCity city)
{
    [Fact]
    public async Task Logs_are_read_back_by_the_simulators_readers()
    {
        await using RunningCity alone = await RunningCity.AloneAsync();
        (string id, string desk, string official) = await alone.TakenAsync("citizen/000000007001");
        await alone.PostAsync($"/{RunningCity.Plural(id)}/resolve", new { official, outcome = "Xong" });
        await alone.FileAsync("citizen/000000007002");
        JsonElement history = await alone.GetAsync($"/{RunningCity.Plural(id)}/history");
        string[] activities = [.. history.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];

        EventLog ocel = OcelLog.Read(await StreamAsync(alone, "/process-log"), "case", "commune", "due_at");
        EventLog xes = XesLog.Read(await StreamAsync(alone, "/process-log?format=xes"), "office", "due_at");
        foreach (EventLog log in new[] { ocel, xes })
        {
            Assert.Equal(2, log.Cases.Length);
            LoggedCase first = log.Cases.Single(c => c.Id == id);
            Assert.Equal(activities, first.Events.Select(e => e.Activity));
            Assert.Contains(first.Events, e => e.Resource == official);
            Assert.Equal(RunningCity.Commune, first.Office);
            Assert.True(first.Deadline > RunningCity.Start);
        }
        Assert.NotEqual("", desk);
    }

    [Fact]
    public async Task A_database_is_sent_as_one()
    {
        using HttpResponseMessage response = await city.SendAsync(HttpMethod.Get, "/process-log?format=ocel-sqlite&kind=feedback");
        Assert.Equal("application/vnd.sqlite3", response.Content.Headers.ContentType!.MediaType);
        byte[] database = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("SQLite format 3", System.Text.Encoding.ASCII.GetString(database), StringComparison.Ordinal);
        Assert.Equal("hue.sqlite", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
    }

    [Theory]
    [InlineData("format=csv")]
    [InlineData("office=case/000000000001")]
    [InlineData("service=nothing")]
    [InlineData("from=2026-01-05")]
    public async Task What_cannot_be_is_refused(string query)
    {
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Get, "/process-log?" + query);
        Assert.Equal(400, status);
        Assert.Equal("?" + query.Split('=')[0], problem.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task The_command_line_writes_the_same_log_beside_the_running_city()
    {
        await city.FileAsync("citizen/000000007003");
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".xes");
        int done = await CityTwin.ClientApi.Hosting.ServeCommand.Create().Parse(
            ["export", file, "--journal", city.Journal, "--format", "xes", "--to", city.Api.Runtime.Clock.Now.AddSeconds(1).ToString("O", CultureInfo.InvariantCulture)]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, done);
        await using FileStream log = new(file, FileMode.Open, FileAccess.Read, FileShare.None, 4096, FileOptions.DeleteOnClose);
        Assert.NotEmpty(XesLog.Read(log).Cases);
    }

    private static async Task<Stream> StreamAsync(RunningCity city, string address)
    {
        using HttpResponseMessage response = await city.SendAsync(HttpMethod.Get, address);
        Assert.True(response.IsSuccessStatusCode, $"{address}: {(int)response.StatusCode}");
        return new MemoryStream(await response.Content.ReadAsByteArrayAsync());
    }
}
