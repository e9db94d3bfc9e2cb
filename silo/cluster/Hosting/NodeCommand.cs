using System.CommandLine;
using System.Net;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Keys;
using CityTwin.ClientApi.Readings;
using CityTwin.Cluster.Nodes;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.Cluster.Hosting;

/// <summary><c>citytwin-node</c>: one node of a cluster.</summary>
internal static class NodeCommand
{
    /// <summary>What the program is called.</summary>
    public const string Program = "citytwin-node";

    private static readonly Option<string> City = new("--city") { Description = $"A bundled city ({string.Join(", ", BundledCities.Names)}) or a city folder; the same on every node.", DefaultValueFactory = _ => "hue" };
    private static readonly Option<string> Journal = new("--journal") { Description = "The journal, the same on every node: Host=…;Database=… or postgres://…", DefaultValueFactory = _ => "" };
    private static readonly Option<string> Urls = new("--urls") { Description = "Where the API listens. Any but a loopback address needs API keys.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
    private static readonly Option<string> Silo = new("--silo") { Description = "Where other nodes reach this one, as 10.0.0.5:11111.", DefaultValueFactory = _ => "127.0.0.1:11111" };
    private static readonly Option<int> Gateway = new("--gateway-port") { Description = "The port for Orleans clients that are no nodes; 0: none.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string?> Cluster = new("--cluster") { Description = "The cluster's name. Default: citytwin-<city>." };
    private static readonly Option<string?> Keys = new("--api-keys") { Description = $"Keys that callers must have, separated by commas. Default: ${ApiKeys.Variable}." };
    private static readonly Option<string?> Clock = new("--clock") { Description = "wall, or driven (moves when told to); the same on every node. Default: wall." };
    private static readonly Option<string?> Start = new("--start") { Description = "The city's time at the start, for a driven clock." };
    private static readonly Option<int> QueueMax = new("--queue-max") { Description = "Commands that may wait at this node, 1 to 10,000,000.", DefaultValueFactory = _ => 65_536 };

    private static readonly Option<int> Drain = new("--drain") { Description = "Seconds that the node serves on when it is told to stop, 0 to 300, so that load balancers turn away first.", DefaultValueFactory = _ => 5 };

    /// <summary>The command line.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new("CityTwin: a node of a cluster.");
        foreach (Option option in (Option[])[City, Journal, Urls, Silo, Gateway, Cluster, Keys, Clock, Start, QueueMax, Drain, .. ReadingOptions.All])
        {
            root.Options.Add(option);
        }
        root.SetAction(RunAsync);
        root.Subcommands.Add(Bench.BenchCommand.Create());
        return root;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        List<string> mistakes = [];
        NodeOptions? options = Options(parsed, mistakes);
        if (options is null || mistakes.Count > 0)
        {
            mistakes.ForEach(Console.Error.WriteLine);
            return CommandLine.BadWords;
        }
        if (NodeTrouble.OfSilo(options) is { } trouble)
        {
            await Console.Error.WriteLineAsync(trouble);
            return 1;
        }
        try
        {
            await using WebApplication web = NodeServer.Build(options);
            await web.StartAsync(stop);
            ClusterNode node = web.Services.GetRequiredService<ClusterNode>();
            Console.WriteLine($"A node of {options.City.NameEn} is up: {string.Join(", ", web.Urls)} (silo {options.Silo}, position {node.Runtime.Position}). Ctrl-C stops it.");
            await web.WaitForShutdownAsync(stop);
        }
        catch (Exception e) when (NodeTrouble.Of(e) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return 1;
        }
        Console.WriteLine("Stopped; everything acknowledged is in the journal.");
        return 0;
    }

    private static NodeOptions? Options(ParseResult parsed, List<string> mistakes)
    {
        CityDefinition? city = CityChoice.Read(parsed.GetValue(City)!, mistakes);
        CityClock clock = ClockChoice.Read(parsed.GetValue(Clock), parsed.GetValue(Start), fed: false, city, mistakes);
        string journal = parsed.GetValue(Journal)!;
        if (clock.Mode == ClockMode.Accelerated)
        {
            mistakes.Add("--clock: nodes share no sped-up clock; choose wall or driven");
        }
        NodeMistakes.Journal(journal, mistakes);
        IPEndPoint? silo = NodeMistakes.Silo(parsed.GetValue(Silo)!, mistakes);
        NodeMistakes.Gateway(parsed.GetValue(Gateway), silo, mistakes);
        NodeMistakes.InRange("--queue-max", parsed.GetValue(QueueMax), 1, 10_000_000, mistakes);
        NodeMistakes.InRange("--drain", parsed.GetValue(Drain), 0, 300, mistakes);
        if (parsed.GetValue(Cluster) is { } name)
        {
            NodeMistakes.Cluster(name, mistakes);
        }
        if (city is null || silo is null)
        {
            return null;
        }
        string keys = parsed.GetValue(Keys) ?? Environment.GetEnvironmentVariable(ApiKeys.Variable) ?? "";
        NodeOptions options = new()
        {
            City = city,
            Boundaries = CityChoice.Boundaries(parsed.GetValue(City)!, mistakes),
            Journal = journal,
            Urls = parsed.GetValue(Urls)!,
            Silo = silo,
            GatewayPort = parsed.GetValue(Gateway),
            Cluster = parsed.GetValue(Cluster) ?? $"citytwin-{city.Slug}",
            Clock = clock,
            Readings = ReadingOptions.Read(parsed, mistakes),
            ApiKeys = keys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            QueueDepthMax = parsed.GetValue(QueueMax),
            Drain = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(Drain), 0, 300)),
        };
        mistakes.AddRange(new ServeOptions { City = city, Journal = journal, Urls = options.Urls, ApiKeys = options.ApiKeys, Clock = clock }.Mistakes());
        return options;
    }
}
