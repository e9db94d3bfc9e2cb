using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>What a run tells while it goes on, and what it leaves.</summary>
internal static class RunResultEndpoints
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Adds the routes.</summary>
    public static void MapRunResults(this IEndpointRouteBuilder routes, RunQueue queue)
    {
        IHostApplicationLifetime lifetime = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        routes.Get("/whatif/runs/{id}/events", new RouteDoc(ScenarioEndpoints.Tag, "FollowRun", "The run at every change, as server-sent events named run, until it has ended") { Media = ["text/event-stream"] }, http =>
            FollowAsync(queue, http, lifetime.ApplicationStopping));
        routes.Get("/whatif/runs/{id}/scenario", new RouteDoc(ScenarioEndpoints.Tag, "GetRunScenario", "The text of a run's scenario, from its beginning on: what has failed can be mended"), async http =>
        {
            ScenarioEndpoints.Refuse(http);
            KeptRun run = RunEndpoints.Find(queue, http);
            if (run.Request.IsCalibration)
            {
                throw new ProblemException(RunProblems.NoResult(run.Reading));
            }
            http.Response.ContentType = "application/yaml; charset=utf-8";
            await http.Response.WriteAsync(run.Request.Scenario, http.RequestAborted);
        });
        Map(routes, queue, "result", "GetRunResult", "A run's figures with intervals and differences, by variant and office; of a calibration: the fit and the backtest", "result.json", "application/json");
        Map(routes, queue, "charts", "GetRunCharts", "What a run showed, ready for charts: figures, backlog bands, offices, desks, sensitivities", RunCharts.FileName, "application/json", typeof(RunCharts));
        Map(routes, queue, "replications", "GetRunReplications", "Every figure of every replication, CSV", "replications.csv", "text/csv");
        Map(routes, queue, "report", "GetRunReport", "A run's report: one HTML file that needs nothing else", "report.html", "text/html");
    }

    private static void Map(IEndpointRouteBuilder routes, RunQueue queue, string last, string name, string summary, string file, string type, Type? answer = null) =>
        routes.Get($"/whatif/runs/{{id}}/{last}", new RouteDoc(ScenarioEndpoints.Tag, name, summary) { Answer = answer, Media = [type], MoreProblems = [409] }, async http =>
        {
            ScenarioEndpoints.Refuse(http);
            RunReading run = RunEndpoints.Find(queue, http).Reading;
            string path = queue.PathOf(run.Id, file) is { } found && run.Status == RunStatus.Done ? found : throw new ProblemException(RunProblems.NoResult(run));
            http.Response.ContentType = $"{type}; charset=utf-8";
            // The report is read in the browser; saved, it has a name that tells which run it is of.
            http.Response.Headers.ContentDisposition = $"{(type == "text/csv" ? "attachment" : "inline")}; filename=\"citytwin-run-{run.Id}-{file}\"";
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
            await http.Response.SendFileAsync(path, http.RequestAborted);
        });

    private static async Task FollowAsync(RunQueue queue, HttpContext http, CancellationToken stopping)
    {
        ScenarioEndpoints.Refuse(http);
        long id = RunEndpoints.Find(queue, http).Reading.Id;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            await SseFormatter.WriteAsync(
                ChangesAsync(queue, id, ends.Token),
                http.Response.Body,
                (item, buffer) =>
                {
                    using var writer = new Utf8JsonWriter(buffer);
                    JsonSerializer.Serialize(writer, item.Data, ApiJson.Default.RunReading);
                },
                ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The watcher left, or the server stops.
        }
    }

    private static async IAsyncEnumerable<SseItem<RunReading>> ChangesAsync(RunQueue queue, long id, [EnumeratorCancellation] CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval);
        RunReading? told = null;
        do
        {
            if (queue.Find(id)?.Reading is not { } now)
            {
                yield break;
            }
            if (now != told)
            {
                told = now;
                yield return new SseItem<RunReading>(now, "run");
            }
        }
        while (!told.IsFinished && await timer.WaitForNextTickAsync(stop));
    }
}
