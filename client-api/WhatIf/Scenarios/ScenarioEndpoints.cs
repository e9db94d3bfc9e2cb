using System.Text;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;
using CityTwin.Simulation.Live;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>A scenario that comes along.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="Title">Its name in reports.</param>
/// <param name="Description">What it asks, and why.</param>
/// <param name="City">Its base city.</param>
/// <param name="Scenario">Its whole text, YAML: a start for one of one's own.</param>
internal sealed record BundledScenario(string Name, string Title, string Description, string City, string Scenario);

/// <summary>The scenarios that come along.</summary>
/// <param name="Items">By name.</param>
internal sealed record BundledScenarioList(IReadOnlyList<BundledScenario> Items);

/// <summary>What a scenario without mistakes would run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="City">The base city.</param>
/// <param name="Start">The first day.</param>
/// <param name="Days">How many days.</param>
/// <param name="Replications">Paired replications.</param>
/// <param name="Variants">What is simulated side by side, the base first.</param>
/// <param name="Offices">The offices that the changes name.</param>
internal sealed record ScenarioAnswer(
    string Name, string City, DateOnly Start, int Days, int Replications, IReadOnlyList<string> Variants, IReadOnlyList<string> Offices);

/// <summary>Scenarios: those that come along, the schema, checking, and the live state to start from.</summary>
internal static class ScenarioEndpoints
{
    /// <summary>The group in the OpenAPI document.</summary>
    public const string Tag = "What-if";

    private static readonly byte[] Schema = Encoding.UTF8.GetBytes(BundledScenarios.Schema);

    /// <summary>Adds the routes.</summary>
    public static void MapScenarios(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Get("/whatif/live", new RouteDoc(Tag, "GetLiveState", "Every open case and desk, now or as of a moment: what a simulation starts from") { Answer = typeof(LiveCity), Query = [Twins.At] }, async http =>
        {
            LiveCity live = await LiveState.ReadAsync(api, Twins.AsOf(api, http), http.RequestAborted);
            await Answers.JsonAsync(http, live, ApiJson.Default.LiveCity);
        });
        routes.Get("/whatif/schema", new RouteDoc(Tag, "GetScenarioSchema", "The JSON schema of scenarios, for editors") { Media = ["application/schema+json"] }, http =>
        {
            Refuse(http);
            http.Response.ContentType = "application/schema+json";
            http.Response.ContentLength = Schema.Length;
            return http.Response.Body.WriteAsync(Schema, http.RequestAborted).AsTask();
        });
        routes.Get("/whatif/scenarios", new RouteDoc(Tag, "ListScenarios", "The scenarios that come along, with their texts") { Answer = typeof(BundledScenarioList) }, http =>
        {
            Refuse(http);
            return Answers.JsonAsync(http, new BundledScenarioList([.. BundledScenarios.Names.Select(Bundled)]), ApiJson.Default.BundledScenarioList);
        });
        routes.Post("/whatif/validate", new RouteDoc(Tag, "ValidateScenario", "Checks a scenario without running it: every mistake with line and column") { Body = typeof(ValidateBody), Answer = typeof(ScenarioAnswer) }, async http =>
        {
            ValidateBody body = await BodyReader.ReadAsync(http, ApiJson.Default.ValidateBody);
            await Answers.JsonAsync(http, Checked(api, body), ApiJson.Default.ScenarioAnswer);
        });
    }

    /// <summary>Refuses parameters where none are taken.</summary>
    public static void Refuse(HttpContext http) => QueryReader.TakesNone(http);

    private static ScenarioAnswer Checked(CityApi api, ValidateBody body)
    {
        Mistakes mistakes = default;
        string text = RunBodies.Text(body.Scenario, ref mistakes);
        mistakes.ThrowIfAny();
        RunRequest request = new() { Scenario = text, IsLive = ScenarioPlan.IsLive(null, text) };
        (Scenario scenario, ScenarioVariants variants) = ScenarioPlan.Read(api, request);
        return new ScenarioAnswer(
            scenario.Name, request.IsLive ? "live" : scenario.Base.City, scenario.Base.Start, scenario.Base.Days, scenario.Run.Replications,
            [.. variants.Timelines.Select(t => t.Name)],
            [.. variants.Named.Select(o => variants.Timelines[0].Timeline.Phases[0].Model.Offices[o].Name)]);
    }

    private static BundledScenario Bundled(string name)
    {
        string text = BundledScenarios.Text(name);
        Scenario scenario = ScenarioFile.Parse(text).Scenario!;
        return new BundledScenario(name, scenario.Name, scenario.Description, scenario.Base.City, text);
    }
}
