using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using CityTwin.Silo.Subscriptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CityTwin.ClientApi.Tests.NgsiLd;

public sealed class NgsiSubscriptionTests : IAsyncDisposable
{
    private const string Base = "/ngsi-ld/v1/subscriptions";

    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-ngsi-").FullName;
    private readonly Channel<(string? Link, string? Type, JsonElement Body)> _told = Channel.CreateUnbounded<(string?, string?, JsonElement)>();
    private WebApplication? _receiver;

    public async ValueTask DisposeAsync()
    {
        if (_receiver is not null)
        {
            await _receiver.StopAsync();
            await _receiver.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Changes_are_told_as_notifications_with_entities()
    {
        string target = await ReceiveAsync();
        await using RunningCity city = await CityAsync();
        string location = await SubscribeAsync(city, """
            {"id":"urn:ngsi-ld:Subscription:lights","type":"Subscription","entities":[{"type":"Open311ServiceRequest"}],"q":"service_code==\"street-lighting\"",
             "geoQ":{"georel":"near;maxDistance==5000","geometry":"Point","coordinates":[107.5772,16.4785]},
             "notification":{"attributes":["status","service_code","expected_datetime","address_id"],"format":"normalized","endpoint":{"uri":"TARGET","accept":"application/json"}}}
            """.Replace("TARGET", target, StringComparison.Ordinal));
        Assert.Equal(Base + "/urn:ngsi-ld:Subscription:lights", location);
        object report = new { kind = "feedback", service = "street-lighting", commune = RunningCity.Commune, channel = "app", description = "Tối", place = new { latitude = 16.4785, longitude = 107.5772 } };
        await city.PostAsync("/cases", new { kind = "feedback", service = "noise", commune = RunningCity.Commune, channel = "app", description = "Ồn" });
        string id = (await city.PostAsync("/cases", report)).GetProperty("case").GetProperty("id").GetString()!["case/".Length..];

        (string? link, string? type, JsonElement body) = await _told.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/json", type);
        Assert.Contains("ngsi-ld/context.jsonld", link, StringComparison.Ordinal);
        Assert.Equal(("Notification", "urn:ngsi-ld:Subscription:lights"), (body.GetProperty("type").GetString(), body.GetProperty("subscriptionId").GetString()));
        JsonElement entity = Assert.Single(body.GetProperty("data").EnumerateArray());
        Assert.Equal(($"urn:ngsi-ld:Open311ServiceRequest:{id}", "open"), (entity.GetProperty("id").GetString(), entity.GetProperty("status").GetProperty("value").GetString()));
        Assert.Equal("urn:ngsi-ld:Commune:19753", entity.GetProperty("address_id").GetProperty("object").GetString());
        Assert.Equal("DateTime", entity.GetProperty("expected_datetime").GetProperty("value").GetProperty("@type").GetString());
        Assert.False(entity.TryGetProperty("stage", out _));

        await city.PostAsync($"/cases/{id}/withdraw", new { });
        JsonElement last = entity;
        while (last.GetProperty("status").GetProperty("value").GetString() == "open")
        {
            last = (await _told.Reader.ReadAsync(TestContext.Current.CancellationToken)).Body.GetProperty("data")[0];
        }
        Assert.Equal("closed", last.GetProperty("status").GetProperty("value").GetString());
    }

    [Fact]
    public async Task Subscriptions_are_listed_paused_and_ended()
    {
        string target = await ReceiveAsync();
        await using RunningCity city = await CityAsync();
        string body = """{"type":"Subscription","entities":[{"type":"Case"}],"notification":{"format":"keyValues","endpoint":{"uri":"TARGET","accept":"application/ld+json"}}}""".Replace("TARGET", target, StringComparison.Ordinal);
        string location = await SubscribeAsync(city, body);
        await city.FileAsync("citizen/000000009501");
        (string? link, string? type, JsonElement told) = await _told.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((null, "application/ld+json"), (link, type));
        Assert.True(told.TryGetProperty("@context", out _));
        Assert.Equal("dossier", told.GetProperty("data")[0].GetProperty("kind").GetString());

        using HttpResponseMessage paused = await city.SendAsync(HttpMethod.Patch, location, Json("""{"isActive":false}"""));
        Assert.Equal(HttpStatusCode.NoContent, paused.StatusCode);
        Assert.Equal("paused", (await city.GetAsync(location)).GetProperty("status").GetString());
        Assert.Equal("Subscription", Assert.Single((await city.GetAsync(Base)).EnumerateArray()).GetProperty("type").GetString());
        using HttpResponseMessage ended = await city.SendAsync(HttpMethod.Delete, location);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using HttpResponseMessage gone = await city.SendAsync(HttpMethod.Get, location);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData(400, """{"type":"Subscription"}""")]
    [InlineData(400, """{"type":"Subscription","entities":[{"type":"Nothing"}],"notification":{"endpoint":{"uri":"TARGET"}}}""")]
    [InlineData(400, """{"type":"Subscription","entities":[{"type":"Case"}],"notification":{"endpoint":{"uri":"nowhere"}}}""")]
    [InlineData(400, """{"type":"Subscription","entities":[{"type":"Case"}],"q":"stage==","notification":{"endpoint":{"uri":"TARGET"}}}""")]
    [InlineData(422, """{"type":"Subscription","entities":[{"type":"Case"}],"throttling":5,"notification":{"endpoint":{"uri":"TARGET"}}}""")]
    public async Task What_cannot_be_subscribed_to_is_refused(int expected, string body)
    {
        await using RunningCity city = await CityAsync();
        using HttpResponseMessage response = await city.SendAsync(HttpMethod.Post, Base, Json(body.Replace("TARGET", "http://127.0.0.1:9/x", StringComparison.Ordinal)));
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == expected, $"{(int)response.StatusCode} {text}");
        Assert.StartsWith("https://uri.etsi.org/ngsi-ld/errors/", JsonDocument.Parse(text).RootElement.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Empty((await city.GetAsync(Base)).EnumerateArray());
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<string> SubscribeAsync(RunningCity city, string body)
    {
        using HttpResponseMessage response = await city.SendAsync(HttpMethod.Post, Base, Json(body));
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.ToString();
    }

    private async Task<string> ReceiveAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _receiver = builder.Build();
        _receiver.Run(async http =>
        {
            using JsonDocument body = await JsonDocument.ParseAsync(http.Request.Body);
            _told.Writer.TryWrite((http.Request.Headers.Link.FirstOrDefault(), http.Request.ContentType, body.RootElement.Clone()));
            http.Response.StatusCode = 204;
        });
        await _receiver.StartAsync();
        return _receiver.Urls.First() + "/told";
    }

    private Task<RunningCity> CityAsync() => RunningCity.AloneAsync(o => o with
    {
        Subscriptions = new SubscriptionOptions { Path = Path.Combine(_folder, "subscriptions.db"), AllowsPrivateTargets = true },
    });
}
