using System.Globalization;
using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>What a topic of the convention names: <c>city/{city}/{commune}/{kind}/{sensor}</c>, or a gateway with kind <c>gateway</c>.</summary>
public sealed class ReadingRoute
{
    private const int NameLengthMax = 64;

    private ReadingRoute(string topic, TwinId city, TwinId commune, SensorKind kind, string name)
    {
        Topic = topic;
        City = city;
        Commune = commune;
        Kind = kind;
        Name = name;
        Sensor = IsGateway ? default : SensorNumber.Of((int)city.Number, kind, name);
    }

    /// <summary>The topic.</summary>
    public string Topic { get; }

    /// <summary>The city.</summary>
    public TwinId City { get; }

    /// <summary>The commune.</summary>
    public TwinId Commune { get; }

    /// <summary>The kind of sensor; 0 for a gateway, whose payload names the sensors.</summary>
    public SensorKind Kind { get; }

    /// <summary>The name of the sensor or gateway.</summary>
    public string Name { get; }

    /// <summary>The sensor's twin; none for a gateway.</summary>
    public TwinId Sensor { get; }

    /// <summary>True for a gateway.</summary>
    public bool IsGateway => Kind == 0;

    /// <summary>Whether the sensor was found to be registered in this commune; then it need not be looked up again.</summary>
    internal bool IsKnown { get; set; }

    /// <summary>Reads a topic; null for one that is not of the convention or of another city.</summary>
    public static ReadingRoute? Parse(string topic, int city)
    {
        string[] levels = topic.Split('/');
        if (levels.Length != 5 || levels[0] != "city" || levels[1] != city.ToString(CultureInfo.InvariantCulture)
            || !TwinId.TryParseNumber(TwinKind.Commune, levels[2], out TwinId commune))
        {
            return null;
        }
        bool isGateway = levels[3] == "gateway";
        SensorKind kind = default;
        return (isGateway || SensorKinds.TryParse(levels[3], out kind)) && IsName(levels[4])
            ? new ReadingRoute(topic, TwinId.City(city), commune, kind, levels[4])
            : null;
    }

    /// <summary>The route of a sensor behind a gateway, or null where the words are none.</summary>
    internal ReadingRoute? Behind(ReadOnlySpan<char> kind, string name) =>
        SensorKinds.TryParse(kind, out SensorKind parsed) && IsName(name)
            ? new ReadingRoute($"city/{City.NumberText}/{Commune.NumberText}/{SensorKinds.Word(parsed)}/{name}", City, Commune, parsed, name)
            : null;

    /// <summary>Whether a text can name a sensor: 1 to 64 letters, digits and <c>- _ . :</c>.</summary>
    public static bool IsName(string name) =>
        name.Length is >= 1 and <= NameLengthMax && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');
}
