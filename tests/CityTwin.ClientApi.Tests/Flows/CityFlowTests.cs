using System.Net.Http.Json;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

public sealed class CityFlowTests(RunningCity city)
{
    [Fact]
    public async Task Policy_is_changed_and_read()
    {
        JsonElement amended = await city.PostAsync("/city/services/1.001022", new { workingDays = 2.5 });
        Assert.Equal("accepted", amended.GetProperty("status").GetString());
        JsonElement service = (await city.GetAsync("/city/catalogue")).GetProperty("services").EnumerateArray().First(s => s.GetProperty("code").GetString() == "1.001022");
        Assert.Equal(2.5, service.GetProperty("limit").GetProperty("workingDays").GetDouble());

        await city.PostAsync("/city/days", new { date = "2026-03-13", off = true, name = "Ngày thử" });
        Assert.Contains((await city.GetAsync("/city/calendar")).GetProperty("specialDays").EnumerateArray(), d => d.GetProperty("date").GetString() == "2026-03-13");

        JsonElement terms = await city.PostAsync("/city/terms", new { reopenWithinDays = 14 });
        Assert.Equal(14, terms.GetProperty("city").GetProperty("terms").GetProperty("reopenWithinDays").GetInt32());

        JsonElement read = await city.GetAsync("/city");
        JsonElement field = read.GetProperty("fields")[0];
        JsonElement routed = await city.PostAsync("/city/fields", new { field = field.GetProperty("field").GetString(), department = field.GetProperty("department").GetString() });
        Assert.Equal("accepted", routed.GetProperty("status").GetString());
        Assert.True((await city.GetAsync("/city/history")).GetProperty("items").GetArrayLength() >= 4);
    }

    [Fact]
    public async Task Desks_open_change_and_lose_officials()
    {
        JsonElement opened = await city.PostAsync("/communes/19774/desks", new
        {
            id = "desk/1977490",
            nameVi = "Quầy mới",
            nameEn = "New desk",
            skills = new[] { "civil-status" },
            officials = new[] { "official/19774900", "official/19774901" },
        });
        Assert.Contains(opened.GetProperty("office").GetProperty("desks").EnumerateArray(), d => d.GetProperty("desk").GetString() == "desk/1977490");
        JsonElement desk = await city.PostAsync("/desks/1977490/discipline", new { discipline = "fifo" });
        Assert.Equal("fifo", desk.GetProperty("desk").GetProperty("discipline").GetString());
        desk = await city.PostAsync("/desks/1977490/officials", new { officials = new[] { "official/19774902" } });
        Assert.Equal(3, desk.GetProperty("desk").GetProperty("officials").GetArrayLength());
        using HttpResponseMessage removed = await city.SendAsync(HttpMethod.Delete, "/desks/1977490/officials/19774902");
        JsonElement after = await removed.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(2, after.GetProperty("desk").GetProperty("officials").GetArrayLength());
        await city.CaughtUpAsync();
        JsonElement list = await city.GetAsync("/desks?office=commune/19774&limit=500");
        Assert.Contains(list.GetProperty("items").EnumerateArray(), d => d.GetProperty("desk").GetString() == "desk/1977490" && d.GetProperty("officials").GetInt32() == 2);
    }

    [Fact]
    public async Task Communes_merge_and_split_with_their_cases()
    {
        JsonElement[] communes = [.. (await city.GetAsync("/communes")).GetProperty("items").EnumerateArray()];
        string from = communes[^1].GetProperty("profile").GetProperty("id").GetString()!;
        string into = communes[^2].GetProperty("profile").GetProperty("id").GetString()!;
        JsonElement filed = (await city.FileAsync("citizen/000000002001", commune: from)).GetProperty("case");
        await city.PostAsync("/city/merge", new { from = new[] { from }, into });
        Assert.Equal(into, (await city.GetAsync("/" + RunningCity.Plural(filed.GetProperty("id").GetString()!))).GetProperty("office").GetString());
        Assert.Equal(into, (await city.GetAsync("/" + RunningCity.Plural(from))).GetProperty("successor").GetString());

        await city.PostAsync("/city/split", new
        {
            from = into,
            sharePercent = 40,
            id = "commune/99001",
            kind = "ward",
            nameVi = "Phường Mới",
            nameEn = "New Ward",
            population = 1000,
            areaKm2 = 2.5,
            latitude = 16.4,
            longitude = 107.6,
            desks = new[] { new { id = "desk/9900101", nameVi = "Một cửa", nameEn = "One stop", skills = new[] { "civil-status" }, officials = new[] { "official/99001001" } } },
        });
        await city.CaughtUpAsync();
        JsonElement board = await city.GetAsync("/board/offices/commune/99001");
        Assert.Equal("New Ward", board.GetProperty("office").GetProperty("nameEn").GetString());
    }

    [Fact]
    public async Task The_board_shows_what_happened()
    {
        await city.CaughtUpAsync();
        long before = (await city.GetAsync("/board")).GetProperty("figures").GetProperty("all").GetProperty("filed").GetInt64();
        string id = (await city.FileAsync("citizen/000000002002")).GetProperty("case").GetProperty("id").GetString()!;
        await city.CaughtUpAsync();
        JsonElement board = await city.GetAsync("/board");
        Assert.True(board.GetProperty("figures").GetProperty("all").GetProperty("filed").GetInt64() > before);
        Assert.Contains(board.GetProperty("recent").EnumerateArray(), e => e.GetProperty("twin").GetString() == id && e.GetProperty("type").GetString() == "CaseFiled");
        Assert.Equal(board.GetProperty("figures").GetProperty("all").GetProperty("filed").GetInt64(), board.GetProperty("offices").EnumerateArray().Sum(o => o.GetProperty("figures").GetProperty("filed").GetInt64()));
    }

    [Fact]
    public async Task Health_and_metrics_answer()
    {
        Assert.Equal("ok", (await city.GetAsync("/health/live")).GetProperty("status").GetString());
        Assert.Equal("ok", (await city.GetAsync("/health/ready")).GetProperty("status").GetString());
        await city.FileAsync("citizen/000000002003");
        string metrics = await city.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("citytwin_commands_total{command=\"file_dossier\",outcome=\"accepted\"}", metrics, StringComparison.Ordinal);
        Assert.Contains("citytwin_commit_duration_seconds_bucket{le=\"+Inf\"}", metrics, StringComparison.Ordinal);
        Assert.All(metrics.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^(# (HELP|TYPE) .+|[a-z_]+(\{[^}]*\})? [0-9.eE+-]+)$", line));
        string page = await city.Http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("CityTwin", page, StringComparison.Ordinal);
    }
}
