using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo;

[assembly: AssemblyFixture(typeof(CityTwin.Web.Tests.ServedCity))]

namespace CityTwin.Web.Tests;

/// <summary>Huế behind the real server on a free loopback port, over a real SQLite file, with a clock that tests move.</summary>
public sealed class ServedCity : IAsyncLifetime
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(7));

    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-web-").FullName;
    private string _urls = "http://127.0.0.1:0";
    private ApiServer? _server;

    public HttpClient Http { get; private set; } = null!;

    public Uri Address => _server!.Address;

    public ValueTask InitializeAsync() => StartAsync(CityClock.Driven(Start), null);

    /// <summary>A city of its own.</summary>
    internal static async Task<ServedCity> AloneAsync(CityClock? clock = null, double? feedPerMinute = null)
    {
        var city = new ServedCity();
        await city.StartAsync(clock ?? CityClock.Driven(Start), feedPerMinute);
        return city;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Ends the server, as an outage would.</summary>
    public async Task StopAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            Http.Dispose();
            await server.DisposeAsync();
        }
    }

    /// <summary>The same journal behind a new server and another clock, at the same address.</summary>
    internal async Task RestartAsync(CityClock clock, double? feedPerMinute)
    {
        await StopAsync();
        await StartAsync(clock, feedPerMinute);
    }

    /// <summary>Moves the city's clock; all deadlines up to then have fired afterwards.</summary>
    public Task AdvanceAsync(DateTimeOffset to) => PostAsync("/clock", new { to });

    public async Task<JsonElement> PostAsync(string address, object body)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync(new Uri(address, UriKind.Relative), body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"POST {address}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<JsonElement> GetAsync(string address) => JsonDocument.Parse(await Http.GetStringAsync(new Uri(address, UriKind.Relative))).RootElement;

    /// <summary>Files a dossier that is complete, and gives its number and its desk's.</summary>
    public async Task<(string Case, string Desk)> FileAsync(string commune = "commune/19753", string citizen = "citizen/000000000077")
    {
        JsonElement filed = (await PostAsync("/cases", new { kind = "dossier", service = "1.000894", commune, citizen, channel = "counter", documents = new[] { "citizen-id", "marital-status" } })).GetProperty("case");
        return (filed.GetProperty("id").GetString()!["case/".Length..], filed.GetProperty("desk").GetString()!["desk/".Length..]);
    }

    /// <summary>The number of the river gauge at Kim Long, registered with some readings that reach alarm level II, and other sensors beside it.</summary>
    public Task<string> SensorAsync() => Gauges.InstallAsync(this);

    /// <summary>Lives some days: on each so many dossiers come to a commune, and one fewer is decided. Then the city forecasts.</summary>
    public async Task LiveDaysAsync(int from, int days, int perDay = 4, string commune = "commune/19753")
    {
        for (int day = from; day < from + days; day++)
        {
            for (int i = 0; i < perDay; i++)
            {
                (string number, string desk) = await FileAsync(commune, $"citizen/{(day * 100) + i + 10_000:D12}");
                if (i > 0)
                {
                    string official = (await GetAsync($"/desks/{desk}")).GetProperty("officials")[0].GetString()!;
                    await PostAsync($"/desks/{desk}/start", new { official, @case = $"case/{number}" });
                    await PostAsync($"/cases/{number}/resolve", new { official });
                }
            }
            await AdvanceAsync(Start.AddDays(day + 1));
        }
        await ForecastAsync();
    }

    /// <summary>Plays citizens and officials on to a moment, as fast as the machine can.</summary>
    public Task PlayAsync(DateTimeOffset until) => PlayedDays.PlayAsync(_server!.Api, until);

    /// <summary>Makes the city's forecasts now, rather than when its own day begins.</summary>
    public async Task ForecastAsync() => Assert.True(await _server!.Api.Forecasts.RefreshAsync(_server.Api, TestContext.Current.CancellationToken));

    private async ValueTask StartAsync(CityClock clock, double? feedPerMinute)
    {
        _server = await ApiServer.StartAsync(new ServeOptions
        {
            City = BundledCities.Read("hue"),
            Journal = Path.Combine(_folder, "city.db"),
            Urls = _urls,
            Clock = clock,
            FeedPerMinute = feedPerMinute,
        });
        Http = new HttpClient { BaseAddress = _server.Address };
        _urls = _server.Address.ToString();
    }
}
