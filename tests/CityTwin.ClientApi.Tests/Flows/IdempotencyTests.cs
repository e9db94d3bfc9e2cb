using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

public sealed class IdempotencyTests(RunningCity city)
{
    [Fact]
    public async Task A_repeated_filing_gives_the_first_answer_and_files_nothing_more()
    {
        JsonElement first = await city.FileAsync("citizen/000000004001", key: "filing-1");
        JsonElement second = await city.FileAsync("citizen/000000004001", key: "filing-1");
        Assert.False(first.GetProperty("repeated").GetBoolean());
        Assert.True(second.GetProperty("repeated").GetBoolean());
        Assert.Equal(first.GetProperty("position").GetInt64(), second.GetProperty("position").GetInt64());
        Assert.Equal(Id(first), Id(second));
        await city.CaughtUpAsync();
        Assert.Equal(1, (await city.GetAsync("/cases?citizen=citizen/000000004001")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Without_a_key_every_filing_is_another_case_and_identities_grow()
    {
        string first = Id(await city.FileAsync("citizen/000000004002"));
        string second = Id(await city.FileAsync("citizen/000000004002"));
        Assert.True(string.CompareOrdinal(first, second) < 0);
    }

    [Fact]
    public async Task A_repeated_command_changes_nothing()
    {
        (string id, _, string official) = await city.TakenAsync("citizen/000000004003");
        string path = RunningCity.Plural(id);
        JsonElement first = await city.PostAsync($"/{path}/ask", new { official, question = "?" }, "ask-1");
        JsonElement second = await city.PostAsync($"/{path}/ask", new { official, question = "?" }, "ask-1");
        Assert.True(second.GetProperty("repeated").GetBoolean());
        Assert.Equal(first.GetProperty("position").GetInt64(), second.GetProperty("position").GetInt64());

        // The same key at another twin is another command.
        Assert.False((await city.FileAsync("citizen/000000004004", key: "ask-1")).GetProperty("repeated").GetBoolean());
    }

    [Fact]
    public async Task A_repeated_batch_gives_the_first_answers()
    {
        object[] cases = [.. Enumerable.Range(0, 3).Select(i => new { kind = "dossier", service = RunningCity.Service, commune = RunningCity.Commune, citizen = "citizen/000000004005", channel = "app" })];
        JsonElement first = await city.PostAsync("/cases/batch", new { cases }, "batch-1");
        JsonElement second = await city.PostAsync("/cases/batch", new { cases }, "batch-1");
        Assert.Equal(
            first.GetProperty("results").EnumerateArray().Select(Id), second.GetProperty("results").EnumerateArray().Select(Id));
        await city.CaughtUpAsync();
        Assert.Equal(3, (await city.GetAsync("/cases?citizen=citizen/000000004005")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Items_of_a_batch_stand_or_are_refused_on_their_own()
    {
        object good = new { kind = "dossier", service = RunningCity.Service, commune = RunningCity.Commune, citizen = "citizen/000000004006", channel = "app" };
        object bad = new { kind = "dossier", service = "none", commune = RunningCity.Commune, citizen = "citizen/000000004006", channel = "app" };
        JsonElement answer = await city.PostAsync("/cases/batch", new { cases = new[] { good, bad, good } });
        JsonElement[] results = [.. answer.GetProperty("results").EnumerateArray()];
        Assert.Equal(["accepted", "invalid", "accepted"], results.Select(r => r.GetProperty("status").GetString()));
        Assert.Equal("$.cases[1].service", results[1].GetProperty("problem").GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("tab\tkey")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public async Task A_key_that_is_not_printable_is_refused(string key)
    {
        using HttpContent body = System.Net.Http.Json.JsonContent.Create(new { score = 1 });
        (int status, _) = await city.RefusedAsync(HttpMethod.Post, "/cases/000000000001/rate", body, key);
        Assert.Equal(400, status);
    }

    private static string Id(JsonElement answer) => answer.GetProperty("case").GetProperty("id").GetString()!;
}
