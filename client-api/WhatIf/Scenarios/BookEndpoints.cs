using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>What scenarios can be made of: levers with their ranges, and either form of the text.</summary>
internal static class BookEndpoints
{
    private static readonly string[] Parts = ["name", "base", "changes"];

    /// <summary>Adds the routes.</summary>
    public static void MapScenarioBook(this IEndpointRouteBuilder routes)
    {
        routes.Get("/whatif/levers", new RouteDoc(ScenarioEndpoints.Tag, "ListLevers", "Every lever with its keys, their ranges, and what they do in Vietnamese, English and French") { Answer = typeof(LeverBook) }, http =>
        {
            ScenarioEndpoints.Refuse(http);
            return Answers.JsonAsync(http, LeverBook.All, ApiJson.Default.LeverBook);
        });
        routes.Post("/whatif/convert", new RouteDoc(ScenarioEndpoints.Tag, "ConvertScenario", "A scenario's YAML as JSON, or its JSON as YAML; it need not be a valid one") { Body = typeof(ConvertBody), Answer = typeof(ConvertAnswer) }, async http =>
        {
            ConvertBody body = await BodyReader.ReadAsync(http, ApiJson.Default.ConvertBody);
            await Answers.JsonAsync(http, Converted(body), ApiJson.Default.ConvertAnswer);
        });
    }

    private static ConvertAnswer Converted(ConvertBody body)
    {
        Mistakes mistakes = default;
        string text = RunBodies.Text(body.Scenario, ref mistakes);
        mistakes.ThrowIfAny();
        try
        {
            bool isJson = body.Scenario!.Value.ValueKind == JsonValueKind.Object;
            JsonElement json = isJson ? body.Scenario.Value : JsonDocument.Parse(ScenarioText.ToJson(text)).RootElement;
            return json.ValueKind == JsonValueKind.Object && Parts.Any(p => json.TryGetProperty(p, out _))
                ? new ConvertAnswer(isJson ? ScenarioText.ToYaml(text) : text, json)
                : throw new ProblemException(Problem.InvalidRequest("$.scenario", $"expected a scenario with {string.Join(", ", Parts)}"));
        }
        catch (FormatException e)
        {
            throw new ProblemException(Problem.InvalidRequest("$.scenario", e.Message));
        }
    }
}
