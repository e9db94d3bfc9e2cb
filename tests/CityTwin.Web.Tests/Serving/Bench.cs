using System.Globalization;
using System.Text.Json;

namespace CityTwin.Web.Tests;

/// <summary>What planners had done before a page is opened: runs and calibrations, small ones.</summary>
internal static class Bench
{
    /// <summary>A tenth of Huế's dossiers for three weeks: a run of it takes a fraction of a second.</summary>
    public const string Base = """
        base: {city: hue, start: 2026-02-02, days: 20, warm_up_days: 5, assume: {dossiers_per_day: 60}}
        run: {replications: 6, seed: 3}

        """;

    /// <summary>A tenth of the officers' help, over and over: minutes, if nobody stops it.</summary>
    public const string Long = "name: Ten years\nbase: {city: hue, start: 2026-02-02, days: 3660, warm_up_days: 5}\nrun: {replications: 500}\nchanges:\n  - demand: {factor: 1.1}\n";

    /// <summary>Years of it, until the difference is known more precisely than ever happens.</summary>
    public const string Precise = "name: As precise as can be\nbase: {city: hue, start: 2026-02-02, days: 400, warm_up_days: 5, assume: {dossiers_per_day: 60}}\nrun: {replications: 2, seed: 3, precision: 0.0001}\nchanges:\n  - absence: {offices: communes, share: 30%}\n";

    public const string Absent = "name: Half of the officers away\n" + Base + "changes:\n  - absence: {offices: communes, share: 50%}\n";

    public const string More = "name: One officer more\n" + Base + "changes:\n  - officers: {offices: communes, add: 1}\n";

    public const string Swept = "name: How many officers\n" + Base + "changes:\n  - absence: {share: 40%}\n  - officers: {offices: communes, add: $officers}\n  - simplify: {share: 20%}\nsweep:\n  officers: 0..2\n";

    /// <summary>Starts a run; gives its number.</summary>
    public static async Task<long> StartAsync(this ServedCity city, string scenario, bool tornado = false, long? seed = null) =>
        (await city.PostAsync("/whatif/runs", seed is null ? new { scenario, tornado } : new { scenario, tornado, seed })).GetProperty("id").GetInt64();

    /// <summary>Runs a scenario to its end; gives its number.</summary>
    public static async Task<long> DoneAsync(this ServedCity city, string scenario, bool tornado = false, long? seed = null)
    {
        long run = await city.StartAsync(scenario, tornado, seed);
        Assert.Equal("done", await city.EndAsync(run));
        return run;
    }

    /// <summary>Waits for a run's end by its events, which end with it; gives its status.</summary>
    public static async Task<string> EndAsync(this ServedCity city, long run)
    {
        await city.Http.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/whatif/runs/{run}/events"), UriKind.Relative));
        return (await city.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/whatif/runs/{run}"))).GetProperty("status").GetString()!;
    }

    /// <summary>Has a hundred and twenty dossiers worked on, one after another: enough to fit and to compare with. The city's clock must be a driven one.</summary>
    public static async Task WorkAsync(this ServedCity city)
    {
        DateTimeOffset now = (await city.GetAsync("/clock")).GetProperty("now").GetDateTimeOffset();
        for (int i = 0; i < 120; i++)
        {
            (string number, string desk) = await city.FileAsync(citizen: $"citizen/{i + 1:D12}");
            JsonElement official = (await city.GetAsync($"/desks/{desk}")).GetProperty("officials")[0];
            await city.PostAsync($"/desks/{desk}/start", new { official, @case = $"case/{number}" });
            now = now.AddMinutes(7 + (i % 5));
            await city.AdvanceAsync(now);
            await city.PostAsync($"/cases/{number}/resolve", new { official });
        }
    }

    /// <summary>Calibrates; gives the run's number.</summary>
    public static async Task<long> CalibratedAsync(this ServedCity city)
    {
        long run = (await city.PostAsync("/whatif/calibrations", new { replications = 20 })).GetProperty("id").GetInt64();
        Assert.Equal("done", await city.EndAsync(run));
        return run;
    }
}
