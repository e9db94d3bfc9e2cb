using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo;

[assembly: AssemblyFixture(typeof(CityTwin.ClientApi.Tests.RunningCity))]

namespace CityTwin.ClientApi.Tests;

/// <summary>Huế behind a real server on a free loopback port, over a real SQLite file, with a driven clock.</summary>
public sealed class RunningCity : IAsyncLifetime
{
    public const string Commune = "commune/19753";
    public const string Service = "1.000894";

    /// <summary>The sensor water/KL01, once it is registered.</summary>
    public static readonly string Sensor = SensorNumber.Of(46, SensorKind.Water, "KL01").ToString();

    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(7));

    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-api-").FullName;
    private readonly CityClock _clock = CityClock.Driven(Start);
    private readonly ApiLimits _limits = new() { BodyBytesMax = 1024 * 1024 };
    private Func<ServeOptions, ServeOptions> _with = o => o;
    private ApiServer? _server;

    public HttpClient Http { get; private set; } = null!;

    internal CityApi Api => _server!.Api;

    internal IEnumerable<Microsoft.AspNetCore.Routing.EndpointDataSource> Routes => ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)_server!.Web).DataSources;

    /// <summary>The files of its journal.</summary>
    public IEnumerable<string> Files => Directory.GetFiles(_folder).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal));

    public string Journal => Path.Combine(_folder, "city.db");

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>A city for one test alone, which may move its clock.</summary>
    public static Task<RunningCity> AloneAsync() => AloneAsync(o => o);

    /// <summary>The same, started with other options.</summary>
    internal static async Task<RunningCity> AloneAsync(Func<ServeOptions, ServeOptions> with)
    {
        var city = new RunningCity { _with = with };
        await city.StartAsync();
        return city;
    }

    /// <summary>A city for one test alone that reads reports in its own way.</summary>
    internal static Task<RunningCity> AloneAsync(FeedbackOptions feedback) => AloneAsync(o => o with { Feedback = feedback });

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public async Task<JsonElement> GetAsync(string address)
    {
        using HttpResponseMessage response = await Http.GetAsync(new Uri(address, UriKind.Relative));
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"GET {address}: {(int)response.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    public async Task<JsonElement> PostAsync(string address, object body, string? key = null)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, address, JsonContent.Create(body), key);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"POST {address}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Content = content };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        // A body above the limit is refused before it is sent: writing on would break the pipe.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 1024 * 1024;
        return await Http.SendAsync(request);
    }

    public async Task<(int Status, JsonElement Problem)> RefusedAsync(HttpMethod method, string address, HttpContent? content = null, string? key = null)
    {
        using HttpResponseMessage response = await SendAsync(method, address, content, key);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode is >= 400 and < 600, $"{method} {address}: {(int)response.StatusCode} {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonDocument.Parse(body).RootElement;
        Assert.StartsWith("urn:citytwin:problem:", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        return ((int)response.StatusCode, problem);
    }

    public Task<JsonElement> FileAsync(string citizen, string[]? documents = null, string? key = null, string service = Service, string commune = Commune) =>
        PostAsync("/cases", new { kind = "dossier", service, commune, citizen, channel = "onlinePortal", documents = documents ?? ["citizen-id", "marital-status"] }, key);

    public async Task<(string Case, string Desk, string Official)> TakenAsync(string citizen)
    {
        JsonElement filed = (await FileAsync(citizen)).GetProperty("case");
        string desk = filed.GetProperty("desk").GetString()!;
        string official = (await GetAsync("/" + desk.Replace("desk/", "desks/", StringComparison.Ordinal))).GetProperty("officials")[0].GetString()!;
        string id = filed.GetProperty("id").GetString()!;
        await PostAsync($"/{Plural(desk)}/start", new { official, @case = id });
        return (id, desk, official);
    }

    /// <summary>The address of an identity: case/X to cases/X.</summary>
    public static string Plural(string id) => id.Replace("case/", "cases/", StringComparison.Ordinal).Replace("desk/", "desks/", StringComparison.Ordinal)
        .Replace("commune/", "communes/", StringComparison.Ordinal).Replace("official/", "officials/", StringComparison.Ordinal)
        .Replace("citizen/", "citizens/", StringComparison.Ordinal).Replace("department/", "departments/", StringComparison.Ordinal);

    /// <summary>Waits until the live views have taken in everything durable.</summary>
    public Task CaughtUpAsync() => Patience.UntilAsync(
        () => Math.Min(Api.View.Position, Math.Min(Api.Feedback.View.Position, Api.Forecasts.Counts.Position)) >= Api.Runtime.Position, "the views have caught up");

    private async Task StartAsync()
    {
        _server = await ApiServer.StartAsync(_with(new ServeOptions
        {
            City = BundledCities.Read("hue"),
            Journal = Journal,
            Urls = "http://127.0.0.1:0",
            Clock = _clock,
            Limits = _limits,
        }));
        Http = new HttpClient { BaseAddress = _server.Address };
    }

    private async Task StopAsync()
    {
        Http.Dispose();
        await _server!.DisposeAsync();
    }
}
