using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Simulation;
using CityTwin.Simulation.Calibration;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Logs;
using CityTwin.Simulation.Reports;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Does runs: of scenarios, and of calibrations from the live journal.</summary>
/// <param name="api">The running city.</param>
/// <param name="options">Limits.</param>
/// <param name="pool">Simulates replications in more places than this process; null: here alone.</param>
internal sealed class RunWork(CityApi api, WhatIfOptions options, IReplicationPool? pool)
{
    private const int BytesPerPlace = 56;
    private const int Thousand = 1_000;

    // Of a calibration's thousandths: what its fit takes, as measured on a city's journal of some weeks (7 s of 16 s with 47,000 events).
    private const int FitShare = 400;

    /// <summary>Does one run.</summary>
    /// <exception cref="RunFailedException">It cannot be done.</exception>
    public RunResult Do(RunRequest request, RunTelling telling, CancellationToken stop)
    {
        try
        {
            return request.IsCalibration ? Calibrate(request, telling, stop) : Simulate(request, telling, stop);
        }
        catch (ProblemException e)
        {
            throw new RunFailedException($"{e.Problem.Title}: {string.Join("; ", e.Problem.Errors?.Select(m => $"{m.Line}:{m.Column}: {m.Reason}") ?? [])}");
        }
        catch (RuntimeUnavailableException)
        {
            throw new RunFailedException("the live city could not be read: it started, recovered or stopped");
        }
    }

    private RunResult Simulate(RunRequest request, RunTelling telling, CancellationToken stop)
    {
        telling.Begin(RunStage.Reading);
        (Scenario scenario, ScenarioVariants variants) = ScenarioPlan.ReadAsync(api, request, stop).GetAwaiter().GetResult();
        ScenarioRun run = ScenarioPlan.Over(scenario, request);
        Bound(variants, run);
        telling.Begin(RunStage.Simulating);
        WhatIfResult result = WhatIfRun.Of(scenario.Name, variants.Timelines, run, telling.Tell, Pace(request, isTornado: false, stop), stop);
        if (request.Tornado)
        {
            telling.Begin(RunStage.Sensitivities);
            Timeline last = variants.Timelines[^1].Timeline;
            // Its intervals are of other variants than those that were asked for.
            result = result with { Sensitivities = Tornado.Of(last, run, p => telling.Tell(p with { SoFar = null }), Pace(request, isTornado: true, stop), stop) };
        }
        if (request.BestPoints is { } points && result.Variants.Length > 2)
        {
            telling.Begin(RunStage.Choosing);
            result = result with { Choice = PlanChoice.Of(result, points, telling.Tell, stop) };
        }
        telling.Begin(RunStage.Writing);
        result = result with { Savings = variants.Savings, Named = variants.Named };
        return new RunResult(
            new Dictionary<string, string>
            {
                ["scenario.yaml"] = request.Scenario,
                ["result.json"] = ResultFiles.ToJson(result),
                ["replications.csv"] = ResultFiles.Csv(result),
                ["report.html"] = HtmlReport.Of(result, scenario.Description, variants.Line),
                [RunCharts.FileName] = JsonSerializer.Serialize(ChartsOfResult.Of(result, variants), ApiJson.Default.RunCharts),
                [PairedFigures.FileName] = JsonSerializer.Serialize(PairedFigures.Of(result), RunJson.Default.PairedFigures),
            },
            ScenarioPlan.PairingKey(scenario, request, run),
            ChartsOfResult.Figures(result, result.Variants.Length - 1));
    }

    private RunPace Pace(RunRequest request, bool isTornado, CancellationToken stop) => pool is null
        ? new RunPace(options.Threads, LowPriority.Enter)
        : new RunPace(pool.Threads, LowPriority.Enter)
        {
            Elsewhere = (variant, replication) => pool.Simulate(new ReplicationPlace(request, isTornado, variant, replication), stop),
        };

    // What is kept of every replication, before the first one is run.
    private void Bound(ScenarioVariants variants, ScenarioRun run)
    {
        Timeline first = variants.Timelines[0].Timeline;
        CityModel model = first.Phases[0].Model;
        long perReplication = ((model.Offices.Length + model.Desks.Length) * BytesPerPlace) + (first.Days * sizeof(int)) + 1_000L;
        long most = run.Precision is null ? run.Replications : run.ReplicationMax;
        long bytes = perReplication * most * variants.Timelines.Length;
        if (bytes > options.ResultBytesMax)
        {
            throw new RunFailedException(
                $"its results would take {bytes >> 20:N0} MiB, at most {options.ResultBytesMax >> 20:N0} are allowed: fewer replications or combinations");
        }
    }

    private RunResult Calibrate(RunRequest request, RunTelling telling, CancellationToken stop)
    {
        telling.Begin(RunStage.Reading);
        EventLog log = LiveLog.Read(api, request.Position, options.CalibrationEventsMax, stop);
        telling.Begin(RunStage.Fitting);
        LogFit fit = LogFit.Of(log, request.Seed!.Value, p => telling.Tell(FitShare * p.Done / p.Total, Thousand), stop);
        telling.Begin(RunStage.Foretelling);
        Backtest backtest;
        try
        {
            backtest = Backtest.Of(
                log, request.Split, request.Replications!.Value, request.Seed.Value, p => telling.Tell(FitShare + ((Thousand - FitShare) * p.Done / p.Total), Thousand),
                new RunPace(options.Threads, LowPriority.Enter), stop);
        }
        catch (FormatException e)
        {
            throw new RunFailedException($"the journal is too short: {e.Message}");
        }
        telling.Begin(RunStage.Writing);
        return new RunResult(
            new Dictionary<string, string>
            {
                ["result.json"] = $"{{\"fit\":{CalibrationFiles.ToJson(fit)},\"backtest\":{CalibrationFiles.ToJson(backtest)}}}",
                ["report.html"] = CalibrationReport.Of($"The journal of {api.Definition.NameEn}", fit, backtest),
                [CalibrationReadings.FileName] = JsonSerializer.Serialize(
                    CalibrationReadings.Of(log, fit, backtest, OfficesByName()), RunJson.Default.CalibrationReading),
            },
            null,
            null);
    }

    private Dictionary<string, TwinId> OfficesByName() =>
        api.Definition.Offices.GroupBy(o => o.Profile.NameVi).ToDictionary(g => g.Key, g => g.First().Profile.Id);
}
