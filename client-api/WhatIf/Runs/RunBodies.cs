using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Starts a run of a scenario.</summary>
/// <param name="Scenario">YAML as a text, or the same as a JSON object. Required, at most 200,000 characters.</param>
/// <param name="Name">The run's name, at most 200 characters. Default: the scenario's.</param>
/// <param name="Base">scenario (default: as it says) or live: from this city as it stands.</param>
/// <param name="At">With live: as of this moment, not in the future. Default: now.</param>
/// <param name="Replications">Paired replications, 2 to 2,000. Default: the scenario's.</param>
/// <param name="PrecisionPoints">Go on until the difference on time is known to so many points, 0.01 to 50.</param>
/// <param name="Seed">Seed of all chance, 0 to 2,147,483,647.</param>
/// <param name="Confidence">Level of the intervals, 0.5 to 0.999.</param>
/// <param name="Sweep">Whether the values under the scenario's sweep are all run. Default true.</param>
/// <param name="Tornado">Whether each assumption is also run a fifth less and more. Default false.</param>
/// <param name="BestPoints">With a sweep: also choose the best combination, where differences of so many points on time do not matter, 0.01 to 50.</param>
internal sealed record StartRunBody(
    [property: Required] JsonElement? Scenario = null, string? Name = null, string? Base = null, DateTimeOffset? At = null, int? Replications = null,
    double? PrecisionPoints = null, int? Seed = null, double? Confidence = null, bool? Sweep = null, bool? Tornado = null,
    double? BestPoints = null);

/// <summary>Checks a scenario.</summary>
/// <param name="Scenario">YAML as a text, or the same as a JSON object. Required.</param>
internal sealed record ValidateBody([property: Required] JsonElement? Scenario = null);

/// <summary>Fits the live journal and backtests the fit.</summary>
/// <param name="Name">The run's name, at most 200 characters.</param>
/// <param name="Split">The share of the cases that is fitted, 0.1 to 0.9. Default 0.7.</param>
/// <param name="Replications">How often the rest is simulated, 10 to 1,000. Default 100.</param>
/// <param name="Seed">Seed of all chance, 0 to 2,147,483,647. Default 1.</param>
internal sealed record StartCalibrationBody(string? Name = null, double? Split = null, int? Replications = null, int? Seed = null);

/// <summary>Names a run, or says whether it stays when room is needed.</summary>
/// <param name="Name">The new name, 1 to 200 characters; left out: as it is.</param>
/// <param name="Kept">True: it is never removed to make room.</param>
internal sealed record KeepRunBody(string? Name = null, bool? Kept = null);

/// <summary>What is wrong with bodies.</summary>
internal static class RunBodies
{
    private const int ScenarioMax = 200_000;
    private const int NameMax = 200;

    /// <summary>The text of a scenario that came as a text or as an object.</summary>
    public static string Text(JsonElement? given, ref Mistakes mistakes)
    {
        JsonElement scenario = given ?? default;
        string? text = scenario.ValueKind switch
        {
            JsonValueKind.String => Unicode(scenario),
            // JSON is YAML.
            JsonValueKind.Object => scenario.GetRawText(),
            _ => null,
        };
        if (string.IsNullOrWhiteSpace(text) || text.Length > ScenarioMax)
        {
            mistakes.Add("$.scenario", $"expected YAML as a text, or an object, of 1 to {ScenarioMax} characters");
        }
        return text ?? "";
    }

    /// <summary>The request that a body stands for; the moment of a live start is set by the caller.</summary>
    public static RunRequest Request(StartRunBody body, ref Mistakes mistakes)
    {
        string text = Text(body.Scenario, ref mistakes);
        mistakes.OptionalText("$.name", body.Name, NameMax);
        if (body.Base is not (null or "scenario" or "live"))
        {
            mistakes.Add("$.base", "expected scenario or live");
        }
        Within("$.replications", body.Replications, 2, 2_000, ref mistakes);
        Within("$.precisionPoints", body.PrecisionPoints, 0.01, 50, ref mistakes);
        Within("$.seed", body.Seed, 0, int.MaxValue, ref mistakes);
        Within("$.confidence", body.Confidence, 0.5, 0.999, ref mistakes);
        Within("$.bestPoints", body.BestPoints, 0.01, 50, ref mistakes);
        bool isLive = ScenarioPlan.IsLive(body.Base, text);
        if (body.At is not null && !isLive)
        {
            mistakes.Add("$.at", "only a run from the live state has a moment: set base to live");
        }
        return new RunRequest
        {
            Scenario = text,
            IsLive = isLive,
            Replications = body.Replications,
            PrecisionPoints = body.PrecisionPoints,
            Seed = body.Seed is { } seed ? (ulong)Math.Max(0, seed) : null,
            Confidence = body.Confidence,
            Sweep = body.Sweep ?? true,
            Tornado = body.Tornado ?? false,
            BestPoints = body.BestPoints,
        };
    }

    /// <summary>The request for a calibration.</summary>
    public static RunRequest Request(StartCalibrationBody body, ref Mistakes mistakes)
    {
        mistakes.OptionalText("$.name", body.Name, NameMax);
        Within("$.split", body.Split, 0.1, 0.9, ref mistakes);
        Within("$.replications", body.Replications, 10, 1_000, ref mistakes);
        Within("$.seed", body.Seed, 0, int.MaxValue, ref mistakes);
        return new RunRequest { IsCalibration = true, Split = body.Split ?? 0.7, Replications = body.Replications ?? 100, Seed = (ulong)Math.Max(0, body.Seed ?? 1) };
    }

    /// <summary>Checks what a run is to be called.</summary>
    public static void Check(KeepRunBody body, ref Mistakes mistakes)
    {
        if (body.Name is not null)
        {
            mistakes.Text("$.name", body.Name, NameMax);
        }
    }

    private static void Within(string path, double? value, double low, double high, ref Mistakes mistakes)
    {
        if (value is { } v && !(v >= low && v <= high))
        {
            mistakes.Add(path, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"expected {low} to {high}, found {v}"));
        }
    }

    private static string? Unicode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
