using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>How far to trust the model, as the latest calibration found it.</summary>
internal static class CalibrationEndpoints
{
    private static readonly QueryDoc[] Query = [new("run", "The number of a calibration. Default: the newest that is done.")];
    private static readonly FrozenSet<string> Names = FrozenSet.Create("run");

    /// <summary>Adds the route.</summary>
    public static void MapCalibration(this IEndpointRouteBuilder routes, RunQueue queue) => routes.Get(
        "/whatif/calibration",
        new RouteDoc(ScenarioEndpoints.Tag, "GetCalibration", "How far to trust the model, by office: fits, goodness of fit, errors of the backtest, and the calibration that is under way")
        {
            Answer = typeof(CalibrationAnswer),
            Query = Query,
        },
        http => Answers.JsonAsync(http, Latest(queue, http), ApiJson.Default.CalibrationAnswer));

    private static CalibrationAnswer Latest(RunQueue queue, HttpContext http)
    {
        var query = new QueryReader(http, Names);
        string? asked = query.Text("run");
        query.ThrowIfAny();
        RunReading[] all = [.. queue.List().Where(r => r.Kind == "calibration")];
        RunReading? pending = all.FirstOrDefault(r => !r.IsFinished);
        if (asked is not null)
        {
            RunReading run = all.FirstOrDefault(r => r.Id.ToString(CultureInfo.InvariantCulture) == asked) ?? throw new ProblemException(RunProblems.Unknown(asked));
            return new CalibrationAnswer(run, pending, Read(queue, run) ?? throw new ProblemException(RunProblems.NoResult(run)));
        }
        foreach (RunReading run in all)
        {
            if (Read(queue, run) is { } found)
            {
                return new CalibrationAnswer(run, pending, found);
            }
        }
        return new CalibrationAnswer(null, pending, null);
    }

    private static CalibrationReading? Read(RunQueue queue, RunReading run)
    {
        try
        {
            return run.Status == RunStatus.Done && queue.PathOf(run.Id, CalibrationReadings.FileName) is { } path
                ? JsonSerializer.Deserialize(File.ReadAllText(path), RunJson.Default.CalibrationReading)
                : null;
        }
        catch (IOException)
        {
            // It was removed meanwhile.
            return null;
        }
    }
}
