using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Turns a scenario from YAML into JSON, or back.</summary>
/// <param name="Scenario">YAML as a text, or the same as a JSON object. Required.</param>
internal sealed record ConvertBody([property: Required] JsonElement? Scenario = null);

/// <summary>A scenario in both forms.</summary>
/// <param name="Yaml">As YAML; as it came where it came as YAML, with its comments.</param>
/// <param name="Json">The same as a JSON object.</param>
internal sealed record ConvertAnswer(string Yaml, JsonElement Json);
