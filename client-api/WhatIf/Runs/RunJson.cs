using System.Text.Json.Serialization;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Runs as they are kept on disk.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(KeptRun))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(PairedFigures))]
internal sealed partial class RunJson : JsonSerializerContext;
