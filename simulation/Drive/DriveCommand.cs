using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary><c>drive</c>: plays citizens and officials against a city.</summary>
internal static class DriveCommand
{
    private static readonly Option<string> City = new("--city")
    {
        Description = "hcmc, hue, or a city folder",
        DefaultValueFactory = _ => "hcmc",
    };

    private static readonly Option<int> Days = Ranged("--days", "days of arrivals, from Tuesday 1 July 2025 07:00 +07", 14, 1, 366);
    private static readonly Option<double> Rate = Ranged("--rate", "times the usual volume", 1.0, 0.001, 100.0);
    private static readonly Option<int> Concurrency = Ranged("--concurrency", "HTTP requests under way at once", 64, 1, 1000);
    private static readonly Option<int> TailDays = Ranged("--tail-days", "days after the period for which officials work on; 0: stop at its end", 120, 0, 366);

    private static readonly Option<double?> Speed = new("--speed")
    {
        Description = "max, or city seconds per real second (0.001 to 100000); max needs a driven clock",
        DefaultValueFactory = _ => null,
        CustomParser = ParseSpeed,
        HelpName = "max|1|60…",
    };

    private static readonly Option<ulong> Seed = new("--seed") { Description = "seed of all random draws", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> InProcess = new("--in-process") { Description = "run the city in this process instead of over HTTP" };

    private static readonly Option<string> Url = new("--url")
    {
        Description = "the server",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    private static readonly Option<string?> ApiKey = new("--api-key") { Description = "the server's API key; default: CITYTWIN_API_KEY" };
    private static readonly Option<string?> Journal = new("--journal") { Description = "with --in-process: the journal's file; default: a temporary one" };
    private static readonly Option<bool> Json = new("--json") { Description = "print the result as JSON, and no progress" };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var command = new Command("drive", "Plays citizens and officials against a city, and checks its own ledger against the city's journal and board.")
        {
            City, Days, Rate, Speed, Seed, InProcess, Url, ApiKey, Journal, Concurrency, TailDays, Json,
        };
        command.Validators.Add(CheckTogether);
        command.SetAction(async (parsed, _) => await DriveSession.RunAsync(ArgumentsOf(parsed)));
        return command;
    }

    private static DriveArguments ArgumentsOf(ParseResult parsed) => new()
    {
        City = parsed.GetValue(City)!,
        Days = parsed.GetValue(Days),
        Rate = parsed.GetValue(Rate),
        Speed = parsed.GetValue(Speed),
        Seed = parsed.GetValue(Seed),
        Url = parsed.GetValue(InProcess) ? null : new Uri(parsed.GetValue(Url)!),
        ApiKey = parsed.GetValue(ApiKey) ?? Environment.GetEnvironmentVariable("CITYTWIN_API_KEY"),
        Journal = parsed.GetValue(Journal),
        Concurrency = parsed.GetValue(Concurrency),
        TailDays = parsed.GetValue(TailDays),
        Json = parsed.GetValue(Json),
    };

    private static void CheckTogether(CommandResult result)
    {
        bool isInProcess = result.GetValue(InProcess);
        if (!isInProcess && result.GetValue(Journal) is not null)
        {
            result.AddError("--journal needs --in-process: a server has a journal of its own");
        }
        if (isInProcess && result.GetResult(Url) is { Implicit: false })
        {
            result.AddError("--url and --in-process exclude each other");
        }
        bool isUrl = Uri.TryCreate(result.GetValue(Url), UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https";
        if (!isInProcess && !isUrl)
        {
            result.AddError($"--url: '{result.GetValue(Url)}' is not an http or https address");
        }
    }

    private static double? ParseSpeed(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text == "max")
        {
            return null;
        }
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double speed) && speed is >= 0.001 and <= 100_000)
        {
            return speed;
        }
        result.AddError($"--speed: '{text}' is neither max nor a number from 0.001 to 100000");
        return null;
    }

    private static Option<T> Ranged<T>(string name, string what, T usual, T least, T most)
        where T : struct, IComparable<T>
    {
        var option = new Option<T>(name) { Description = $"{what} ({least} to {most})", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            // A value that cannot be read at all is reported by the parser itself.
            if (result.Tokens.Count == 1 && !result.Errors.Any() && TryRead(result, out T value) && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
            {
                result.AddError($"{name}: {result.Tokens[0].Value} is not from {least} to {most}");
            }
        });
        return option;
    }

    private static bool TryRead<T>(OptionResult result, out T value)
        where T : struct
    {
        try
        {
            value = result.GetValueOrDefault<T>();
            return true;
        }
        catch (InvalidOperationException)
        {
            value = default;
            return false;
        }
    }
}
