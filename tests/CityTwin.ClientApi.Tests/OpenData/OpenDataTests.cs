using System.Text.Json;

namespace CityTwin.ClientApi.Tests.OpenData;

public sealed class OpenDataTests
{
    private const string Key = "a-key-of-some-length";

    [Fact]
    public async Task Days_that_are_over_are_published_for_everybody_with_small_numbers_put_together()
    {
        await using RunningCity city = await RunningCity.AloneAsync(o => o with { ApiKeys = [Key] });
        city.Http.DefaultRequestHeaders.Add("X-Api-Key", Key);
        await FileAsync(city, "noise", "commune/19753", 7);
        await FileAsync(city, "security", "commune/19753", 2);
        await FileAsync(city, "noise", "commune/19774", 3);
        await city.PostAsync("/clock", new { to = RunningCity.Start.AddDays(1) });
        city.Http.DefaultRequestHeaders.Remove("X-Api-Key");

        JsonElement days = await city.GetAsync("/opendata/volumes");
        Assert.Equal("2026-01-05", days.GetProperty("days")[0].GetProperty("date").GetString());
        using HttpResponseMessage csv = await city.SendAsync(HttpMethod.Get, "/opendata/volumes/2026-01-05.csv");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Contains("csv-metadata.json", csv.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        string[] lines = (await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split("\r\n");
        Assert.Equal("date,commune,commune_name,service,service_name,filed", lines[0]);
        Assert.Equal("2026-01-05,*,\"Các phường, xã khác\",*,Các thủ tục khác,5", lines[1]);
        Assert.Equal("2026-01-05,19753,Phường Phú Xuân,noise,Tiếng ồn,7", lines[2]);
        Assert.Equal(3, lines.Length);

        using HttpResponseMessage jsonl = await city.SendAsync(HttpMethod.Get, "/opendata/volumes/2026-01-05.jsonl");
        JsonElement[] rows = [.. (await jsonl.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Equal([5, 7], rows.Select(r => r.GetProperty("filed").GetInt32()));

        JsonElement dictionary = await city.GetAsync("/opendata/volumes/2026-01-05.csv-metadata.json");
        Assert.Equal(lines[0].Split(','), dictionary.GetProperty("tableSchema").GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.Equal("2026-01-05.csv", dictionary.GetProperty("url").GetString());
    }

    [Fact]
    public async Task Outcomes_tell_share_in_time_and_waits()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        for (int i = 0; i < 6; i++)
        {
            (string id, _, string official) = await city.TakenAsync($"citizen/00000000800{i}");
            await city.PostAsync($"/{RunningCity.Plural(id)}/resolve", new { official });
        }
        await city.PostAsync("/clock", new { to = RunningCity.Start.AddDays(1) });
        using HttpResponseMessage jsonl = await city.SendAsync(HttpMethod.Get, "/opendata/outcomes/2026-01-05.jsonl");
        JsonElement row = JsonDocument.Parse(await jsonl.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal((6, 1.0, 0.0), (row.GetProperty("results").GetInt32(), row.GetProperty("on_time_share").GetDouble(), row.GetProperty("wait_days_median").GetDouble()));
    }

    [Fact]
    public async Task The_catalogue_has_what_DCAT_AP_asks_for()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        await city.PostAsync("/clock", new { to = RunningCity.Start.AddDays(1) });
        using HttpResponseMessage response = await city.SendAsync(HttpMethod.Get, "/opendata/catalog.jsonld");
        Assert.Equal("application/ld+json", response.Content.Headers.ContentType!.MediaType);
        JsonElement catalogue = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.All((string[])["dct:title", "dct:description", "dct:publisher", "dcat:dataset"], p => Assert.True(catalogue.TryGetProperty(p, out _), p));
        foreach (JsonElement dataset in catalogue.GetProperty("dcat:dataset").EnumerateArray())
        {
            Assert.Equal("dcat:Dataset", dataset.GetProperty("@type").GetString());
            Assert.All((string[])["dct:title", "dct:description", "dcat:distribution", "dcat:theme", "dct:accrualPeriodicity"], p => Assert.True(dataset.TryGetProperty(p, out _), p));
            foreach (JsonElement distribution in dataset.GetProperty("dcat:distribution").EnumerateArray())
            {
                Assert.True(distribution.TryGetProperty("dcat:accessURL", out _));
                using HttpResponseMessage file = await city.Http.GetAsync(new Uri(distribution.GetProperty("dcat:downloadURL").GetProperty("@id").GetString()!), TestContext.Current.CancellationToken);
                Assert.True(file.IsSuccessStatusCode);
            }
        }
    }

    [Theory]
    [InlineData("/opendata/nothing")]
    [InlineData("/opendata/volumes/2026-01-06.csv")]
    [InlineData("/opendata/volumes/2025-12-31.csv")]
    [InlineData("/opendata/volumes/yesterday.jsonl")]
    public async Task Today_and_what_is_not_there_are_unknown(string address)
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        await city.PostAsync("/clock", new { to = RunningCity.Start.AddDays(1) });
        Assert.Equal(404, (await city.RefusedAsync(HttpMethod.Get, address)).Status);
    }

    private static Task<JsonElement> FileAsync(RunningCity city, string service, string commune, int count) => city.PostAsync("/cases/batch", new
    {
        cases = Enumerable.Range(0, count).Select(i => new { kind = "feedback", service, commune, channel = "app", description = $"{i}" }),
    });
}
