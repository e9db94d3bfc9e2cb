using CityTwin.Grains;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>A measure under its name in a Smart Data Model.</summary>
/// <param name="Measure">What.</param>
/// <param name="Name">The attribute, the same as in payloads of devices.</param>
/// <param name="Unit">The UN/CEFACT code of its unit; null without one.</param>
/// <param name="Scale">What the model's value is multiplied with to give ours.</param>
internal sealed record NgsiMeasure(Measure Measure, string Name, string? Unit, double Scale = 1)
{
    /// <summary>The column of live queries that has its latest value.</summary>
    public string Column { get; } = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(Measure.ToString());

    /// <summary>The column that says when it was taken.</summary>
    public string MomentColumn => Column + ".at";
}

/// <summary>The measures of each kind of sensor.</summary>
internal static class NgsiMeasures
{
    private const string MicrogramsPerCubicMetre = "GQ";

    /// <summary>The measures of a kind; empty for those that no model stands for.</summary>
    public static IReadOnlyList<NgsiMeasure> Of(SensorKind kind) => kind switch
    {
        SensorKind.Water => [new(Measure.WaterLevel, "height", "MTR"), new(Measure.WaterFlow, "flow", "MQS")],
        SensorKind.Rain => [new(Measure.Rainfall, "precipitation", "MMT")],
        SensorKind.Air =>
        [
            new(Measure.Pm25, "pm25", MicrogramsPerCubicMetre), new(Measure.Pm10, "pm10", MicrogramsPerCubicMetre), new(Measure.Ozone, "o3", MicrogramsPerCubicMetre),
            new(Measure.NitrogenDioxide, "no2", MicrogramsPerCubicMetre), new(Measure.SulphurDioxide, "so2", MicrogramsPerCubicMetre), new(Measure.CarbonMonoxide, "co", MicrogramsPerCubicMetre),
        ],
        SensorKind.Noise => [new(Measure.SoundLevel, "LAeq", "2N")],
        SensorKind.Traffic => [new(Measure.RoadOccupancy, "occupancy", null, 100), new(Measure.TrafficIntensity, "intensity", null), new(Measure.VehicleSpeed, "averageVehicleSpeed", "KMH")],
        SensorKind.Light => [new(Measure.Power, "activePower", "WTT")],
        _ => [],
    };
}
