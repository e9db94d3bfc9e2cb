using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Keys;
using CityTwin.ClientApi.Open311;
using CityTwin.ClientApi.Operations;
using CityTwin.ClientApi.Queries;
using CityTwin.ClientApi.Readings;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;

namespace CityTwin.ClientApi.Hosting;

/// <summary><c>citytwin serve</c>: a living city behind HTTP.</summary>
internal static class ServeCommand
{
    private static readonly Option<string> City = new("--city") { Description = $"A bundled city ({string.Join(", ", BundledCities.Names)}) or a city folder.", DefaultValueFactory = _ => "hue" };
    private static readonly Option<string?> Journal = new("--journal") { Description = "The journal: a file, or Host=…;Database=… or postgres://… for PostgreSQL. Default: data/<city>.db." };
    private static readonly Option<string> Urls = new("--urls") { Description = "Where to listen. Any but a loopback address needs API keys.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
    private static readonly Option<string?> Keys = new("--api-keys") { Description = $"Keys that callers must have, separated by commas, 16 characters or more each. Default: ${ApiKeys.Variable}." };
    private static readonly Option<string?> Clock = new("--clock") { Description = "wall; driven (moves when told to); or a speed, as 60x. Default: wall; with --feed 60x, from the offices' next opening." };
    private static readonly Option<string?> Start = new("--start") { Description = "The city's time at the start, for driven and sped-up clocks, as 2026-01-05T07:00:00+07:00. Default: now." };
    private static readonly Option<string?> Feed = new("--feed") { Description = "Plays citizens and officials: cases a minute, or nothing for as many as the city really has.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Standby = new("--standby") { Description = "Waits while another process writes the journal, serves readings meanwhile, and takes over. PostgreSQL only." };
    private static readonly Option<string?> FeedbackModel = new("--feedback-model") { Description = "The model that reads citizens' reports, a file of ml train. Default: the bundled one." };
    private static readonly Option<string?> FeedbackTexts = new("--feedback-texts") { Description = "Labelled texts that models are trained on beside corrections. Default: the bundled ones." };
    private static readonly Option<string?> Attributes = new("--open311-attributes") { Description = "A file with what categories of reports ask for over Open311 (docs/open311.md). Default: a bundled set." };
    private static readonly Option<int> OpenDataK = new("--open-data-k") { Description = "Persons that every number of the open data stands for at least, 2 to 1,000.", DefaultValueFactory = _ => 5 };
    private static readonly Option<long> BodyMax = new("--body-max") { Description = "Bytes of a request body, 1,024 to 1,073,741,824.", DefaultValueFactory = _ => 8 * 1024 * 1024 };
    private static readonly Option<int> BatchMax = new("--batch-max") { Description = "Cases in one batch, 1 to 1,000.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> QueueMax = new("--queue-max") { Description = "Commands that may wait, 1 to 10,000,000.", DefaultValueFactory = _ => 65_536 };
    private static readonly Option<int> FinishedMax = new("--finished-max") { Description = "Finished cases that stay in lists, 0 to 100,000,000.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<long> QueryCostMax = new("--query-cost-max") { Description = "What one query may cost, in steps of about 10 ns, 1,000 to 1,000,000,000,000.", DefaultValueFactory = _ => 50_000_000 };
    private static readonly Option<bool> WebhookPrivate = new("--webhook-private") { Description = "Lets webhooks go to this machine and to private networks." };
    private static readonly Option<int> ConnectionsMax = new("--connections-max") { Description = "Connections at once, 1 to 1,000,000.", DefaultValueFactory = _ => 10_000 };
    private static readonly Option<string?> WhatIfStore = new("--whatif-store") { Description = "The folder where what-if runs are kept. Default: beside the journal, with .whatif in place of its extension." };

    /// <summary>The program's command line; <c>serve</c> is what it does when no command is named.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("CityTwin: the operational twin of a city under two-level local government.");
        var serve = new Command("serve", "Runs a city behind HTTP. The default command.");
        foreach (Command command in (Command[])[root, serve])
        {
            foreach (Option option in (Option[])[City, Journal, Standby, Urls, Keys, Clock, Start, Feed, .. ReadingOptions.All, Attributes, OpenDataK, FeedbackModel, FeedbackTexts, BodyMax, BatchMax, QueueMax, FinishedMax, QueryCostMax, WebhookPrivate, ConnectionsMax, WhatIfStore])
            {
                command.Options.Add(option);
            }
            command.SetAction(RunAsync);
        }
        root.Subcommands.Add(serve);
        root.Subcommands.Add(QueryCommand.Create());
        root.Subcommands.Add(MqttPasswordCommand.Create());
        foreach (Command operation in OperationCommands.All())
        {
            root.Subcommands.Add(operation);
        }
        return root;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var mistakes = new List<string>();
        ServeOptions? options = Options(parsed, mistakes);
        mistakes.AddRange(options?.Mistakes() ?? []);
        if (mistakes.Count > 0)
        {
            mistakes.ForEach(Console.Error.WriteLine);
            return CommandLine.BadWords;
        }
        try
        {
            await using ApiServer server = await ApiServer.StartAsync(options!);
            Console.WriteLine($"{options!.City.NameEn} is alive: {string.Join(", ", server.Web.Urls)} (journal {options.Journal}, position {server.Api.Runtime.Position}). Ctrl-C stops it.");
            await StopAsync(server, stop);
        }
        catch (InvalidOperationException e) when (options!.Urls.Contains("https:", StringComparison.OrdinalIgnoreCase))
        {
            // Kestrel says so of a certificate that is not there.
            await Console.Error.WriteLineAsync($"--urls: {e.Message.Split('\n')[0].Trim()} Name one in Kestrel__Certificates__Default__Path (docs/operations.md).");
            return 1;
        }
        catch (Exception e) when (e is JournalException or IOException or InvalidDataException or CryptographicException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        Console.WriteLine("Stopped; everything acknowledged is in the journal.");
        return 0;
    }

    private static async Task StopAsync(ApiServer server, CancellationToken stop)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop, server.Web.Lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(Timeout.Infinite, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // That is what was waited for.
        }
    }

    private static ServeOptions? Options(ParseResult parsed, List<string> mistakes)
    {
        CityDefinition? city = CityChoice.Read(parsed.GetValue(City)!, mistakes);
        double? feed = ReadFeed(parsed, mistakes);
        CityClock clock = ClockChoice.Read(parsed.GetValue(Clock), parsed.GetValue(Start), feed is not null, city, mistakes);
        InRange("--body-max", parsed.GetValue(BodyMax), 1_024, 1_073_741_824, mistakes);
        InRange("--batch-max", parsed.GetValue(BatchMax), 1, 1_000, mistakes);
        InRange("--queue-max", parsed.GetValue(QueueMax), 1, 10_000_000, mistakes);
        InRange("--finished-max", parsed.GetValue(FinishedMax), 0, 100_000_000, mistakes);
        InRange("--query-cost-max", parsed.GetValue(QueryCostMax), 1_000, 1_000_000_000_000, mistakes);
        InRange("--connections-max", parsed.GetValue(ConnectionsMax), 1, 1_000_000, mistakes);
        InRange("--open-data-k", parsed.GetValue(OpenDataK), 2, 1_000, mistakes);
        string keys = parsed.GetValue(Keys) ?? Environment.GetEnvironmentVariable(ApiKeys.Variable) ?? "";
        return city is null ? null : new ServeOptions
        {
            City = city,
            Boundaries = CityChoice.Boundaries(parsed.GetValue(City)!, mistakes),
            Journal = parsed.GetValue(Journal) ?? Path.Combine("data", $"{city.Slug}.db"),
            Urls = parsed.GetValue(Urls)!,
            ApiKeys = keys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Clock = clock,
            FeedPerMinute = feed,
            Standby = parsed.GetValue(Standby),
            Feedback = FeedbackChoice.Read(parsed.GetValue(FeedbackModel), parsed.GetValue(FeedbackTexts), mistakes),
            Readings = ReadingOptions.Read(parsed, mistakes),
            Open311Attributes = ServiceAttributes.ReadFile(parsed.GetValue(Attributes), mistakes),
            OpenDataK = parsed.GetValue(OpenDataK),
            FinishedCasesMax = parsed.GetValue(FinishedMax),
            QueueDepthMax = parsed.GetValue(QueueMax),
            WhatIf = WhatIf.WhatIfChoice.Read(parsed.GetValue(WhatIfStore), mistakes),
            WebhooksMayBePrivate = parsed.GetValue(WebhookPrivate),
            Queries = new QueryOptions { CostMax = parsed.GetValue(QueryCostMax) },
            Limits = new ApiLimits
            {
                BodyBytesMax = parsed.GetValue(BodyMax),
                BatchMax = parsed.GetValue(BatchMax),
                ConnectionsMax = parsed.GetValue(ConnectionsMax),
            },
        };
    }

    private static double? ReadFeed(ParseResult parsed, List<string> mistakes)
    {
        if (parsed.GetResult(Feed) is not { Implicit: false })
        {
            return null;
        }
        if (parsed.GetValue(Feed) is not { } text)
        {
            return 0;
        }
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate is > 0 and <= 1_000_000)
        {
            return rate;
        }
        mistakes.Add($"--feed: found '{Mistakes.Short(text)}', expected cases a minute, above 0 to 1,000,000, or nothing");
        return null;
    }

    private static void InRange(string option, long value, long min, long max, List<string> mistakes)
    {
        if (value < min || value > max)
        {
            mistakes.Add($"{option}: found {value}, expected {min} to {max}");
        }
    }
}
