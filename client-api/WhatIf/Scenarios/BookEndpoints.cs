using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>What scenarios can be made of: bases with their names, levers with their ranges, and either form of the text.</summary>
internal static class BookEndpoints
{
    private static readonly Lazy<CityDefinition[]> Bundled = new(() => [.. BundledCities.Names.Select(BundledCities.Read)]);

    private static readonly string[] Parts = ["name", "base", "changes"];

    /// <summary>Adds the routes.</summary>
    public static void MapScenarioBook(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Get("/whatif/levers", new RouteDoc(ScenarioEndpoints.Tag, "ListLevers", "Every lever with its keys, their ranges, and what they do in Vietnamese, English and French") { Answer = typeof(LeverBook) }, http =>
        {
            ScenarioEndpoints.Refuse(http);
            return Answers.JsonAsync(http, LeverBook.All, ApiJson.Default.LeverBook);
        });
        routes.Get("/whatif/bases", new RouteDoc(ScenarioEndpoints.Tag, "ListBases", "The cities that a scenario can start from, with their offices, services and skills") { Answer = typeof(BaseList) }, http =>
        {
            ScenarioEndpoints.Refuse(http);
            return Answers.JsonAsync(http, Bases(api), ApiJson.Default.BaseList);
        });
        routes.Post("/whatif/convert", new RouteDoc(ScenarioEndpoints.Tag, "ConvertScenario", "A scenario's YAML as JSON, or its JSON as YAML; it need not be a valid one") { Body = typeof(ConvertBody), Answer = typeof(ConvertAnswer) }, async http =>
        {
            ConvertBody body = await BodyReader.ReadAsync(http, ApiJson.Default.ConvertBody);
            await Answers.JsonAsync(http, Converted(body), ApiJson.Default.ConvertAnswer);
        });
    }

    private static BaseList Bases(CityApi api) => new(
        [
            Base(api.Definition, "live", true),
            Base(api.Definition, api.Definition.Slug, false),
            .. Bundled.Value.Where(c => c.Slug != api.Definition.Slug).Select(c => Base(c, c.Slug, false)),
        ]);

    private static BaseReading Base(CityDefinition city, string name, bool isLive) => new(
        name, city.NameVi, city.NameEn, isLive, city.Population,
        [.. city.Offices.OrderBy(o => o.Profile.Kind == OfficeKind.Department).Select(o => new BaseOffice(
            o.Profile.Id, o.Profile.Id.Number.ToString(), o.Profile.NameVi, o.Profile.NameEn, o.Profile.Kind,
            o.Desks.SelectMany(d => d.Officials).Distinct().Count()))],
        [.. city.Rules.Catalogue.Services.Values.OrderBy(s => s.Code, StringComparer.Ordinal).Select(s => new BaseService(s.Code, s.NameVi, s.NameEn, s.Field, s.Level))],
        [.. city.Rules.Catalogue.Services.Values.Select(s => s.Field).Distinct().Order(StringComparer.Ordinal)],
        [.. city.Rules.Catalogue.Services.Values.Select(s => s.Skill).Concat(city.Offices.SelectMany(o => o.Desks).SelectMany(d => d.Skills)).Distinct().Order(StringComparer.Ordinal)]);

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
