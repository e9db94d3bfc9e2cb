using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

public sealed class PagingTests(RunningCity city)
{
    private const string Commune = "commune/19789";

    [Theory]
    [InlineData("dueAt", 7)]
    [InlineData("-filedAt", 1)]
    [InlineData("stageAt", 500)]
    public async Task Pages_of_cases_hold_every_case_once_and_in_order(string sort, int limit)
    {
        JsonElement[] communes = [.. (await city.GetAsync("/communes")).GetProperty("items").EnumerateArray()];
        string commune = communes[7 + limit % 5].GetProperty("profile").GetProperty("id").GetString()!;
        var filed = new HashSet<string>();
        object[] batch = [.. Enumerable.Range(0, 23).Select(i => new { kind = "dossier", service = i % 2 == 0 ? RunningCity.Service : "1.001022", commune, citizen = $"citizen/0000000030{i:D2}", channel = "app" })];
        foreach (JsonElement result in (await city.PostAsync("/cases/batch", new { cases = batch })).GetProperty("results").EnumerateArray())
        {
            Assert.Equal("accepted", result.GetProperty("status").GetString());
            filed.Add(result.GetProperty("case").GetProperty("id").GetString()!);
        }
        await city.CaughtUpAsync();
        List<JsonElement> all = await PagesAsync($"/cases?commune={commune}&kind=dossier&sort={sort}&limit={limit}");
        string[] ids = [.. all.Select(c => c.GetProperty("case").GetString()!)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Subset(ids.ToHashSet(), filed);
        DateTimeOffset[] keys = [.. all.Select(c => c.GetProperty(sort.TrimStart('-')).GetDateTimeOffset())];
        Assert.Equal(sort.StartsWith('-') ? keys.OrderDescending() : keys.Order(), keys);
    }

    [Fact]
    public async Task Pages_of_desks_offices_queues_and_histories_hold_everything_once()
    {
        int desks = (await PagesAsync("/desks?limit=500")).Count;
        Assert.Equal(desks, (await PagesAsync("/desks?limit=17")).Select(d => d.GetProperty("desk").GetString()).Distinct().Count());
        string[] whole = [.. (await PagesAsync("/communes?sort=-population")).Select(Id)];
        Assert.Equal(whole, (await PagesAsync("/communes?sort=-population&limit=3")).Select(Id));
        Assert.Equal((await PagesAsync("/departments")).Select(Id), (await PagesAsync("/departments?limit=1")).Select(Id));

        JsonElement filed = default;
        for (int i = 0; i < 5; i++)
        {
            filed = (await city.FileAsync($"citizen/0000000031{i:D2}", commune: Commune)).GetProperty("case");
        }
        string desk = RunningCity.Plural(filed.GetProperty("desk").GetString()!);
        string[] queue = [.. (await PagesAsync($"/{desk}/queue")).Select(q => q.GetProperty("case").GetString()!)];
        Assert.Contains(filed.GetProperty("id").GetString(), queue);
        Assert.Equal(queue, (await PagesAsync($"/{desk}/queue?limit=2")).Select(q => q.GetProperty("case").GetString()!));
        Assert.Equal(
            (await PagesAsync($"/{desk}/history")).Select(e => e.GetProperty("version").GetInt32()),
            (await PagesAsync($"/{desk}/history?limit=2")).Select(e => e.GetProperty("version").GetInt32()));
    }

    [Theory]
    [InlineData("office=commune/19753")]
    [InlineData("desk=desk/1975301")]
    [InlineData("service=1.000894")]
    [InlineData("kind=feedback")]
    [InlineData("stage=queued")]
    [InlineData("overdue=true")]
    [InlineData("channel=hotline")]
    [InlineData("citizen=citizen/000000001001")]
    [InlineData("official=official/19753001")]
    [InlineData("dueBefore=2026-01-05T10:00:00Z")]
    [InlineData("filedAfter=2026-01-05T01:00:00%2B00:00")]
    [InlineData("urgency=high")]
    public async Task Filters_leave_out_what_does_not_match(string filter)
    {
        await city.FileAsync("citizen/000000001001");
        await city.CaughtUpAsync();
        string name = filter[..filter.IndexOf('=', StringComparison.Ordinal)];
        string value = Uri.UnescapeDataString(filter[(name.Length + 1)..]);
        foreach (JsonElement item in await PagesAsync("/cases?limit=500&" + filter))
        {
            string told = name switch
            {
                "overdue" => item.GetProperty(name).GetBoolean() ? "true" : "false",
                "dueBefore" => item.GetProperty("dueAt").GetDateTimeOffset() < DateTimeOffset.Parse(value, null) ? value : "later",
                "filedAfter" => item.GetProperty("filedAt").GetDateTimeOffset() >= DateTimeOffset.Parse(value, null) ? value : "earlier",
                _ => item.GetProperty(name).GetString()!,
            };
            Assert.Equal(value, told);
        }
    }

    private static string Id(JsonElement office) => office.GetProperty("profile").GetProperty("id").GetString()!;

    private async Task<List<JsonElement>> PagesAsync(string address)
    {
        var all = new List<JsonElement>();
        string? cursor = null;
        do
        {
            string next = cursor is null ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={Uri.EscapeDataString(cursor)}";
            JsonElement page = await city.GetAsync(next);
            all.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.TryGetProperty("next", out JsonElement more) ? more.GetString() : null;
        }
        while (cursor is not null);
        return all;
    }
}
