using System.Net;
using System.Text.Json;
using CityTwin.ClientApi.WhatIf;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.ClientApi.Tests;

public sealed class RunQueueTests
{
    [Fact]
    public async Task The_queue_is_bounded_and_a_run_can_be_stopped_while_it_runs_and_while_it_waits()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        long first = await city.StartAsync(new { scenario = PlannersBench.Long });
        await ReachedAsync(city, first, "running");
        var waiting = new List<long>();
        for (int i = 0; i < 8; i++)
        {
            waiting.Add(await city.StartAsync(new { scenario = PlannersBench.Short }));
        }
        using (HttpResponseMessage full = await city.SendAsync(HttpMethod.Post, "/whatif/runs", PlannersBench.Json(new { scenario = PlannersBench.Short })))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, full.StatusCode);
            Assert.NotNull(full.Headers.RetryAfter);
        }
        Assert.Equal("cancelled", (await city.PostAsync($"/whatif/runs/{waiting[0]}/cancel", new { })).GetProperty("status").GetString());
        foreach (long id in waiting[1..])
        {
            using HttpResponseMessage gone = await city.SendAsync(HttpMethod.Delete, $"/whatif/runs/{id}");
            Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        }
        await city.PostAsync($"/whatif/runs/{first}/cancel", new { });
        Assert.Equal("cancelled", (await city.FollowAsync(first))[^1].GetProperty("status").GetString());
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Get, $"/whatif/runs/{first}/result");
        Assert.Equal((409, "urn:citytwin:problem:run-without-result"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal([waiting[0], first], (await city.GetAsync("/whatif/runs")).GetProperty("items").EnumerateArray().Select(r => r.GetProperty("id").GetInt64()));
    }

    [Fact]
    public async Task Runs_survive_a_restart_with_their_results_and_what_was_running_goes_on()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        long done = (await city.DoneAsync(new { scenario = PlannersBench.Short })).GetProperty("id").GetInt64();
        await city.PostAsync($"/whatif/runs/{done}/keep", new { name = "Keep me", kept = true });
        string before = (await city.GetAsync($"/whatif/runs/{done}/result")).GetRawText();
        long running = await city.StartAsync(new { scenario = PlannersBench.Long });
        await ReachedAsync(city, running, "running");
        await city.RestartAsync();

        JsonElement kept = await city.GetAsync($"/whatif/runs/{done}");
        Assert.Equal(("Keep me", true, "done"), (kept.GetProperty("name").GetString(), kept.GetProperty("kept").GetBoolean(), kept.GetProperty("status").GetString()));
        Assert.Equal(before, (await city.GetAsync($"/whatif/runs/{done}/result")).GetRawText());
        await ReachedAsync(city, running, "running");
        using HttpResponseMessage gone = await city.SendAsync(HttpMethod.Delete, $"/whatif/runs/{running}");
        Assert.Equal(404, (await city.RefusedAsync(HttpMethod.Get, $"/whatif/runs/{running}")).Status);
    }

    [Fact]
    public async Task Runs_of_one_base_are_compared_pair_by_pair_and_others_are_not()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        long one = (await city.DoneAsync(new { scenario = PlannersBench.Short })).GetProperty("id").GetInt64();
        long three = (await city.DoneAsync(new { scenario = PlannersBench.Short.Replace("add: 1", "add: 3", StringComparison.Ordinal), replications = 6 })).GetProperty("id").GetInt64();
        JsonElement compared = await city.GetAsync($"/whatif/compare?runs={one},{three}");
        Assert.Equal(4, compared.GetProperty("replications").GetInt32());
        JsonElement figure = compared.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("key").GetString() == "utilisation");
        JsonElement[] fromBase = [.. figure.GetProperty("fromBase").EnumerateArray()];
        double between = figure.GetProperty("between")[0].Estimate("difference");
        Assert.Equal(fromBase[1].GetProperty("estimate").GetDouble() - fromBase[0].GetProperty("estimate").GetDouble(), between, 4);
        Assert.True(between < 0, "three clerks more have less to do than one more");

        long other = (await city.DoneAsync(new { scenario = PlannersBench.Short, seed = 4 })).GetProperty("id").GetInt64();
        Assert.Equal("urn:citytwin:problem:runs-not-comparable", (await city.RefusedAsync(HttpMethod.Get, $"/whatif/compare?runs={one},{other}")).Problem.GetProperty("type").GetString());
        foreach (string runs in new[] { "", "1,1", "1,2,3,4,5,6,7" })
        {
            Assert.Equal(400, (await city.RefusedAsync(HttpMethod.Get, "/whatif/compare?runs=" + runs)).Status);
        }
        Assert.Equal(404, (await city.RefusedAsync(HttpMethod.Get, "/whatif/compare?runs=99")).Status);
    }

    [Fact]
    public async Task A_calibration_fits_the_journal_and_says_how_far_to_trust_it()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement early = (await city.FollowAsync((await city.PostAsync("/whatif/calibrations", new { })).GetProperty("id").GetInt64()))[^1];
        Assert.Equal("failed", early.GetProperty("status").GetString());
        Assert.Contains("a calibration needs", early.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Empty((await city.GetAsync("/whatif/calibration")).EnumerateObject());

        DateTimeOffset now = RunningCity.Start;
        for (int i = 0; i < 120; i++)
        {
            (string id, _, string official) = await city.TakenAsync($"citizen/{i + 1:D12}");
            now = now.AddMinutes(7 + (i % 5));
            await city.PostAsync("/clock", new { to = now });
            await city.PostAsync($"/{RunningCity.Plural(id)}/resolve", new { official });
        }
        long run = (await city.PostAsync("/whatif/calibrations", new { replications = 20 })).GetProperty("id").GetInt64();
        List<JsonElement> told = await city.FollowAsync(run);
        Assert.Equal("done", told[^1].GetProperty("status").GetString());
        Assert.All(told.Where(t => t.GetProperty("total").GetInt32() > 0), t => Assert.Equal(1_000, t.GetProperty("total").GetInt32()));
        Assert.Equal(1_000, told[^1].GetProperty("done").GetInt32());
        JsonElement result = await city.GetAsync($"/whatif/runs/{run}/result");
        JsonElement office = Assert.Single(result.GetProperty("fit").GetProperty("offices").EnumerateArray());
        Assert.Equal(1, office.GetProperty("onTime").GetDouble());
        Assert.NotEmpty(result.GetProperty("backtest").GetProperty("offices")[0].GetProperty("trust").GetString()!);
        Assert.Contains("How far to trust", await city.TextAsync($"/whatif/runs/{run}/report"), StringComparison.Ordinal);
        foreach (string address in new[] { "/whatif/calibration", $"/whatif/calibration?run={run}" })
        {
            JsonElement latest = await city.GetAsync(address);
            Assert.Equal(run, latest.GetProperty("run").GetProperty("id").GetInt64());
            Assert.False(latest.TryGetProperty("pending", out _));
            JsonElement line = Assert.Single(latest.GetProperty("calibration").GetProperty("offices").EnumerateArray());
            Assert.StartsWith("commune/", line.GetProperty("office").GetString(), StringComparison.Ordinal);
            Assert.Contains(line.GetProperty("trust").GetString(), (string[])["good", "fair", "poor"]);
            Assert.InRange(line.GetProperty("fit").GetProperty("ksPValue").GetDouble(), 0.01, 1);
            Assert.Equal(3, line.GetProperty("otherFits").GetArrayLength());
            Assert.InRange(line.GetProperty("daysError").GetDouble(), 0, 10);
        }
        Assert.Equal(404, (await city.RefusedAsync(HttpMethod.Get, "/whatif/calibration?run=99")).Status);
        Assert.Equal("runs-not-comparable", (await city.RefusedAsync(HttpMethod.Get, $"/whatif/compare?runs={run}")).Problem.GetProperty("type").GetString()!.Split(':')[^1]);
    }

    [Fact]
    public async Task A_run_that_does_not_end_with_the_shutdown_is_left_to_itself_and_queued_again()
    {
        string folder = Directory.CreateTempSubdirectory("citytwin-runs-").FullName;
        using ManualResetEventSlim begun = new();
        using ManualResetEventSlim stubborn = new();
        var store = new RunStore(folder, new WhatIfOptions(), NullLogger.Instance);
        RunQueue queue = new(store, (_, _, stop) =>
        {
            begun.Set();
            stubborn.Wait(CancellationToken.None);
            stop.ThrowIfCancellationRequested();
            throw new InvalidOperationException("it was not stopped");
        }, new WhatIfOptions(), NullLogger.Instance);
        await queue.StartAsync(TestContext.Current.CancellationToken);
        long id = queue.Add(new RunRequest(), "stubborn", "test")!.Id;
        Assert.True(begun.Wait(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        using CancellationTokenSource limit = new();
        await limit.CancelAsync();

        await queue.StopAsync(limit.Token);
        queue.Dispose();
        Assert.Equal(RunStatus.Running, queue.Find(id)!.Reading.Status);

        stubborn.Set();
        await queue.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Queued, store.Load().Single(r => r.Reading.Id == id).Reading.Status);
        queue.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static Task ReachedAsync(RunningCity city, long id, string status) =>
        Patience.UntilAsync(async () => (await city.GetAsync($"/whatif/runs/{id}")).GetProperty("status").GetString() == status, $"run {id} is {status}");
}
