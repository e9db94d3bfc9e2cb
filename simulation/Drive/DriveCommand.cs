using System.CommandLine;
using System.Globalization;
using CityTwin.Simulation.Cli.Drive.Sensors;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary><c>drive</c>: plays citizens and officials against a city.</summary>
internal static class DriveCommand
{
    private static readonly Option<string> City = new("--city")
    {
        Description = "hcmc, hue, or a city folder",
        DefaultValueFactory = _ => "hcmc",
    };

    private static readonly Option<int> Days = new("--days") { Description = "Days of arrivals from Tuesday 1 July 2025 07:00 +07, 1 to 366", DefaultValueFactory = _ => 14 };
    private static readonly Option<string?> Rate = new("--rate") { Description = "Times the usual volume, 0.001 to 100, default 1; with --sensors: readings a second, default 20000/s" };
    private static readonly Option<int> Concurrency = new("--concurrency") { Description = "HTTP requests under way at once, 1 to 1,000", DefaultValueFactory = _ => 64 };

    private static readonly Option<int> TailDays = new("--tail-days")
    {
        Description = "Days after the period for which officials work on, 0 (stop at its end) to 366",
        DefaultValueFactory = _ => 120,
    };

    private static readonly Option<string> Speed = new("--speed")
    {
        Description = "max (needs a driven clock), or city seconds per real second, 0.001 to 100,000",
        DefaultValueFactory = _ => "max",
    };

    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of all random draws", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> InProcess = new("--in-process") { Description = "Run the city in this process instead of over HTTP" };

    private static readonly Option<string> Url = new("--url")
    {
        Description = "The server",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    private static readonly Option<string?> ApiKey = new("--api-key") { Description = "The server's API key; default: CITYTWIN_API_KEY" };
    private static readonly Option<string?> Journal = new("--journal") { Description = "With --in-process: the journal's file; default: a temporary one" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the result as JSON, and no progress" };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var command = new Command("drive", "Plays citizens and officials against a city, and checks its own ledger against the city's journal and board.")
        {
            City, Days, Rate, Speed, Seed, InProcess, Url, ApiKey, Journal, Concurrency, TailDays, Json,
        };
        foreach (Option option in SensorDriveOptions.All)
        {
            command.Options.Add(option);
        }
        command.SetAction(async (parsed, _) =>
        {
            var mistakes = new List<string>();
            bool areSensors = SensorDriveOptions.AreMeant(parsed);
            DriveArguments arguments = Read(parsed, areSensors, mistakes);
            SensorDriveArguments? sensors = areSensors ? SensorDriveOptions.Read(parsed, arguments, parsed.GetValue(Rate), mistakes) : null;
            mistakes.ForEach(m => Console.Error.WriteLine($"drive: {m}"));
            return mistakes.Count > 0 ? DriveSession.UnusableCode
                : sensors is not null ? await SensorDrive.RunAsync(sensors) : await DriveSession.RunAsync(arguments);
        });
        return command;
    }

    private static DriveArguments Read(ParseResult parsed, bool areSensors, List<string> mistakes)
    {
        bool isInProcess = parsed.GetValue(InProcess);
        bool isUrl = Uri.TryCreate(parsed.GetValue(Url), UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https";
        if (!isInProcess && !isUrl)
        {
            mistakes.Add($"--url: found '{parsed.GetValue(Url)}', expected an http or https address");
        }
        if (!isInProcess && !areSensors && parsed.GetValue(Journal) is not null)
        {
            mistakes.Add("--journal needs --in-process: a server has a journal of its own");
        }
        if (isInProcess && parsed.GetResult(Url) is { Implicit: false })
        {
            mistakes.Add("--url and --in-process exclude each other");
        }
        InRange("--days", parsed.GetValue(Days), 1, 366, mistakes);
        double rate = areSensors ? 1 : ReadNumber("--rate", parsed.GetValue(Rate) ?? "1", 0.001, 100, mistakes);
        InRange("--concurrency", parsed.GetValue(Concurrency), 1, 1_000, mistakes);
        InRange("--tail-days", parsed.GetValue(TailDays), 0, 366, mistakes);
        return new DriveArguments
        {
            City = parsed.GetValue(City)!,
            Days = parsed.GetValue(Days),
            Rate = rate,
            Speed = ReadSpeed(parsed.GetValue(Speed)!, mistakes),
            Seed = parsed.GetValue(Seed),
            Url = isInProcess ? null : url,
            ApiKey = parsed.GetValue(ApiKey) ?? Environment.GetEnvironmentVariable("CITYTWIN_API_KEY"),
            Journal = parsed.GetValue(Journal),
            Concurrency = parsed.GetValue(Concurrency),
            TailDays = parsed.GetValue(TailDays),
            Json = parsed.GetValue(Json),
        };
    }

    private static double? ReadSpeed(string text, List<string> mistakes)
    {
        if (text == "max")
        {
            return null;
        }
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double speed) || speed is not (>= 0.001 and <= 100_000))
        {
            mistakes.Add($"--speed: found '{text}', expected max, or a number from 0.001 to 100000");
        }
        return speed;
    }

    private static double ReadNumber(string option, string text, double least, double most, List<string> mistakes)
    {
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        if (!isNumber || !(value >= least && value <= most))
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{option}: found '{text}', expected a number from {least} to {most}"));
        }
        return value;
    }

    private static void InRange(string option, double value, double least, double most, List<string> mistakes)
    {
        if (!(value >= least && value <= most))
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{option}: found {value}, expected {least} to {most}"));
        }
    }
}
