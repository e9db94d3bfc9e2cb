using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Tests.Standards;

/// <summary>Clients that others wrote, against a served city: what they are for works with them as they are.</summary>
public sealed class OthersClientsTests
{
    private static readonly string Node = NodePackages.Folder("Standards", "node");

    [Fact]
    public async Task An_NGSI_LD_library_reads_writes_subscribes_and_is_notified_of_readings()
    {
        await NodePackages.NeedAsync(Node, "ngsijs");
        string store = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using RunningCity city = await RunningCity.AloneAsync(o => o with { Subscriptions = new SubscriptionOptions { Path = store, AllowsPrivateTargets = true } });
        TwinId sensor = SensorNumber.Of(46, SensorKind.Water, "ngsijs-1");
        await city.Api.Runtime.SendAsync(sensor, new SensorCommand.Register(new SensorProfile(SensorKind.Water, "ngsijs-1", TwinId.City(46), TwinId.Commune(19753), new GeoPoint(16.47, 107.58)), new SensorRules()), default);
        await city.CaughtUpAsync();
        JsonElement told = await NodePackages.RunAsync(Node, "ngsi.mjs", city.Http.BaseAddress!.ToString().TrimEnd('/'), $"urn:ngsi-ld:WaterObserved:{sensor.NumberText}");

        Assert.Equal((40, 3), (told.GetProperty("communes").GetProperty("count").GetInt32(), told.GetProperty("communes").GetProperty("results").GetArrayLength()));
        Assert.Equal("Commune", told.GetProperty("commune").GetProperty("entity").GetProperty("type").GetString());
        Assert.Equal(("NotFound", "BadRequest"), (told.GetProperty("missing").GetString(), told.GetProperty("bad").GetString()));
        Assert.Equal(told.GetProperty("report").GetString(), Assert.Single(told.GetProperty("found").GetProperty("results").EnumerateArray()).GetProperty("id").GetString());
        Assert.Contains(told.GetProperty("near").GetProperty("results").EnumerateArray(), e => e.GetProperty("id").GetString() == "urn:ngsi-ld:Commune:19753");
        Assert.Equal(4.5, Assert.Single(told.GetProperty("reading").GetProperty("results").EnumerateArray()).GetProperty("height").GetDouble());
        JsonElement entity = Assert.Single(told.GetProperty("notification").GetProperty("data").EnumerateArray());
        Assert.Equal(("WaterObserved", 4.5), (entity.GetProperty("type").GetString(), entity.GetProperty("height").GetProperty("value").GetDouble()));
        Assert.Equal(1, told.GetProperty("listed").GetProperty("count").GetInt32());
        Assert.Equal(("paused", "NotFound"), (told.GetProperty("subscription").GetProperty("subscription").GetProperty("status").GetString(), told.GetProperty("ended").GetString()));
        Assert.Contains("height", told.GetProperty("type").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(4.5, told.GetProperty("past").GetProperty("results")[0].GetProperty("height")[0].GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task An_Open311_library_discovers_files_and_reads()
    {
        await NodePackages.NeedAsync(Node, "open311");
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement told = await NodePackages.RunAsync(Node, "open311.cjs", city.Http.BaseAddress!.ToString().TrimEnd('/'));
        Assert.EndsWith("/open311/v2/", told.GetProperty("endpoint").GetString(), StringComparison.Ordinal);
        Assert.Contains(told.GetProperty("services").EnumerateArray(), s => s.GetProperty("service_code").GetString() == "street-lighting");
        Assert.NotEmpty(told.GetProperty("definition").GetProperty("attributes").EnumerateArray());
        string id = told.GetProperty("filed")[0].GetProperty("service_request_id").GetString()!;
        foreach (string list in (string[])["one", "several", "open"])
        {
            JsonElement request = Assert.Single(told.GetProperty(list).EnumerateArray());
            Assert.Equal((id, "open"), (request.GetProperty("service_request_id").GetString(), request.GetProperty("status").GetString()));
            Assert.True(request.GetProperty("expected_datetime").GetDateTimeOffset() > request.GetProperty("requested_datetime").GetDateTimeOffset());
        }
        Assert.Equal(id, told.GetProperty("token")[0].GetProperty("service_request_id").GetString());
        Assert.NotEqual("found", told.GetProperty("unknown").GetString());
    }

    [Fact]
    public async Task A_process_mining_library_reads_the_event_log()
    {
        await NodePackages.NeedAsync(Node, "pm4js");
        await using RunningCity city = await RunningCity.AloneAsync();
        (string id, _, string official) = await city.TakenAsync("citizen/000000007101");
        await city.PostAsync($"/{RunningCity.Plural(id)}/resolve", new { official, outcome = "Xong" });
        string other = (await city.FileAsync("citizen/000000007102")).GetProperty("case").GetProperty("id").GetString()!;
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".xes");
        using (HttpResponseMessage response = await city.SendAsync(HttpMethod.Get, "/process-log?format=xes"))
        {
            await File.WriteAllTextAsync(file, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        }
        JsonElement read = await NodePackages.RunAsync(Node, "xes.cjs", file);
        File.Delete(file);
        int events = 0;
        foreach (string one in (string[])[id, other])
        {
            events += (await city.GetAsync($"/{RunningCity.Plural(one)}/history")).GetProperty("items").GetArrayLength();
        }
        Assert.Equal((2, events), (read.GetProperty("cases").GetInt32(), read.GetProperty("events").GetInt32()));
        Assert.Equal(2, read.GetProperty("starts").GetProperty("CaseFiled").GetInt32());
        Assert.Equal(1, read.GetProperty("activities").GetProperty("CaseResolved").GetInt32());
        Assert.True(read.GetProperty("follows").GetInt32() >= 3);
    }
}
