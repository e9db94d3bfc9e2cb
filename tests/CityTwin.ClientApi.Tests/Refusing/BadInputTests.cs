using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

public sealed class BadInputTests(RunningCity city)
{
    [Fact]
    public async Task Every_body_that_is_no_JSON_is_refused_with_its_place()
    {
        foreach (Route route in await BodiesAsync())
        {
            foreach (string text in new[] { "{", "[1]", "null", "\"text\"", "{\"a\":1,}", "{} {}", "\u0000", "{\"\\ud800\":1}" })
            {
                JsonElement problem = await RefusedAsync(route, Json(text), 400);
                Assert.NotEmpty(problem.GetProperty("errors").EnumerateArray());
                Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
            }
        }
    }

    [Fact]
    public async Task Every_member_of_a_wrong_type_is_refused_with_its_path()
    {
        foreach (Route route in await BodiesAsync())
        {
            foreach (string member in route.Members!.Keys)
            {
                JsonElement problem = await RefusedAsync(route, Json($"{{\"{member}\":{{\"no\":[1]}}}}"), 400);
                Assert.StartsWith("$." + member, problem.GetProperty("errors")[0].GetProperty("path").GetString(), StringComparison.Ordinal);
                string reason = problem.GetProperty("errors")[0].GetProperty("reason").GetString()!;
                Assert.DoesNotContain("System.", reason, StringComparison.Ordinal);
                Assert.DoesNotContain("CityTwin", reason, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/cases", "{\"description\":7}", "expected a text")]
    [InlineData("/cases", "{\"place\":{\"latitude\":\"a\"}}", "expected a number")]
    [InlineData("/cases", "{\"documents\":[1]}", "expected a text")]
    [InlineData("/query", "{\"at\":\"tomorrow\"}", "expected a moment")]
    [InlineData("/query", "{\"limit\":\"x\"}", "expected a whole number")]
    [InlineData("/query", "{\"after\":[]}", "expected a whole number")]
    [InlineData("/cases", "", "the body is empty")]
    public async Task What_was_expected_is_that_of_the_member(string address, string body, string reason)
    {
        using HttpResponseMessage response = await city.Http.PostAsync(new Uri(address, UriKind.Relative), Json(body), TestContext.Current.CancellationToken);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Contains(reason, problem.GetProperty("errors")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_members_and_doubled_ones_are_refused()
    {
        foreach (Route route in await BodiesAsync())
        {
            JsonElement problem = await RefusedAsync(route, Json("{\"misspelt\":1}"), 400);
            Assert.Equal("$.misspelt", problem.GetProperty("errors")[0].GetProperty("path").GetString());
            if (route.Members!.Keys.FirstOrDefault() is { } member)
            {
                await RefusedAsync(route, Json($"{{\"{member}\":null,\"{member}\":null}}"), 400);
            }
        }
    }

    [Fact]
    public async Task Texts_that_are_too_long_and_numbers_out_of_range_are_refused_with_their_paths()
    {
        string text = new('x', 5_000);
        // Of a condition, only the kind of twin it is about says what its other texts may be.
        foreach (Route route in (await BodiesAsync()).Where(r => r.Template is not ("/query" or "/subscriptions")))
        {
            foreach ((string member, JsonElement schema) in route.Members!)
            {
                bool isText = schema.ToString().Contains("\"string\"", StringComparison.Ordinal) && !schema.ToString().Contains("date", StringComparison.Ordinal);
                bool isNumber = schema.ToString().Contains("\"integer\"", StringComparison.Ordinal) || schema.ToString().Contains("\"number\"", StringComparison.Ordinal);
                if (isNumber || (isText && !schema.ToString().Contains("array", StringComparison.Ordinal)))
                {
                    JsonElement problem = await RefusedAsync(route, Json($"{{\"{member}\":{(isNumber ? "-500" : $"\"{text}\"")}}}"), 400);
                    Assert.Contains(problem.GetProperty("errors").EnumerateArray(), e => e.GetProperty("path").GetString() == "$." + member);
                }
            }
        }
    }

    [Fact]
    public async Task Other_content_types_and_bodies_above_the_limit_are_refused()
    {
        string large = new(' ', 1024 * 1024 + 1);
        foreach (Route route in await BodiesAsync())
        {
            await RefusedAsync(route, new StringContent("<a/>", Encoding.UTF8, "application/xml"), 415);
            await RefusedAsync(route, Json(large), 413);
        }
    }

    [Fact]
    public async Task Unknown_identities_are_refused()
    {
        foreach (Route route in (await Route.AllAsync(city)).Where(r => r.Template.Contains("{id}", StringComparison.Ordinal)))
        {
            foreach (string id in new[] { "0000000000ZZ", "999999999", "no-such-thing", "-1", new string('9', 300) })
            {
                (int status, _) = await city.RefusedAsync(route.Method, route.With(id), route.Members is null ? null : Json("{}"));
                Assert.InRange(status, 400, 409);
            }
        }
        (int department, _) = await city.RefusedAsync(HttpMethod.Get, "/board/offices/commune/1");
        Assert.Equal(404, department);
    }

    [Fact]
    public async Task Unknown_and_wrong_parameters_are_refused()
    {
        foreach (Route route in (await Route.AllAsync(city)).Where(r => r.Method == HttpMethod.Get && !r.Template.StartsWith("/health", StringComparison.Ordinal)))
        {
            if (route.Template is "/metrics" or "/clock")
            {
                continue;
            }
            (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Get, route.Address + "?misspelt=1");
            Assert.Equal(400, status);
            Assert.Equal("?misspelt", problem.GetProperty("errors")[0].GetProperty("path").GetString());
        }
        foreach (string query in new[] { "limit=0", "limit=501", "limit=x", "cursor=abc", "sort=name", "stage=lost", "office=case/1", "dueBefore=now", "overdue=1", "kind=dossier&kind=feedback", "service=none" })
        {
            (int status, _) = await city.RefusedAsync(HttpMethod.Get, "/cases?" + query);
            Assert.Equal(400, status);
        }
    }

    [Fact]
    public async Task A_command_in_the_wrong_state_is_refused_with_a_stable_type()
    {
        string id = RunningCity.Plural((await city.FileAsync("citizen/000000006002")).GetProperty("case").GetProperty("id").GetString()!);
        await AssertRefusalAsync($"/{id}/rate", new { score = 3 }, 409, "case-not-resolved");
        await AssertRefusalAsync($"/{id}/return", new { }, 409, "case-not-resolved");
        await AssertRefusalAsync($"/{id}/answer", new { text = "?" }, 409, "case-not-waiting");
        await AssertRefusalAsync($"/{id}/resolve", new { official = "official/19753001" }, 409, "case-not-in-hand");
        await AssertRefusalAsync("/cases/000000000001/withdraw", new { }, 404, "case-not-filed");
        await AssertRefusalAsync("/desks/1975301/take-next", new { official = "official/1" }, 409, "official-not-at-desk");
        await AssertRefusalAsync("/city/merge", new { from = new[] { RunningCity.Commune }, into = RunningCity.Commune }, 409, "merge-not-possible");
    }

    [Fact]
    public async Task A_batch_that_is_empty_or_too_large_is_refused()
    {
        await AssertRefusalAsync("/cases/batch", new { cases = Array.Empty<object>() }, 400, "invalid-request");
        await AssertRefusalAsync("/cases/batch", new { cases = Enumerable.Repeat(new { kind = "dossier" }, 1_001) }, 400, "invalid-request");
    }

    [Fact]
    public async Task Unknown_addresses_and_methods_are_refused()
    {
        Assert.Equal(404, (await city.RefusedAsync(HttpMethod.Get, "/nothing")).Status);
        Assert.Equal(405, (await city.RefusedAsync(HttpMethod.Put, "/cases", Json("{}"))).Status);
    }

    private async Task<List<Route>> BodiesAsync()
    {
        List<Route> routes = [.. (await Route.AllAsync(city)).Where(r => r.Members is not null)];
        Assert.True(routes.Count > 25, "the OpenAPI document has too few bodies");
        return routes;
    }

    private async Task<JsonElement> RefusedAsync(Route route, HttpContent content, int status)
    {
        long before = city.Api.Runtime.Position;
        (int answered, JsonElement problem) = await city.RefusedAsync(route.Method, route.Address, content);
        Assert.True(answered == status, $"{route.Method} {route.Address}: {answered}, expected {status}: {problem}");
        Assert.True(city.Api.Runtime.Position >= before);
        return problem;
    }

    private async Task AssertRefusalAsync(string address, object body, int status, string type)
    {
        (int answered, JsonElement problem) = await city.RefusedAsync(HttpMethod.Post, address, JsonContent.Create(body));
        Assert.Equal((status, "urn:citytwin:problem:" + type), (answered, problem.GetProperty("type").GetString()));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
