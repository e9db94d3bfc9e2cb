using System.CommandLine;
using System.Globalization;
using System.Net;

namespace CityTwin.Simulation.Cli.Drive.Sensors;

/// <summary>The options of <c>drive</c> that make it drive sensors.</summary>
internal static class SensorDriveOptions
{
    private const double RateDefault = 20_000;

    private static readonly Option<int?> Sensors = new("--sensors") { Description = "Drives so many sensors over MQTT instead of citizens, 2 to 1,000,000; --rate is then readings a second, as 20000/s" };

    private static readonly Option<string?> Mqtt = new("--mqtt") { Description = "With --sensors: the MQTT endpoint of the server at --url, as 127.0.0.1:1883; default: a city in this process" };
    private static readonly Option<string?> User = new("--mqtt-user") { Description = "With --mqtt: name:password" };
    private static readonly Option<int> Hours = new("--hours") { Description = "With --sensors: hours of readings up to now, 1 to 168; the flood wave takes 54", DefaultValueFactory = _ => 58 };
    private static readonly Option<int> Every = new("--every") { Description = "With --sensors: minutes between two readings of a sensor, 1 to 60", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Connections = new("--connections") { Description = "With --sensors: MQTT connections, 1 to 10,000", DefaultValueFactory = _ => 100 };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } = [Sensors, Mqtt, User, Hours, Every, Connections];

    /// <summary>Whether sensors are to be driven.</summary>
    public static bool AreMeant(ParseResult parsed) => parsed.GetValue(Sensors) is not null;

    /// <summary>Reads them; what is wrong is added to the mistakes.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="common">What is the same for citizens and sensors.</param>
    /// <param name="rate">The text of <c>--rate</c>; null when it is not given.</param>
    /// <param name="mistakes">Gets what is wrong.</param>
    public static SensorDriveArguments Read(ParseResult parsed, DriveArguments common, string? rate, List<string> mistakes)
    {
        double perSecond = RateDefault;
        string number = rate?.EndsWith("/s", StringComparison.Ordinal) == true ? rate[..^2] : rate ?? "";
        if (rate is not null && (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out perSecond) || perSecond is not (>= 1 and <= 1_000_000)))
        {
            mistakes.Add($"--rate: found '{rate}', expected readings a second, as 20000/s, 1 to 1,000,000");
        }
        InRange("--sensors", parsed.GetValue(Sensors)!.Value, 2, 1_000_000, mistakes);
        InRange("--hours", parsed.GetValue(Hours), 1, 168, mistakes);
        InRange("--every", parsed.GetValue(Every), 1, 60, mistakes);
        InRange("--connections", parsed.GetValue(Connections), 1, 10_000, mistakes);
        IPEndPoint? mqtt = null;
        if (parsed.GetValue(Mqtt) is { } address && (!IPEndPoint.TryParse(address, out mqtt) || mqtt.Port == 0))
        {
            mistakes.Add($"--mqtt: '{address}' is no address, expected one as 127.0.0.1:1883");
        }
        string[]? user = parsed.GetValue(User)?.Split(':', 2);
        if (user is { Length: 1 })
        {
            mistakes.Add("--mqtt-user: expected name:password");
        }
        return new SensorDriveArguments
        {
            City = common.City,
            Sensors = parsed.GetValue(Sensors)!.Value,
            RatePerSecond = perSecond,
            Hours = parsed.GetValue(Hours),
            EveryMinutes = parsed.GetValue(Every),
            Connections = parsed.GetValue(Connections),
            Mqtt = mqtt,
            Url = common.Url ?? new Uri("http://127.0.0.1:5080"),
            ApiKey = common.ApiKey,
            User = user is [var name, var password] ? (name, password) : null,
            Journal = common.Journal,
            Seed = common.Seed,
            Json = common.Json,
        };
    }

    private static void InRange(string option, int value, int least, int most, List<string> mistakes)
    {
        if (value < least || value > most)
        {
            mistakes.Add($"{option}: found {value}, expected {least} to {most}");
        }
    }
}
