using System.Net;
using System.Net.Http.Headers;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;

namespace CityTwin.ClientApi.Tests;

public sealed class StartingTests : IDisposable
{
    private const string Key = "0123456789abcdef";

    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("http://0.0.0.0:80")]
    [InlineData("http://*:80")]
    [InlineData("http://192.0.2.1:80")]
    [InlineData("http://[::]:80;http://127.0.0.1:5080")]
    public void An_address_that_others_can_reach_needs_keys(string urls)
    {
        Assert.Contains("--api-keys", Assert.Single(Options(urls, []).Mistakes()), StringComparison.Ordinal);
        Assert.Empty(Options(urls, [Key]).Mistakes());
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://[::1]:5080")]
    public void A_loopback_address_needs_none(string urls) => Assert.Empty(Options(urls, []).Mistakes());

    [Fact]
    public void Short_keys_bad_addresses_and_a_feed_without_time_are_refused()
    {
        Assert.Contains("too short", Assert.Single(Options("http://127.0.0.1:1", ["short"]).Mistakes()), StringComparison.Ordinal);
        Assert.Contains("no address", Assert.Single(Options("nonsense", []).Mistakes()), StringComparison.Ordinal);
        ServeOptions feed = Options("http://127.0.0.1:1", []) with { FeedPerMinute = 1, Clock = CityClock.Driven(RunningCity.Start) };
        Assert.Contains("--feed", Assert.Single(feed.Mistakes()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_keys_only_their_holders_are_served()
    {
        ServeOptions options = Options("http://127.0.0.1:0", [Key, "another-key-of-some-length"]);
        await using ApiServer server = await ApiServer.StartAsync(options);
        using var http = new HttpClient { BaseAddress = server.Address };
        foreach (string path in new[] { "/board", "/cases", "/openapi/v1.json", "/metrics", "/live", "/nothing" })
        {
            using HttpResponseMessage refused = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
        foreach (string path in new[] { "/", "/health/live", "/health/ready" })
        {
            using HttpResponseMessage served = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        }
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "a-wrong-key-of-some-length");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/board", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/board", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        http.DefaultRequestHeaders.Authorization = null;
        http.DefaultRequestHeaders.Add("X-Api-Key", "another-key-of-some-length");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/board", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_second_server_on_the_same_journal_is_refused()
    {
        ServeOptions options = Options("http://127.0.0.1:0", []);
        await using ApiServer first = await ApiServer.StartAsync(options);
        await Assert.ThrowsAsync<JournalException>(() => ApiServer.StartAsync(options));
    }

    [Fact]
    public async Task A_journal_of_another_city_is_refused_and_left_as_it_was()
    {
        ServeOptions options = Options("http://127.0.0.1:0", []);
        long position;
        await using (ApiServer hue = await ApiServer.StartAsync(options))
        {
            position = hue.Api.Runtime.Position;
        }
        JournalException refused = await Assert.ThrowsAsync<JournalException>(() => ApiServer.StartAsync(options with { City = BundledCities.Read("hcmc") }));
        Assert.Contains("city/46", refused.Message, StringComparison.Ordinal);
        await using ApiServer again = await ApiServer.StartAsync(options);
        Assert.Equal(position, again.Api.Runtime.Position);
    }

    [Fact]
    public async Task A_feed_plays_citizens_and_officials()
    {
        ServeOptions options = Options("http://127.0.0.1:0", []) with { FeedPerMinute = 10, Clock = CityClock.Accelerated(RunningCity.Start, 3_600) };
        await using ApiServer server = await ApiServer.StartAsync(options);
        await Patience.UntilAsync(() => server.Api.View.Board.City(server.Api.Runtime.Clock.Now).All.Resolved > 0, "a case was resolved");
    }

    [Fact]
    public void A_folder_with_mistakes_is_told_with_file_line_and_column()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "mine")).FullName;
        foreach ((string name, string text) in BundledCities.Files("hue"))
        {
            File.WriteAllText(Path.Combine(folder, name), name == "communes.csv" ? text.Replace("ward", "wurd", StringComparison.Ordinal) : text);
        }
        var mistakes = new List<string>();
        Assert.Null(CityChoice.Read(folder, mistakes));
        Assert.All(mistakes, m => Assert.Matches(@"\.csv:\d+:\d+: ", m));
        mistakes.Clear();
        Assert.Null(CityChoice.Read("atlantis", mistakes));
        Assert.Contains("hue", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wall", null, 0)]
    [InlineData("60x", "2026-01-05T07:00:00+07:00", 0)]
    [InlineData("driven", "2026-01-05T07:00:00+07:00", 0)]
    [InlineData("wall", "2026-01-05T07:00:00+07:00", 1)]
    [InlineData("fast", null, 1)]
    [InlineData("0x", null, 1)]
    [InlineData("60x", "monday", 1)]
    public void Clocks_are_read_or_refused(string clock, string? start, int mistaken)
    {
        var mistakes = new List<string>();
        ClockChoice.Read(clock, start, fed: false, null, mistakes);
        Assert.Equal(mistaken, mistakes.Count);
    }

    [Fact]
    public void A_city_that_is_only_played_begins_when_its_offices_open()
    {
        CityDefinition hue = BundledCities.Read("hue");

        CityClock clock = ClockChoice.Read(null, null, fed: true, hue, []);

        Assert.Equal((ClockMode.Accelerated, 60), (clock.Mode, clock.Speed));
        Assert.True(hue.Rules.Calendar.IsOpen(clock.Now));
    }

    private ServeOptions Options(string urls, string[] keys) => new()
    {
        City = BundledCities.Read("hue"),
        Journal = Path.Combine(_folder, "city.db"),
        Urls = urls,
        ApiKeys = keys,
    };
}
