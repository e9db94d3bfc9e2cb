using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Live;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>A scenario that was asked for over HTTP: read, checked against its city, and made ready to run.</summary>
/// <remarks>Bases are bundled cities and the city that is served; a path of a folder is refused, for it would read this machine's files.</remarks>
internal static class ScenarioPlan
{
    private const int AttemptsMax = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads the live state where the run starts from it, then reads and compiles the scenario. The same at every node of a cluster.</summary>
    /// <exception cref="ProblemException">The scenario has mistakes, all of which are told.</exception>
    /// <exception cref="RunFailedException">It does not fit the live state.</exception>
    public static async Task<(Scenario Scenario, ScenarioVariants Variants)> ReadAsync(CityApi api, RunRequest request, CancellationToken stop)
    {
        if (!request.IsLive)
        {
            return Read(api, request);
        }
        await FollowedAsync(api, request.Position, stop);
        LiveCity live = await LiveState.ReadAsync(api, request.At!.Value, request.Position, stop);
        return Read(api, request, live, await LiveState.PolicyAsync(api, request.Position));
    }

    // The position is another node's, maybe, which this one has yet to hear of.
    private static async Task FollowedAsync(CityApi api, long position, CancellationToken stop)
    {
        for (int attempt = 0; api.Journal.Position < position; attempt++)
        {
            if (attempt == AttemptsMax)
            {
                throw new RunFailedException("the journal of the live state cannot be followed at one of the nodes");
            }
            await Task.Delay(Pause, stop);
        }
    }

    /// <summary>Reads and compiles a scenario.</summary>
    /// <param name="api">The running city.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="live">The live state, once it has been read; null: names are checked against the city as its folder has it.</param>
    /// <param name="policy">The policy in force at the live state; null: as the folder has it.</param>
    /// <exception cref="ProblemException">The scenario has mistakes, all of which are told.</exception>
    public static (Scenario Scenario, ScenarioVariants Variants) Read(CityApi api, RunRequest request, LiveCity? live = null, CityState? policy = null)
    {
        ScenarioReading reading = ScenarioFile.Parse(request.Scenario);
        if (reading.Scenario is not { } scenario)
        {
            throw new ProblemException(Mistaken(reading.Mistakes));
        }
        CityModel model = Model(api, request, scenario, live, policy);
        ScenarioVariants variants = ScenarioVariants.Of(request.Scenario, model, live, null, request.Sweep);
        return variants.Mistakes.IsEmpty ? (scenario, variants) : throw new ProblemException(Mistaken(variants.Mistakes));
    }

    /// <summary>How a scenario is run, with what was asked for instead.</summary>
    public static ScenarioRun Over(Scenario scenario, RunRequest request) => scenario.Run with
    {
        Replications = request.Replications ?? scenario.Run.Replications,
        ReplicationMax = Math.Max(scenario.Run.ReplicationMax, request.Replications ?? 0),
        Precision = request.PrecisionPoints / 100 ?? scenario.Run.Precision,
        Seed = request.Seed ?? scenario.Run.Seed,
        Confidence = request.Confidence ?? scenario.Run.Confidence,
    };

    /// <summary>Whether a scenario starts from the live state.</summary>
    public static bool IsLive(string? asked, string yaml) =>
        asked == "live" || (asked is null && ScenarioFile.Parse(yaml).Scenario?.Base.City == "live");

    /// <summary>What two runs must have in common to be compared replication by replication.</summary>
    public static string PairingKey(Scenario scenario, RunRequest request, ScenarioRun run)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(scenario.Base)} live {request.Position} seed {run.Seed}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    /// <summary>The problem that tells all mistakes of a scenario.</summary>
    public static Problem Mistaken(IEnumerable<ScenarioMistake> mistakes) => new(
        Problem.Prefix + "scenario-has-mistakes", "The scenario has mistakes", StatusCodes.Status400BadRequest, "Each with its line and column.",
        [.. mistakes.Select(m => new FieldError("$.scenario", m.What, m.Line, m.Column) { Code = m.Code, Values = m.Values, Nearest = m.Nearest })]);

    private static CityModel Model(CityApi api, RunRequest request, Scenario scenario, LiveCity? live, CityState? policy)
    {
        if (!request.IsLive && scenario.Base.City != api.Definition.Slug)
        {
            return BundledCities.Names.Contains(scenario.Base.City)
                ? ModelOfCity.From(BundledCities.Read(scenario.Base.City), scenario.Base.Assumptions)
                : throw new ProblemException(Mistaken([new ScenarioMistake(1, 1,
                    MistakeCode.UnknownCity, [scenario.Base.City, $"{api.Definition.Slug} or one of {string.Join(", ", BundledCities.Names)}"])]));
        }
        CityState state = policy ?? CityState.Absent;
        CityModel model = ModelOfCity.From(api.Definition with { Rules = CityPolicy.InForce(api.Definition.Rules, state) }, scenario.Base.Assumptions);
        Dictionary<TwinId, int> places = model.Offices.Index().ToDictionary(o => o.Item.Id, o => o.Index);
        model = model with
        {
            Offices = [.. model.Offices.Select(o => state.Successors.TryGetValue(o.Id, out TwinId heir) ? o with { Successor = places[heir] } : o)],
        };
        if (live is null)
        {
            return model;
        }
        (model, System.Collections.Immutable.ImmutableArray<string> unknown) = LiveModel.With(model, live);
        return unknown.IsEmpty ? model : throw new RunFailedException($"the live state has what {model.Name} has not: {string.Join("; ", unknown.Take(10))}");
    }
}
