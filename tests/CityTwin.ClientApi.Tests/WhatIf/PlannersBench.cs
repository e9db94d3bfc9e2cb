using System.Net.Http.Json;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

/// <summary>What a planner does at the API, in few words.</summary>
internal static class PlannersBench
{
    public const string Short = """
        name: Land desks
        base: {city: hue, start: 2026-02-02, days: 20, warm_up_days: 5, assume: {dossiers_per_day: 60}}
        run: {replications: 4, seed: 3}
        changes:
          - officers: {offices: communes, skills: land, add: 1}
        """;

    /// <summary>Takes minutes, if nobody stops it.</summary>
    public const string Long = """
        name: Ten years
        base: {city: hue, start: 2026-02-02, days: 3660, warm_up_days: 5}
        run: {replications: 2000}
        changes:
          - demand: {factor: 1.1}
        """;

    public static async Task<long> StartAsync(this RunningCity city, object body) => (await city.PostAsync("/whatif/runs", body)).GetProperty("id").GetInt64();

    public static Task<string> TextAsync(this RunningCity city, string address) => city.Http.GetStringAsync(new Uri(address, UriKind.Relative));

    /// <summary>Follows the run's events until the server ends them; gives every one.</summary>
    public static async Task<List<JsonElement>> FollowAsync(this RunningCity city, long id)
    {
        await using Stream stream = await city.Http.GetStreamAsync(new Uri($"/whatif/runs/{id}/events", UriKind.Relative));
        using var reader = new StreamReader(stream);
        var told = new List<JsonElement>();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                told.Add(JsonDocument.Parse(line[6..]).RootElement);
            }
        }
        return told;
    }

    /// <summary>Runs a scenario to its end.</summary>
    public static async Task<JsonElement> DoneAsync(this RunningCity city, object body)
    {
        List<JsonElement> told = await city.FollowAsync(await city.StartAsync(body));
        Assert.True(told[^1].GetProperty("status").GetString() == "done", told[^1].ToString());
        return told[^1];
    }

    public static JsonContent Json(object body) => JsonContent.Create(body);

    public static double Estimate(this JsonElement figure, string of) => figure.GetProperty(of).GetProperty("estimate").GetDouble();
}
