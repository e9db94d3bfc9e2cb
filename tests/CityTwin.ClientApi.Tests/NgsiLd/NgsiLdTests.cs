using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CityTwin.ClientApi.NgsiLd;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Tests.NgsiLd;

public sealed class NgsiLdTests
{
    private const string Base = "/ngsi-ld/v1";

    [Fact]
    public async Task A_report_is_made_read_queried_and_followed_through_time()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        const string Report = """
            {"id":"urn:ngsi-ld:Open311ServiceRequest:mine-1","type":"Open311ServiceRequest","service_code":{"type":"Property","value":"street-lighting"},
             "description":{"type":"Property","value":"Đèn tắt"},"location":{"type":"GeoProperty","value":{"type":"Point","coordinates":[107.5772,16.4785]}}}
            """;
        using HttpResponseMessage made = await city.SendAsync(HttpMethod.Post, Base + "/entities", Ld(Report));
        Assert.True(made.StatusCode == System.Net.HttpStatusCode.Created, await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        string location = made.Headers.Location!.ToString();
        Assert.StartsWith(Base + "/entities/urn:ngsi-ld:Open311ServiceRequest:", location, StringComparison.Ordinal);
        using HttpResponseMessage again = await city.SendAsync(HttpMethod.Post, Base + "/entities", Ld(Report));
        Assert.Equal(location, again.Headers.Location!.ToString());

        JsonElement entity = await city.GetAsync(location);
        string urn = entity.GetProperty("id").GetString()!;
        Assert.Equal(("Property", "open"), (entity.GetProperty("status").GetProperty("type").GetString(), entity.GetProperty("status").GetProperty("value").GetString()));
        Assert.Equal("urn:ngsi-ld:Commune:19753", entity.GetProperty("address_id").GetProperty("object").GetString());
        Assert.Equal("DateTime", entity.GetProperty("expected_datetime").GetProperty("value").GetProperty("@type").GetString());
        Assert.Equal(107.5772, entity.GetProperty("location").GetProperty("value").GetProperty("coordinates")[0].GetDouble());

        JsonElement values = await city.GetAsync(location + "?options=keyValues&attrs=status,service_code");
        Assert.Equal(["id", "type", "status", "service_code"], values.EnumerateObject().Select(p => p.Name));
        Assert.Equal("street-lighting", values.GetProperty("service_code").GetString());
        JsonElement concise = await city.GetAsync(location + "?options=concise");
        Assert.Equal("open", concise.GetProperty("status").GetString());
        Assert.Equal("urn:ngsi-ld:Commune:19753", concise.GetProperty("address_id").GetProperty("object").GetString());

        await city.PostAsync($"/cases/{urn[(urn.LastIndexOf(':') + 1)..]}/withdraw", new { });
        JsonElement closed = await city.GetAsync(Base + "/entities?type=Open311ServiceRequest&q=status==%22closed%22;service_code==%22street-lighting%22");
        Assert.Equal(urn, Assert.Single(closed.EnumerateArray()).GetProperty("id").GetString());
        Assert.Empty((await city.GetAsync(Base + "/entities?type=Open311ServiceRequest&q=status==open")).EnumerateArray());

        JsonElement past = await city.GetAsync($"{Base}/temporal/entities/{urn}?attrs=status,stage");
        Assert.Equal(["open", "closed"], past.GetProperty("status").EnumerateArray().Select(i => i.GetProperty("value").GetString()));
        Assert.All(past.GetProperty("stage").EnumerateArray(), i => Assert.True(i.TryGetProperty("observedAt", out _)));
        JsonElement last = await city.GetAsync($"{Base}/temporal/entities/{urn}?attrs=status&lastN=1&options=temporalValues");
        Assert.Equal("closed", last.GetProperty("status").GetProperty("values")[0][0].GetString());
        Assert.False((await city.GetAsync($"{Base}/temporal/entities/{urn}?timerel=before&timeAt=2020-01-01T00:00:00Z")).TryGetProperty("status", out _));
    }

    [Fact]
    public async Task Queries_count_page_and_look_around()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        using HttpResponseMessage counted = await city.SendAsync(HttpMethod.Get, Base + "/entities?type=Commune&limit=0&count=true");
        Assert.Equal("40", counted.Headers.GetValues("NGSILD-Results-Count").Single());
        List<string> met = [];
        for (int offset = 0; offset < 45; offset += 15)
        {
            met.AddRange((await city.GetAsync($"{Base}/entities?type=Commune&limit=15&offset={offset}")).EnumerateArray().Select(e => e.GetProperty("id").GetString()!));
        }
        Assert.Equal((40, 40), (met.Count, met.Distinct().Count()));
        JsonElement wards = await city.GetAsync(Base + "/entities?type=Commune&q=kind==%22ward%22;population%3E100000&options=keyValues");
        Assert.Equal("urn:ngsi-ld:Commune:19753", Assert.Single(wards.EnumerateArray()).GetProperty("id").GetString());
        JsonElement near = await city.GetAsync(Base + "/entities?type=Commune&georel=near;maxDistance==3000&geometry=Point&coordinates=%5B107.5772,16.4785%5D");
        Assert.Contains(near.EnumerateArray(), e => e.GetProperty("id").GetString() == "urn:ngsi-ld:Commune:19753");
        Assert.InRange(near.GetArrayLength(), 1, 10);
        JsonElement both = await city.GetAsync(Base + "/entities?type=Commune,Department&limit=1000&options=keyValues");
        Assert.Equal(["Commune", "Department"], both.EnumerateArray().Select(e => e.GetProperty("type").GetString()).Distinct());
        JsonElement byId = await city.GetAsync(Base + "/entities?id=urn:ngsi-ld:Commune:19753,urn:ngsi-ld:Commune:19774");
        Assert.Equal(2, byId.GetArrayLength());
    }

    [Fact]
    public async Task Contexts_come_in_a_link_or_in_the_body()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        using HttpResponseMessage json = await city.SendAsync(HttpMethod.Get, Base + "/entities/urn:ngsi-ld:Commune:19753");
        Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);
        string link = json.Headers.GetValues("Link").Single();
        Assert.Contains("rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"", link, StringComparison.Ordinal);
        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri(Base + "/entities/urn:ngsi-ld:Commune:19753", UriKind.Relative));
        asked.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/ld+json"));
        using HttpResponseMessage ld = await city.Http.SendAsync(asked, TestContext.Current.CancellationToken);
        Assert.Equal("application/ld+json", ld.Content.Headers.ContentType!.MediaType);
        JsonElement entity = JsonDocument.Parse(await ld.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        string context = entity.GetProperty("@context").GetString()!;
        Assert.Contains(context, link, StringComparison.Ordinal);
        JsonElement terms = (await city.GetAsync(new Uri(context).PathAndQuery)).GetProperty("@context")[0];
        Assert.All(entity.EnumerateObject().Where(p => p.Name != "@context"), p => Assert.True(terms.TryGetProperty(p.Name, out _), $"the context has no {p.Name}"));
    }

    [Fact]
    public async Task Readings_are_given_and_seen_as_a_smart_data_model()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        TwinId sensor = SensorNumber.Of(46, SensorKind.Air, "ngsi-1");
        await city.Api.Runtime.SendAsync(sensor, new SensorCommand.Register(new SensorProfile(SensorKind.Air, "ngsi-1", TwinId.City(46), TwinId.Commune(19753), new GeoPoint(16.47, 107.58)), new SensorRules()), default);
        await city.CaughtUpAsync();
        string urn = $"urn:ngsi-ld:AirQualityObserved:{sensor.NumberText}";
        using HttpResponseMessage patched = await city.SendAsync(
            HttpMethod.Patch, $"{Base}/entities/{urn}/attrs", Ld("""{"pm25":{"type":"Property","value":31.5,"observedAt":"2026-01-05T00:30:00Z"},"no2":{"type":"Property","value":12,"observedAt":"2026-01-05T00:30:00Z"}}"""));
        Assert.True(patched.StatusCode == System.Net.HttpStatusCode.NoContent, await patched.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        // Durable at once; seen as soon as the follower has sorted it in.
        JsonElement entity = await city.GetAsync($"{Base}/entities/{urn}");
        for (int tries = 0; tries < 2_000 && !entity.TryGetProperty("pm25", out _); tries++)
        {
            entity = await city.GetAsync($"{Base}/entities/{urn}");
        }
        Assert.Equal((31.5, "GQ"), (entity.GetProperty("pm25").GetProperty("value").GetDouble(), entity.GetProperty("pm25").GetProperty("unitCode").GetString()));
        Assert.Equal("2026-01-05T00:30:00.000Z", entity.GetProperty("pm25").GetProperty("observedAt").GetString());
        Assert.Equal("urn:ngsi-ld:Commune:19753", entity.GetProperty("refCommune").GetProperty("object").GetString());
        JsonElement past = await city.GetAsync($"{Base}/temporal/entities/{urn}?timerel=after&timeAt=2026-01-05T00:00:00Z&attrs=pm25");
        Assert.Equal(31.5, past.GetProperty("pm25")[0].GetProperty("value").GetDouble());
        Assert.Single((await city.GetAsync(Base + "/entities?type=AirQualityObserved&options=keyValues")).EnumerateArray());
        foreach (string wrong in new[] { """{"pm25":{"type":"Property","value":"much"}}""", """{"pm99":{"type":"Property","value":1}}""", """{"pm25":{"type":"Property","value":-1}}""", "{}" })
        {
            await RefusedAsync(city, HttpMethod.Patch, $"{Base}/entities/{urn}/attrs", Ld(wrong), 400, "BadRequestData");
        }
    }

    [Fact]
    public async Task Errors_are_those_of_the_standard()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        await RefusedAsync(city, HttpMethod.Get, Base + "/entities", null, 400, "BadRequestData");
        await RefusedAsync(city, HttpMethod.Get, Base + "/entities?type=Commune&q=population==", null, 400, "BadRequestData");
        await RefusedAsync(city, HttpMethod.Get, Base + "/entities?type=Commune&limit=1001", null, 400, "BadRequestData");
        await RefusedAsync(city, HttpMethod.Get, Base + "/entities?type=Commune&georel=near&geometry=Point&coordinates=%5B1,2%5D", null, 400, "BadRequestData");
        await RefusedAsync(city, HttpMethod.Get, Base + "/entities?type=Commune&options=many", null, 400, "BadRequestData");
        await RefusedAsync(city, HttpMethod.Get, Base + "/entities/nothing", null, 400, "BadRequestData");
        await RefusedAsync(city, HttpMethod.Get, Base + "/entities/urn:ngsi-ld:Commune:1", null, 404, "ResourceNotFound");
        await RefusedAsync(city, HttpMethod.Get, Base + "/entities/urn:ngsi-ld:Nothing:1", null, 404, "ResourceNotFound");
        await RefusedAsync(city, HttpMethod.Get, Base + "/types/Nothing", null, 404, "ResourceNotFound");
        await RefusedAsync(city, HttpMethod.Post, Base + "/entities", Ld("{"), 400, "InvalidRequest");
        await RefusedAsync(city, HttpMethod.Post, Base + "/entities", Ld("""{"id":"urn:x:1","type":"Commune"}"""), 422, "OperationNotSupported");
        await RefusedAsync(city, HttpMethod.Patch, Base + "/entities/urn:ngsi-ld:Commune:19753/attrs", Ld("""{"population":{"value":1}}"""), 422, "OperationNotSupported");
        await RefusedAsync(city, HttpMethod.Delete, Base + "/entities/urn:ngsi-ld:Commune:19753", null, 422, "OperationNotSupported");
        Assert.Empty((await city.GetAsync(Base + "/entities?type=Nothing")).EnumerateArray());
    }

    [Fact]
    public async Task Types_and_attributes_are_listed()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string[] types = [.. (await city.GetAsync(Base + "/types")).GetProperty("typeList").EnumerateArray().Select(t => t.GetString()!)];
        Assert.Contains("Open311ServiceRequest", types);
        JsonElement commune = await city.GetAsync(Base + "/types/Commune");
        Assert.Equal(("EntityTypeInfo", 40), (commune.GetProperty("type").GetString(), commune.GetProperty("entityCount").GetInt32()));
        Assert.Contains(commune.GetProperty("attributeDetails").EnumerateArray(), a => a.GetProperty("attributeName").GetString() == "population");
        Assert.Contains("pm25", (await city.GetAsync(Base + "/attributes")).GetProperty("attributeList").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal(["AirQualityObserved"], (await city.GetAsync(Base + "/attributes/pm25")).GetProperty("typeNames").EnumerateArray().Select(t => t.GetString()));
    }

    [Theory]
    [InlineData("status==\"open\";service_code==\"noise\"", "open==true;service==\"noise\"")]
    [InlineData("status!=closed|(expected_datetime<2026-01-05T00:00:00Z)", "open!=false|(deadline<2026-01-05T00:00:00Z)")]
    [InlineData("address_id==\"urn:ngsi-ld:Commune:19753\"", "commune==commune/19753")]
    [InlineData("service_code~=\"status;status==open\"", "service~=\"status;status==open\"")]
    [InlineData("!overdue", "!overdue")]
    public void Conditions_are_turned_into_live_queries(string q, string expected) => Assert.Equal(expected, NgsiCondition.InOwnWords(NgsiType.Find("Open311ServiceRequest"), q));

    private static async Task RefusedAsync(RunningCity city, HttpMethod method, string address, HttpContent? content, int status, string type)
    {
        using HttpResponseMessage response = await city.SendAsync(method, address, content);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{method} {address}: {(int)response.StatusCode} {body}");
        JsonElement error = JsonDocument.Parse(body).RootElement;
        Assert.Equal("https://uri.etsi.org/ngsi-ld/errors/" + type, error.GetProperty("type").GetString());
        Assert.True(error.TryGetProperty("title", out _) && error.TryGetProperty("detail", out _));
    }

    private static StringContent Ld(string json) => new(json, Encoding.UTF8, "application/json");
}
