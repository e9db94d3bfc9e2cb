using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Sensors;

namespace CityTwin.Silo.Queries;

/// <summary>What can be asked about the latest readings of sensors, beside their twins.</summary>
internal static class ReadingAttributes
{
    private const string MicrogramsPerCubicMetre = "µg/m³";

    /// <summary>The believed value, its statistics, and the latest reading of every measure.</summary>
    public static IReadOnlyList<QueryAttribute<StateRow<SensorState>>> All { get; } =
    [
        Of("value", QueryType.Number, "The latest believed value of what it measures first of all, calibrated; in the unit of that measure.", g => Number(g.Latest), isShown: true),
        Of("readAt", QueryType.Moment, "When its latest reading was taken, by its own clock.", g => g.Measures is [] ? default : QueryValue.OfMilliseconds(g.Measures.Max(m => m.AtMs)), isShown: true),
        Of("watched", QueryType.Number, "The number held against its thresholds: the value, a sum or an air quality index.", g => Number(g.Watched), isShown: true),
        .. Statistics("hour", "the hour of the latest reading", g => g.Hour),
        .. Statistics("day", "the 24 hours up to the latest reading", g => g.Day),
        .. Enum.GetValues<Measure>().SelectMany(Measured),
    ];

    /// <summary>The attribute of a measure's latest reading.</summary>
    public static string NameOf(Measure measure) => JsonNamingPolicy.CamelCase.ConvertName(measure.ToString());

    /// <summary>The unit of a measure; empty for counts and for yes or no.</summary>
    public static string UnitOf(Measure measure) => measure switch
    {
        Measure.WaterLevel => "m",
        Measure.WaterFlow => "m³/s",
        Measure.Rainfall => "mm",
        Measure.Pm25 or Measure.Pm10 or Measure.Ozone or Measure.NitrogenDioxide or Measure.SulphurDioxide or Measure.CarbonMonoxide => MicrogramsPerCubicMetre,
        Measure.SoundLevel => "dBA",
        Measure.RoadOccupancy or Measure.PacketLoss => "%",
        Measure.TrafficIntensity => "vehicles an hour",
        Measure.VehicleSpeed => "km/h",
        Measure.Power => "W",
        Measure.Latency => "ms",
        _ => "",
    };

    private static IEnumerable<QueryAttribute<StateRow<SensorState>>> Measured(Measure measure)
    {
        string name = NameOf(measure);
        yield return Of(name, QueryType.Number, "The latest reading of this measure, as the instrument gave it.", g => g.Of(measure) is { } latest ? Number(latest.Value) : default, UnitOf(measure));
        yield return Of(name + ".at", QueryType.Moment, "When it was taken.", g => g.Of(measure) is { } latest ? QueryValue.OfMilliseconds(latest.AtMs) : default);
    }

    private static IEnumerable<QueryAttribute<StateRow<SensorState>>> Statistics(string name, string over, Func<SensorGlance, RollingStatistics> read) =>
    [
        Of(name + ".count", QueryType.Number, $"Values over {over}.", g => read(g).Count is > 0 and var count ? QueryValue.Of(count) : default),
        Of(name + ".mean", QueryType.Number, $"Their mean over {over}.", g => Number(read(g).Mean)),
        Of(name + ".min", QueryType.Number, $"The least over {over}.", g => Number(read(g).Min)),
        Of(name + ".max", QueryType.Number, $"The greatest over {over}.", g => Number(read(g).Max)),
        Of(name + ".sum", QueryType.Number, $"Their sum over {over}: of rain, what fell.", g => read(g).Count > 0 ? Number(read(g).Sum) : default),
    ];

    private static QueryAttribute<StateRow<SensorState>> Of(string name, QueryType type, string description, Func<SensorGlance, QueryValue> read, string unit = "", bool isShown = false) =>
        new(name, type, description, (in StateRow<SensorState> r, QueryContext c) => c.Readings?.Of(r.Id, r.State!) is { } glance ? read(glance) : default)
        {
            Unit = unit,
            IsShown = isShown,
            IsReading = true,
        };

    private static QueryValue Number(double value) => double.IsNaN(value) ? default : QueryValue.Of(value);
}
