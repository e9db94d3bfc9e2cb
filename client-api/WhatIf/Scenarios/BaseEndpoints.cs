using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>A city that a scenario can be built on.</summary>
/// <param name="City">What the scenario's base.city says: live, or a bundled city.</param>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="Population">Residents.</param>
/// <param name="Communes">How many communes it has.</param>
internal sealed record ScenarioBaseLine(string City, string NameVi, string NameEn, int Population, int Communes);

/// <summary>The cities that scenarios can be built on.</summary>
/// <param name="Items">live first.</param>
internal sealed record ScenarioBaseList(IReadOnlyList<ScenarioBaseLine> Items);

/// <summary>Every name that a scenario on a city may use.</summary>
/// <param name="City">The base.</param>
/// <param name="Offices">Its offices; a scenario names them by name or number.</param>
/// <param name="Services">Its services and feedback categories, by code.</param>
/// <param name="Fields">The fields of work, which stand for all their services.</param>
/// <param name="Skills">The skills of its desks.</param>
/// <param name="Desks">The kinds of desks by their names.</param>
internal sealed record ScenarioNames(
    string City, IReadOnlyList<OfficeProfile> Offices, IReadOnlyList<ServiceLine> Services, IReadOnlyList<string> Fields, IReadOnlyList<string> Skills,
    IReadOnlyList<DeskKindLine> Desks);

/// <summary>A service as a scenario may name it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="Field">Its field of work.</param>
/// <param name="Level">Who decides.</param>
internal sealed record ServiceLine(string Code, string NameVi, string NameEn, string Field, Level Level);

/// <summary>A kind of desk.</summary>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name, by which results know it.</param>
internal sealed record DeskKindLine(string NameVi, string NameEn);

/// <summary>The bases of scenarios and the names in them: what a form needs to offer choices.</summary>
internal static class BaseEndpoints
{
    /// <summary>What a scenario calls the city that is served.</summary>
    private const string Live = "live";

    /// <summary>Adds the routes.</summary>
    public static void MapBases(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Get("/whatif/bases", new RouteDoc(ScenarioEndpoints.Tag, "ListScenarioBases", "The cities that scenarios can be built on, the live one first") { Answer = typeof(ScenarioBaseList) }, http =>
        {
            ScenarioEndpoints.Refuse(http);
            return Answers.JsonAsync(http, new ScenarioBaseList([Line(Live, api.Definition), .. BundledCities.Names.Select(n => Line(n, BundledCities.Read(n)))]), ApiJson.Default.ScenarioBaseList);
        });
        routes.Get("/whatif/bases/{city}", new RouteDoc(ScenarioEndpoints.Tag, "GetScenarioNames", "The offices, services, fields and skills that a scenario on a city may name") { Answer = typeof(ScenarioNames) }, http =>
        {
            ScenarioEndpoints.Refuse(http);
            string name = (string?)http.Request.RouteValues["city"] ?? "";
            CityDefinition city = name == Live || name == api.Definition.Slug ? api.Definition
                : BundledCities.Names.Contains(name) ? BundledCities.Read(name)
                : throw new ProblemException(new Problem(
                    Problem.Prefix + "unknown-base", "There is no such base", StatusCodes.Status404NotFound, $"expected {Live} or one of {string.Join(", ", BundledCities.Names)}"));
            return Answers.JsonAsync(http, Names(name, city), ApiJson.Default.ScenarioNames);
        });
    }

    private static ScenarioBaseLine Line(string name, CityDefinition city) =>
        new(name, city.NameVi, city.NameEn, city.Population, city.Offices.Count(o => o.Profile.Kind != OfficeKind.Department));

    private static ScenarioNames Names(string name, CityDefinition city)
    {
        IReadOnlyList<ServiceDefinition> services = [.. city.Rules.Catalogue.Services.Values.OrderBy(s => s.Field, StringComparer.Ordinal).ThenBy(s => s.Code, StringComparer.Ordinal)];
        return new ScenarioNames(
            name, [.. city.Offices.Select(o => o.Profile)], [.. services.Select(s => new ServiceLine(s.Code, s.NameVi, s.NameEn, s.Field, s.Level))],
            [.. services.Select(s => s.Field).Distinct().Order(StringComparer.Ordinal)],
            [.. services.Select(s => s.Skill).Concat(city.Offices.SelectMany(o => o.Desks).SelectMany(d => d.Skills)).Distinct().Order(StringComparer.Ordinal)],
            [.. city.Offices.SelectMany(o => o.Desks).Select(d => new DeskKindLine(d.NameVi, d.NameEn)).Distinct()]);
    }
}
