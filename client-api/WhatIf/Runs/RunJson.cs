using System.Text.Json.Serialization;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Runs as they are kept on disk.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, Converters = [typeof(IdJson)])]
[JsonSerializable(typeof(KeptRun))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(PairedFigures))]
[JsonSerializable(typeof(CalibrationReading))]
internal sealed partial class RunJson : JsonSerializerContext;
