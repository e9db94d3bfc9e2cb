using System.Net.Http.Json;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests.Queries;

public sealed class QueryTests
{
    [Fact]
    public async Task A_query_after_an_acknowledgement_shows_what_was_acknowledged()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        for (int i = 0; i < 50; i++)
        {
            using HttpResponseMessage filed = await city.SendAsync(HttpMethod.Post, "/cases", JsonContent.Create(Report("Đèn hỏng")));
            Assert.True(filed.IsSuccessStatusCode, await filed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            string position = Assert.Single(filed.Headers.GetValues("CityTwin-Position"));
            JsonElement told = (await filed.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("case");
            JsonElement page = await city.GetAsync($"/query?type=case&q=id=={told.GetProperty("id").GetString()}&after={position}");
            JsonElement found = Assert.Single(page.GetProperty("items").EnumerateArray());
            Assert.Equal(told.GetProperty("stage").GetString(), found.GetProperty("stage").GetString());
            Assert.True(page.GetProperty("position").GetInt64() >= long.Parse(position));
        }
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Get, "/query?type=case&after=99999999");
        Assert.Equal(400, status);
        Assert.Equal("?after", problem.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task Pages_follow_each_other_and_the_past_can_be_asked_as_well()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        for (int i = 0; i < 7; i++)
        {
            await city.FileAsync($"citizen/00000000010{i}");
        }
        string before = (await city.GetAsync("/clock")).GetProperty("now").GetString()!;
        await city.PostAsync("/clock", new { to = "2026-01-05T09:00:00+07:00" });
        for (int i = 0; i < 3; i++)
        {
            await city.FileAsync($"citizen/00000000020{i}");
        }
        Assert.Equal(10, (await PagesAsync(city, "&limit=3&orderBy=!filedAt,citizen")).Distinct().Count());
        Assert.Equal(7, (await PagesAsync(city, $"&limit=2&at={before}")).Count);
        JsonElement groups = await city.GetAsync($"/query?type=case&groupBy=hour(filedAt)&aggregate=count&after={city.Api.Runtime.Position}");
        Assert.Equal(["2026-01-05T08 7", "2026-01-05T09 3"], groups.GetProperty("items").EnumerateArray().Select(g => $"{g.GetProperty("hour(filedAt)").GetString()} {g.GetProperty("count")}"));
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_its_character_and_what_is_too_costly_with_its_cost()
    {
        await using RunningCity city = await RunningCity.AloneAsync(o => o with { Queries = new() { CostMax = 1_000 } });
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Get, "/query?type=case&q=" + Uri.EscapeDataString("stage==queued;dedline<now"));
        JsonElement error = problem.GetProperty("errors")[0];
        Assert.Equal((400, "?q", 14, "deadline"), (status, error.GetProperty("path").GetString(), error.GetProperty("at").GetInt32(), error.GetProperty("nearest").GetString()));
        (_, problem) = await city.RefusedAsync(HttpMethod.Post, "/query", JsonContent.Create(new { type = "case", q = "stage==queud" }));
        Assert.Equal("$.q", problem.GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.Equal("queued", problem.GetProperty("errors")[0].GetProperty("nearest").GetString());

        (status, problem) = await city.RefusedAsync(HttpMethod.Get, "/query?type=official&q=" + Uri.EscapeDataString("worked>=0"));
        Assert.Equal(422, status);
        Assert.Equal("urn:citytwin:problem:query-too-costly", problem.GetProperty("type").GetString());
        Assert.True(problem.GetProperty("cost").GetInt64() > problem.GetProperty("limit").GetInt64());
    }

    [Fact]
    public async Task Words_of_reports_are_found_again_after_a_restart_and_not_those_of_a_forgotten_citizen()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        await city.PostAsync("/cases", Report("Cột đèn đổ ngang đường", "citizen/000000000042"));
        await city.PostAsync("/cases", Report("Đèn đường không sáng", "citizen/000000000043"));
        Assert.Equal(2, await CountAsync(city, "den duong"));
        await city.RestartAsync();
        Assert.Equal(2, await CountAsync(city, "den duong"));
        Assert.Equal(1, await CountAsync(city, "đổ"));
        await city.PostAsync("/citizens/000000000042/forget", new { confirm = "citizen/000000000042" });
        Assert.Equal(0, await CountAsync(city, "đổ"));
        await city.RestartAsync();
        Assert.Equal(1, await CountAsync(city, "den duong"));
    }

    [Fact]
    public async Task The_schema_lists_every_attribute_that_answers_have()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        await city.FileAsync("citizen/000000000101");
        JsonElement schema = await city.GetAsync("/queries/schema");
        foreach (JsonElement type in schema.GetProperty("types").EnumerateArray())
        {
            string[] names = [.. type.GetProperty("attributes").EnumerateArray().Select(a => a.GetProperty("name").GetString()!)];
            JsonElement page = await city.GetAsync($"/query?type={type.GetProperty("type").GetString()}&limit=5&after={city.Api.Runtime.Position}");
            Assert.All(page.GetProperty("columns").EnumerateArray(), c => Assert.Contains(c.GetString(), names));
        }
    }

    internal static object Report(string description, string? citizen = null) =>
        new { kind = "feedback", service = "street-lighting", commune = RunningCity.Commune, citizen, channel = "hotline", description };

    private static async Task<int> CountAsync(RunningCity city, string words)
    {
        while (true)
        {
            using HttpResponseMessage response = await city.SendAsync(HttpMethod.Get, $"/query?type=case&text={Uri.EscapeDataString(words)}&after={city.Api.Runtime.Position}");
            if ((int)response.StatusCode != 503)
            {
                Assert.Equal(200, (int)response.StatusCode);
                return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("items").GetArrayLength();
            }
        }
    }

    private static async Task<List<string>> PagesAsync(RunningCity city, string rest)
    {
        List<string> ids = [];
        string? cursor = null;
        do
        {
            JsonElement page = await city.GetAsync($"/query?type=case{rest}{(cursor is null ? $"&after={city.Api.Runtime.Position}" : $"&cursor={cursor}")}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            cursor = page.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return ids;
    }
}
