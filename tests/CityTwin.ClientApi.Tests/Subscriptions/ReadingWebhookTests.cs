using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.ClientApi.Tests.Sensors;
using CityTwin.Grains;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Tests.Subscriptions;

/// <summary>Subscriptions to readings, the handshake, and what is kept of a forgotten citizen.</summary>
public sealed class ReadingWebhookTests : IAsyncDisposable
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-hooks-").FullName;
    private readonly Receiver _receiver = new(Secret);

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Readings_that_enter_change_and_leave_a_condition_are_told_over_a_restart_too()
    {
        await using RunningCity city = await CityAsync();
        TwinId gauge = await city.GaugeAsync("KL07"), other = await city.GaugeAsync("KL08");
        await city.ReadAsync(gauge, 4.0, "2026-01-05T00:10:00Z");
        await city.ReadAsync(other, 9.0, "2026-01-05T00:10:00Z");
        await _receiver.StartAsync();
        await SubscribeAsync(city, "value>4.2", "id,value,readAt,level");

        await city.ReadAsync(gauge, 4.5, "2026-01-05T00:20:00Z");
        Received entered = await _receiver.NextAsync();
        await city.ReadAsync(gauge, 4.7, "2026-01-05T00:30:00Z");
        Received changed = await _receiver.NextAsync();
        await _receiver.StopAsync();
        await city.ReadAsync(gauge, 3.9, "2026-01-05T00:40:00Z");
        await city.RestartAsync();
        await _receiver.StartAsync();
        Received left = await _receiver.UntilAsync(r => r.Type.EndsWith(".left", StringComparison.Ordinal));

        Assert.Equal(["org.citytwin.twin.entered", "org.citytwin.twin.changed", "org.citytwin.twin.left"], new[] { entered, changed, left }.Select(r => r.Type));
        Assert.Equal([4.5, 4.7, 3.9], new[] { entered, changed, left }.Select(r => r.Data.GetProperty("values").GetProperty("value").GetDouble()));
        Assert.All(_receiver.Taken, r => Assert.Equal((gauge.ToString(), true), (r.Subject, r.IsSigned)));
        Assert.Equal(3, _receiver.Taken.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_stream_on_readings_begins_with_those_that_fulfil_it()
    {
        await using RunningCity city = await CityAsync();
        TwinId gauge = await city.GaugeAsync("KL09");
        await city.ReadAsync(gauge, 4.5, "2026-01-05T00:10:00Z");
        using HttpResponseMessage response = await city.Http.GetAsync(new Uri("/query/stream?type=sensor&q=waterLevel%3E4.2&select=waterLevel", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(4.5, (await NextAsync(lines, "entered")).GetProperty("values").GetProperty("waterLevel").GetDouble());
        await city.ReadAsync(gauge, 4.6, "2026-01-05T00:20:00Z");
        Assert.Equal(4.6, (await NextAsync(lines, "changed")).GetProperty("values").GetProperty("waterLevel").GetDouble());
    }

    [Fact]
    public async Task A_target_that_is_asked_first_is_sent_to_only_if_it_wants_events_and_as_many_as_it_wants()
    {
        await using RunningCity city = await CityAsync();
        string? origin = null;
        _receiver.Answer = (_, http) =>
        {
            origin = http.Request.Headers["WebHook-Request-Origin"];
            http.Response.Headers["WebHook-Allowed-Origin"] = http.Request.Path == "/wants" ? origin : "elsewhere.example";
            http.Response.Headers["WebHook-Allowed-Rate"] = "120";
            return Task.FromResult(http.Request.Method == "OPTIONS" ? 200 : 204);
        };
        _receiver.Reads = false;
        await _receiver.StartAsync();
        JsonElement made = await city.PostAsync("/subscriptions", new { type = "case", target = new Uri(_receiver.Url, "/wants").ToString(), handshake = true });
        Assert.Equal(("127.0.0.1", 2), (origin, made.GetProperty("ratePerSecond").GetInt32()));
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Post, "/subscriptions", JsonContent.Create(new { type = "case", target = new Uri(_receiver.Url, "/not").ToString(), handshake = true }));
        Assert.Equal((400, "$.target"), (status, problem.GetProperty("errors")[0].GetProperty("path").GetString()));
        Assert.Single((await city.GetAsync("/subscriptions")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_forgotten_citizen_not_even_what_could_not_be_delivered()
    {
        const string Text = "Bà Nguyễn Thị Bí Mật kể chuyện riêng";
        await using RunningCity city = await CityAsync();
        _receiver.Answer = (_, _) => Task.FromResult(400);
        _receiver.Reads = false;
        await _receiver.StartAsync();
        string address = await SubscribeAsync(city, null, null, "case");
        foreach (string citizen in (string[])["citizen/000000000777", "citizen/000000000778"])
        {
            await city.PostAsync("/cases", new { kind = "feedback", service = "noise", commune = RunningCity.Commune, channel = "app", citizen, description = Text });
        }
        while ((await LettersAsync(city, address)).Count(l => l.Contains("\"queued\"", StringComparison.Ordinal)) < 2)
        {
            await Task.Yield();
        }
        Assert.DoesNotContain(await LettersAsync(city, address), l => l.Contains("Bí Mật", StringComparison.Ordinal));
        await city.PostAsync("/citizens/000000000777/forget", new { confirm = "citizen/000000000777" });
        string[] left = await LettersAsync(city, address);
        Assert.NotEmpty(left);
        Assert.DoesNotContain(left, l => l.Contains("000000000777", StringComparison.Ordinal));
        await city.RestartAsync();
        foreach (string file in Directory.GetFiles(_folder))
        {
            string bytes = System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            Assert.DoesNotContain("Bí Mật", bytes, StringComparison.Ordinal);
            Assert.DoesNotContain("citizen/000000000777", bytes, StringComparison.Ordinal);
        }
    }

    private static async Task<string[]> LettersAsync(RunningCity city, string address) =>
        [.. (await city.GetAsync(address + "/dead-letters")).GetProperty("items").EnumerateArray().Select(l => l.GetRawText())];

    private static async Task<JsonElement> NextAsync(StreamReader lines, string kind)
    {
        string? line;
        do
        {
            line = await lines.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line != $"event: {kind}");
        return JsonDocument.Parse((await lines.ReadLineAsync(TestContext.Current.CancellationToken))!["data: ".Length..]).RootElement;
    }

    private async Task<string> SubscribeAsync(RunningCity city, string? q, string? select, string type = "sensor")
    {
        JsonElement made = await city.PostAsync("/subscriptions", new { type, q, select, target = _receiver.Url.ToString(), secret = "whsec_" + Convert.ToBase64String(Secret), ratePerSecond = 10_000 });
        return "/subscriptions/" + made.GetProperty("id").GetString();
    }

    private Task<RunningCity> CityAsync() => RunningCity.AloneAsync(o => o with
    {
        Subscriptions = new SubscriptionOptions { Path = Path.Combine(_folder, "subscriptions.db"), AllowsPrivateTargets = true, PauseMin = TimeSpan.FromMilliseconds(10), PauseMax = TimeSpan.FromMilliseconds(100) },
    });
}
