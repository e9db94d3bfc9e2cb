namespace CityTwin.Grains;

/// <summary>What a sensor watches. The numbers are part of stored formats: never renumber.</summary>
public enum SensorKind : byte
{
    /// <summary>The water level of a river, lake or street.</summary>
    Water = 1,

    /// <summary>Rainfall.</summary>
    Rain = 2,

    /// <summary>Air quality, by pollutant.</summary>
    Air = 3,

    /// <summary>Noise.</summary>
    Noise = 4,

    /// <summary>Road traffic.</summary>
    Traffic = 5,

    /// <summary>A street light.</summary>
    Light = 6,

    /// <summary>The link of an agency to the city's dedicated network.</summary>
    Link = 7,

    /// <summary>Counters of a security operations centre (SOC).</summary>
    Security = 8,
}

/// <summary>A physical quantity in a unit. The numbers are part of stored formats: never renumber.</summary>
public enum Measure : byte
{
    /// <summary>Water level, m above the station's zero.</summary>
    WaterLevel = 1,

    /// <summary>Discharge, m³/s.</summary>
    WaterFlow = 2,

    /// <summary>Rain since the reading before, mm.</summary>
    Rainfall = 3,

    /// <summary>Particles up to 2.5 µm, µg/m³.</summary>
    Pm25 = 4,

    /// <summary>Particles up to 10 µm, µg/m³.</summary>
    Pm10 = 5,

    /// <summary>Ozone, µg/m³.</summary>
    Ozone = 6,

    /// <summary>Nitrogen dioxide, µg/m³.</summary>
    NitrogenDioxide = 7,

    /// <summary>Sulphur dioxide, µg/m³.</summary>
    SulphurDioxide = 8,

    /// <summary>Carbon monoxide, µg/m³.</summary>
    CarbonMonoxide = 9,

    /// <summary>Equivalent continuous sound level, dBA.</summary>
    SoundLevel = 10,

    /// <summary>Share of time that a road section is occupied, %.</summary>
    RoadOccupancy = 11,

    /// <summary>Vehicles an hour.</summary>
    TrafficIntensity = 12,

    /// <summary>Mean speed, km/h.</summary>
    VehicleSpeed = 13,

    /// <summary>0: the lamp works; 1: it is faulty.</summary>
    LampFault = 14,

    /// <summary>Power drawn, W.</summary>
    Power = 15,

    /// <summary>Packets lost, %; 100: the link is down.</summary>
    PacketLoss = 16,

    /// <summary>Round trip, ms.</summary>
    Latency = 17,

    /// <summary>Security events that nobody has dealt with.</summary>
    OpenEvents = 18,

    /// <summary>Security events stopped since the reading before.</summary>
    StoppedEvents = 19,
}

/// <summary>What is known of kinds and measures beforehand.</summary>
public static class SensorKinds
{
    /// <summary>Every kind.</summary>
    public static IReadOnlyList<SensorKind> All { get; } = Enum.GetValues<SensorKind>();

    /// <summary>The word of a kind in topics and exports.</summary>
    public static string Word(SensorKind kind) => kind switch
    {
        SensorKind.Water => "water",
        SensorKind.Rain => "rain",
        SensorKind.Air => "air",
        SensorKind.Noise => "noise",
        SensorKind.Traffic => "traffic",
        SensorKind.Light => "light",
        SensorKind.Link => "link",
        SensorKind.Security => "security",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no kind of sensor"),
    };

    /// <summary>The kind with a word.</summary>
    public static bool TryParse(ReadOnlySpan<char> word, out SensorKind kind)
    {
        foreach (SensorKind candidate in All)
        {
            if (word.SequenceEqual(Word(candidate)))
            {
                kind = candidate;
                return true;
            }
        }
        kind = default;
        return false;
    }

    /// <summary>The measure that thresholds of a kind look at, and that a bare number stands for.</summary>
    public static Measure Primary(SensorKind kind) => kind switch
    {
        SensorKind.Water => Measure.WaterLevel,
        SensorKind.Rain => Measure.Rainfall,
        SensorKind.Air => Measure.Pm25,
        SensorKind.Noise => Measure.SoundLevel,
        SensorKind.Traffic => Measure.RoadOccupancy,
        SensorKind.Light => Measure.LampFault,
        SensorKind.Link => Measure.PacketLoss,
        SensorKind.Security => Measure.OpenEvents,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no kind of sensor"),
    };

    /// <summary>The feedback category under which its alerts open cases.</summary>
    public static string Category(SensorKind kind) => kind switch
    {
        SensorKind.Water or SensorKind.Rain => "flood-storm",
        SensorKind.Air => "waste-environment",
        SensorKind.Noise => "noise",
        SensorKind.Traffic => "traffic-parking",
        SensorKind.Light => "street-lighting",
        SensorKind.Link => "utilities",
        SensorKind.Security => "security",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no kind of sensor"),
    };

    /// <summary>The values that instruments for a measure can give at all, in its unit; outside it a reading is refused.</summary>
    public static (double Min, double Max) Range(Measure measure) => measure switch
    {
        Measure.WaterLevel => (-20, 100),
        Measure.WaterFlow => (0, 200_000),
        Measure.Rainfall => (0, 500),
        Measure.Pm25 or Measure.Pm10 or Measure.Ozone => (0, 5_000),
        Measure.NitrogenDioxide or Measure.SulphurDioxide => (0, 20_000),
        Measure.CarbonMonoxide => (0, 500_000),
        Measure.SoundLevel => (0, 200),
        Measure.RoadOccupancy or Measure.PacketLoss => (0, 100),
        Measure.TrafficIntensity => (0, 100_000),
        Measure.VehicleSpeed => (0, 300),
        Measure.LampFault => (0, 1),
        Measure.Power => (0, 100_000),
        Measure.Latency => (0, 600_000),
        Measure.OpenEvents or Measure.StoppedEvents => (0, 1e9),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "no measure"),
    };
}
