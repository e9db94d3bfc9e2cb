using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using CityTwin.ClientApi.Operations;
using CityTwin.ClientApi.Queries;
using CityTwin.ClientApi.Readings;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo;
using CityTwin.Silo.Journal;

namespace CityTwin.ClientApi.Hosting;

/// <summary><c>citytwin serve</c>: a living city behind HTTP.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Journal = new("--journal") { Description = "The journal: a file, or Host=…;Database=… or postgres://… for PostgreSQL. Default: data/<city>.db." };
    private static readonly Option<string?> Clock = new("--clock") { Description = "wall; driven (moves when told to); or a speed, as 60x. Default: wall; with --feed 60x, from the offices' next opening." };
    private static readonly Option<string?> Start = new("--start") { Description = "The city's time at the start, for driven and sped-up clocks, as 2026-01-05T07:00:00+07:00. Default: now." };
    private static readonly Option<string?> Feed = new("--feed") { Description = "Plays citizens and officials: cases a minute, or nothing for as many as the city really has.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Standby = new("--standby") { Description = "Waits while another process writes the journal, serves readings meanwhile, and takes over. PostgreSQL only." };

    /// <summary>The program's command line; <c>serve</c> is what it does when no command is named.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("CityTwin: the operational twin of a city under two-level local government.");
        var serve = new Command("serve", "Runs a city behind HTTP. The default command.");
        foreach (Command command in (Command[])[root, serve])
        {
            foreach (Option option in (Option[])[Journal, Standby, Clock, Start, Feed])
            {
                command.Options.Add(option);
            }
            SharedOptions.AddTo(command);
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
        ServeOptions? shared = SharedOptions.Read(parsed, city => parsed.GetValue(Journal) ?? Path.Combine("data", $"{city.Slug}.db"), mistakes);
        double? feed = ReadFeed(parsed, mistakes);
        CityClock clock = ClockChoice.Read(parsed.GetValue(Clock), parsed.GetValue(Start), feed is not null, shared?.City, mistakes);
        return shared is null ? null : shared with { Clock = clock, FeedPerMinute = feed, Standby = parsed.GetValue(Standby) };
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
}
