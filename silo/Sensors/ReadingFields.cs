using System.Text;
using System.Text.Json;
using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>A JSON member that carries a measure, by its name in the FIWARE Smart Data Models where they have one.</summary>
internal sealed record ReadingField(string Name, Measure Measure, double Scale = 1)
{
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);

    public bool TryRead(ref Utf8JsonReader json, out double value)
    {
        value = 0;
        if (Measure == Measure.LampFault && json.TokenType == JsonTokenType.String)
        {
            value = json.ValueTextEquals("ok"u8) ? 0 : 1;
            return true;
        }
        if (json.TokenType != JsonTokenType.Number || !json.TryGetDouble(out double number))
        {
            return false;
        }
        value = number * Scale;
        return true;
    }
}

/// <summary>The members of each kind's payload.</summary>
internal static class ReadingFields
{
    private static readonly ReadingField[][] ByKind =
    [
        [],
        [new("height", Measure.WaterLevel), new("flow", Measure.WaterFlow)],
        [new("precipitation", Measure.Rainfall)],
        [
            new("pm25", Measure.Pm25), new("pm10", Measure.Pm10), new("o3", Measure.Ozone), new("no2", Measure.NitrogenDioxide),
            new("so2", Measure.SulphurDioxide), new("co", Measure.CarbonMonoxide),
        ],
        [new("LAeq", Measure.SoundLevel)],
        [new("occupancy", Measure.RoadOccupancy, Scale: 100), new("intensity", Measure.TrafficIntensity), new("averageVehicleSpeed", Measure.VehicleSpeed)],
        [new("status", Measure.LampFault), new("activePower", Measure.Power)],
        [new("packetLoss", Measure.PacketLoss), new("latency", Measure.Latency)],
        [new("openEvents", Measure.OpenEvents), new("stoppedEvents", Measure.StoppedEvents)],
    ];

    /// <summary>The members of a kind.</summary>
    public static IReadOnlyList<ReadingField> Of(SensorKind kind) => ByKind[(int)kind];

    /// <summary>The field that the reader's property name is, or null.</summary>
    public static ReadingField? Find(SensorKind kind, ref Utf8JsonReader json)
    {
        foreach (ReadingField field in ByKind[(int)kind])
        {
            if (json.ValueTextEquals(field.Utf8))
            {
                return field;
            }
        }
        return null;
    }
}
