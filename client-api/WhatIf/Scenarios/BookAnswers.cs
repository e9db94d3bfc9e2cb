using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CityTwin.Grains;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>The cities that a scenario can start from.</summary>
/// <param name="Items">The live city first, then the one that is served, then the bundled ones.</param>
internal sealed record BaseList(IReadOnlyList<BaseReading> Items);

/// <summary>A city that a scenario can start from, with the names that its changes may use.</summary>
/// <param name="City">What to write under base.city.</param>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="IsLive">True: with the open cases as they stand.</param>
/// <param name="Population">Residents, as published.</param>
/// <param name="Offices">Communes first, then departments.</param>
/// <param name="Services">The catalogue.</param>
/// <param name="Fields">The fields of work: each stands for all of its services.</param>
/// <param name="Skills">The skills of desks.</param>
internal sealed record BaseReading(
    string City, string NameVi, string NameEn, bool IsLive, int Population, IReadOnlyList<BaseOffice> Offices, IReadOnlyList<BaseService> Services,
    IReadOnlyList<string> Fields, IReadOnlyList<string> Skills);

/// <summary>An office of a base.</summary>
/// <param name="Office">The office.</param>
/// <param name="Code">Its code: what to write where names may be changed.</param>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="Kind">What kind of office it is.</param>
/// <param name="Officers">Officers at its desks.</param>
internal sealed record BaseOffice(TwinId Office, string Code, string NameVi, string NameEn, OfficeKind Kind, int Officers);

/// <summary>A service of a base.</summary>
/// <param name="Code">Its code.</param>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="Field">Its field of work.</param>
/// <param name="Level">Who decides.</param>
internal sealed record BaseService(string Code, string NameVi, string NameEn, string Field, Level Level);

/// <summary>Turns a scenario from YAML into JSON, or back.</summary>
/// <param name="Scenario">YAML as a text, or the same as a JSON object. Required.</param>
internal sealed record ConvertBody([property: Required] JsonElement? Scenario = null);

/// <summary>A scenario in both forms.</summary>
/// <param name="Yaml">As YAML; as it came where it came as YAML, with its comments.</param>
/// <param name="Json">The same as a JSON object.</param>
internal sealed record ConvertAnswer(string Yaml, JsonElement Json);
