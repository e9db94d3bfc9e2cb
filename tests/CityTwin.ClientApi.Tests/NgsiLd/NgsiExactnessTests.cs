using System.Net;
using System.Text;
using System.Text.Json;
using CityTwin.ClientApi.NgsiLd;
using CityTwin.ClientApi.Tests.Sensors;
using CityTwin.Grains;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Tests.NgsiLd;

/// <summary>What ETSI GS CIM 009 says in so many words: content types, conditions, batches, system attributes, GeoJSON, subscriptions.</summary>
public sealed class NgsiExactnessTests
{
    private const string Base = "/ngsi-ld/v1";

    [Theory]
    [InlineData("pm25>10;refCommune==\"urn:ngsi-ld:Commune:19753\"", "pm25>10;commune==commune/19753")]
    [InlineData("pm25.observedAt>2026-01-05T00:00:00Z|dateObserved", "pm25.at>2026-01-05T00:00:00Z|readAt")]
    [InlineData("nothing==\"a;b\";!pm10", "_absent==\"a;b\";!pm10")]
    public void Conditions_on_readings_are_turned_into_live_queries(string q, string expected) => Assert.Equal(expected, NgsiCondition.InOwnWords(NgsiType.Find("AirQualityObserved"), q));

    [Fact]
    public void A_measure_of_another_scale_is_compared_in_its_own() =>
        Assert.Equal("roadOccupancy==20..50;vehicleSpeed<30", NgsiCondition.InOwnWords(NgsiType.Find("TrafficFlowObserved"), "occupancy==0.2..0.5;averageVehicleSpeed<30"));

    [Theory]
    [InlineData(406, "GET", "/entities?type=Commune", "Accept: text/turtle", null, null)]
    [InlineData(501, "GET", "/entities?type=Commune", "NGSILD-Tenant: other", null, null)]
    [InlineData(415, "POST", "/entities", null, "text/plain", "{}")]
    [InlineData(400, "POST", "/entities", null, "application/json", """{"@context":"http://x","id":"urn:x:1","type":"Open311ServiceRequest","service_code":"noise"}""")]
    [InlineData(400, "POST", "/entities", null, "application/ld+json", """{"id":"urn:x:1","type":"Open311ServiceRequest","service_code":"noise"}""")]
    [InlineData(400, "GET", "/temporal/entities?type=Open311ServiceRequest", null, null, null)]
    [InlineData(400, "GET", "/entities?type=Commune&idPattern=%5B", null, null, null)]
    [InlineData(400, "POST", "/entityOperations/update", null, "application/json", "[]")]
    public async Task What_the_standard_refuses_is_refused_with_its_status(int expected, string method, string address, string? header, string? type, string? body)
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Base + address, UriKind.Relative));
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        }
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, type!);
        using HttpResponseMessage response = await city.Http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == expected, $"{(int)response.StatusCode} {text}");
        Assert.StartsWith("https://uri.etsi.org/ngsi-ld/errors/", JsonDocument.Parse(text).RootElement.GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entities_come_as_GeoJSON_with_system_attributes_by_pattern_and_by_attribute()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri(Base + "/entities?type=Commune&options=keyValues,sysAttrs&idPattern=.*1975%5B0-9%5D", UriKind.Relative));
        asked.Headers.TryAddWithoutValidation("Accept", "application/geo+json");
        using HttpResponseMessage response = await city.Http.SendAsync(asked, TestContext.Current.CancellationToken);
        Assert.Equal("application/geo+json", response.Content.Headers.ContentType!.MediaType);
        JsonElement features = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("FeatureCollection", features.GetProperty("type").GetString());
        JsonElement feature = features.GetProperty("features").EnumerateArray().Single(f => f.GetProperty("id").GetString() == "urn:ngsi-ld:Commune:19753");
        Assert.Equal(("Feature", "Point", "Commune"), (feature.GetProperty("type").GetString(), feature.GetProperty("geometry").GetProperty("type").GetString(), feature.GetProperty("properties").GetProperty("type").GetString()));
        Assert.True(feature.GetProperty("properties").GetProperty("modifiedAt").GetDateTimeOffset() >= feature.GetProperty("properties").GetProperty("createdAt").GetDateTimeOffset());
        Assert.All(features.GetProperty("features").EnumerateArray(), f => Assert.Matches(":1975[0-9]$", f.GetProperty("id").GetString()!));

        Assert.Empty((await city.GetAsync(Base + "/entities?type=Commune&q=nothing==1")).EnumerateArray());
        TwinId gauge = await city.GaugeAsync("dry");
        await city.GaugeAsync("mute");
        await city.ReadAsync(gauge, 1.5, "2026-01-05T00:30:00Z");
        JsonElement read = Assert.Single((await city.GetAsync(Base + "/entities?attrs=height")).EnumerateArray());
        Assert.Equal(SensorsOfACity.Urn(gauge), read.GetProperty("id").GetString());
        Assert.Equal(("MTR", "2026-01-05T00:30:00.000Z"), (read.GetProperty("height").GetProperty("unitCode").GetString(), read.GetProperty("height").GetProperty("observedAt").GetString()));
        Assert.Single((await city.GetAsync(Base + "/entities?type=WaterObserved&q=height%3E1.2")).EnumerateArray());
        Assert.Empty((await city.GetAsync(Base + "/entities?type=WaterObserved&q=height%3E1.7")).EnumerateArray());
    }

    [Fact]
    public async Task A_batch_tells_what_was_taken_and_what_was_not()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string gauge = SensorsOfACity.Urn(await city.GaugeAsync("batch"));
        string one = $$"""{"id":"{{gauge}}","type":"WaterObserved","height":{"type":"Property","value":2.5,"observedAt":"2026-01-05T00:30:00Z"} }""";
        using HttpResponseMessage all = await city.SendAsync(HttpMethod.Post, Base + "/entityOperations/update", Json($"[{one}]"));
        Assert.Equal(HttpStatusCode.NoContent, all.StatusCode);
        Assert.Equal(2.5, (await city.GetAsync($"{Base}/entities/{gauge}?options=keyValues")).GetProperty("height").GetDouble());
        using HttpResponseMessage some = await city.SendAsync(HttpMethod.Post, Base + "/entityOperations/upsert", Json($$"""[{{one}},{"id":"urn:ngsi-ld:WaterObserved:1","type":"WaterObserved","height":1}]"""));
        Assert.Equal(HttpStatusCode.MultiStatus, some.StatusCode);
        JsonElement outcome = JsonDocument.Parse(await some.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal([gauge], outcome.GetProperty("success").EnumerateArray().Select(s => s.GetString()));
        JsonElement error = Assert.Single(outcome.GetProperty("errors").EnumerateArray());
        Assert.Equal(("urn:ngsi-ld:WaterObserved:1", 404), (error.GetProperty("entityId").GetString(), error.GetProperty("error").GetProperty("status").GetInt32()));
        using HttpResponseMessage made = await city.SendAsync(HttpMethod.Post, Base + "/entityOperations/create", Json("""[{"id":"urn:x:1","type":"Open311ServiceRequest","service_code":"noise","address_id":"19753"}]"""));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        string urn = JsonDocument.Parse(await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement[0].GetString()!;
        Assert.Equal(urn, (await city.GetAsync($"{Base}/entities/{urn}")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_subscription_is_patched_watches_attributes_and_expires()
    {
        string store = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using RunningCity city = await RunningCity.AloneAsync(o => o with { Subscriptions = new SubscriptionOptions { Path = store, AllowsPrivateTargets = true } });
        using HttpResponseMessage made = await city.SendAsync(HttpMethod.Post, Base + "/subscriptions", Json(
            """{"type":"Subscription","entities":[{"type":"Case"}],"watchedAttributes":["office"],"expiresAt":"2199-01-01T00:00:00Z","notification":{"endpoint":{"uri":"http://127.0.0.1:9/x"}}}"""));
        string address = made.Headers.Location!.ToString();
        using HttpResponseMessage patched = await city.SendAsync(HttpMethod.Patch, address, Json("""{"q":"overdue==true","notification":{"format":"keyValues"},"expiresAt":null}"""));
        Assert.Equal(HttpStatusCode.NoContent, patched.StatusCode);
        JsonElement now = await city.GetAsync(address);
        Assert.Equal(("overdue==true", "keyValues", "active"), (now.GetProperty("q").GetString(), now.GetProperty("notification").GetProperty("format").GetString(), now.GetProperty("status").GetString()));
        Assert.False(now.TryGetProperty("expiresAt", out _));
        Assert.Equal("http://127.0.0.1:9/x", now.GetProperty("notification").GetProperty("endpoint").GetProperty("uri").GetString());
        using HttpResponseMessage wrong = await city.SendAsync(HttpMethod.Patch, address, Json("""{"q":"overdue=="}"""));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using HttpResponseMessage counted = await city.SendAsync(HttpMethod.Get, Base + "/subscriptions?limit=0&count=true");
        Assert.Equal("1", counted.Headers.GetValues("NGSILD-Results-Count").Single());
        Assert.Equal("[]", await counted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
