using System.Collections.Frozen;
using System.Globalization;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Runs: start, follow, cancel, keep, compare, and take their results.</summary>
internal static class RunEndpoints
{
    private const string Tag = ScenarioEndpoints.Tag;
    private const string RetrySeconds = "5";
    private static readonly QueryDoc[] CompareQuery = [new("runs", $"The numbers of 1 to {RunComparison.Max} runs, separated by commas.")];
    private static readonly FrozenSet<string> CompareNames = FrozenSet.Create("runs");

    /// <summary>Adds the routes.</summary>
    public static void MapRuns(this IEndpointRouteBuilder routes, CityApi api, RunQueue queue, WhatIfOptions options)
    {
        routes.Post("/whatif/runs", new RouteDoc(Tag, "StartRun", "Starts a run of a scenario; 429 when too many wait") { Body = typeof(StartRunBody), Answer = typeof(RunReading), Status = StatusCodes.Status202Accepted, MoreProblems = [429] }, http =>
            StartAsync(api, queue, options, http));
        routes.Post("/whatif/calibrations", new RouteDoc(Tag, "StartCalibration", "Fits the journal and backtests the fit: how far to trust the model, per office") { Body = typeof(StartCalibrationBody), Answer = typeof(RunReading), Status = StatusCodes.Status202Accepted, MoreProblems = [429] }, http =>
            CalibrateAsync(api, queue, options, http));
        routes.Get("/whatif/runs", new RouteDoc(Tag, "ListRuns", "All runs, the newest first") { Answer = typeof(RunListAnswer) }, http =>
        {
            ScenarioEndpoints.Refuse(http);
            return Answers.JsonAsync(http, new RunListAnswer(queue.List()), ApiJson.Default.RunListAnswer);
        });
        routes.Get("/whatif/runs/{id}", new RouteDoc(Tag, "GetRun", "A run: how far it is, and its figures once it is done") { Answer = typeof(RunReading) }, http =>
        {
            ScenarioEndpoints.Refuse(http);
            return AnswerAsync(http, Find(queue, http).Reading);
        });
        routes.Post("/whatif/runs/{id}/keep", new RouteDoc(Tag, "KeepRun", "Names a run, or says whether it stays when room is needed") { Body = typeof(KeepRunBody), Answer = typeof(RunReading) }, async http =>
        {
            KeepRunBody body = await BodyReader.ReadAsync(http, ApiJson.Default.KeepRunBody);
            Mistakes mistakes = default;
            RunBodies.Check(body, ref mistakes);
            mistakes.ThrowIfAny();
            await ChangeAsync(queue, http, id => queue.Keep(id, body.Name, body.Kept));
        });
        routes.Post("/whatif/runs/{id}/cancel", new RouteDoc(Tag, "CancelRun", "Stops a run; one that has ended stays as it is") { Answer = typeof(RunReading) }, http =>
            ChangeAsync(queue, http, queue.Cancel));
        routes.Delete("/whatif/runs/{id}", new RouteDoc(Tag, "DeleteRun", "Stops a run and removes it with its results") { Answer = typeof(RunReading) }, http =>
            ChangeAsync(queue, http, queue.Remove));
        routes.Get("/whatif/compare", new RouteDoc(Tag, "CompareRuns", "Paired differences, with intervals, of runs of one base") { Answer = typeof(ComparisonAnswer), Query = CompareQuery, MoreProblems = [409] }, http =>
            Answers.JsonAsync(http, RunComparison.Of(Wanted(queue, http), queue), ApiJson.Default.ComparisonAnswer));
        routes.MapRunResults(queue);
    }

    /// <summary>The run whose number stands in the address.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static KeptRun Find(RunQueue queue, HttpContext http) => Find(queue, (string?)http.Request.RouteValues["id"] ?? "");

    private static KeptRun Find(RunQueue queue, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) && queue.Find(id) is { } run
            ? run
            : throw new ProblemException(RunProblems.Unknown(text));

    private static async Task StartAsync(CityApi api, RunQueue queue, WhatIfOptions options, HttpContext http)
    {
        StartRunBody body = await BodyReader.ReadAsync(http, ApiJson.Default.StartRunBody);
        Mistakes mistakes = default;
        RunRequest request = RunBodies.Request(body, ref mistakes);
        DateTimeOffset now = api.Runtime.Clock.Now;
        if (body.At > now)
        {
            mistakes.Add("$.at", $"is in the future: the city's time is {now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
        }
        mistakes.ThrowIfAny();
        // The names are checked before anything waits; the live state is read when the run begins, as of the moment of asking.
        Scenario scenario = ScenarioPlan.Read(api, request).Scenario;
        if (request.IsLive)
        {
            DateTimeOffset at = (body.At ?? now).ToUniversalTime();
            request = request with { At = at, Position = body.At is null ? api.Journal.Position : api.Journal.PositionAt(at) };
        }
        await AcceptAsync(http, queue.Add(request, body.Name ?? scenario.Name, request.IsLive ? "live" : scenario.Base.City), options);
    }

    private static async Task CalibrateAsync(CityApi api, RunQueue queue, WhatIfOptions options, HttpContext http)
    {
        StartCalibrationBody body = await BodyReader.ReadAsync(http, ApiJson.Default.StartCalibrationBody);
        Mistakes mistakes = default;
        RunRequest request = RunBodies.Request(body, ref mistakes);
        mistakes.ThrowIfAny();
        request = request with { At = api.Runtime.Clock.Now, Position = api.Journal.Position };
        await AcceptAsync(http, queue.Add(request, body.Name ?? $"Calibration {request.At:yyyy-MM-dd}", "journal"), options);
    }

    private static Task AcceptAsync(HttpContext http, RunReading? run, WhatIfOptions options)
    {
        if (run is null)
        {
            http.Response.Headers.RetryAfter = RetrySeconds;
            throw new ProblemException(RunProblems.TooMany(options.QueueMax));
        }
        http.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"/whatif/runs/{run.Id}");
        return AnswerAsync(http, run, StatusCodes.Status202Accepted);
    }

    private static Task ChangeAsync(RunQueue queue, HttpContext http, Func<long, RunReading?> change)
    {
        long id = Find(queue, http).Reading.Id;
        return AnswerAsync(http, change(id) ?? throw new ProblemException(RunProblems.Unknown(id.ToString(CultureInfo.InvariantCulture))));
    }

    private static Task AnswerAsync(HttpContext http, RunReading run, int status = StatusCodes.Status200OK) =>
        Answers.JsonAsync(http, run, ApiJson.Default.RunReading, status);

    private static RunReading[] Wanted(RunQueue queue, HttpContext http)
    {
        var query = new QueryReader(http, CompareNames);
        string[] ids = (query.Text("runs") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.Length is 0 or > RunComparison.Max || ids.Distinct().Count() != ids.Length)
        {
            query.Add("runs", $"expected the numbers of 1 to {RunComparison.Max} different runs, as 3,5,8");
        }
        query.ThrowIfAny();
        return [.. ids.Select(i => Find(queue, i).Reading)];
    }
}
