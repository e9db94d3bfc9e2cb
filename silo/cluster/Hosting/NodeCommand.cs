using System.CommandLine;
using System.Net;
using CityTwin.ClientApi.Hosting;
using CityTwin.Cluster.Nodes;
using CityTwin.Silo;

namespace CityTwin.Cluster.Hosting;

/// <summary><c>citytwin-node</c>: one node of a cluster.</summary>
internal static class NodeCommand
{
    /// <summary>What the program is called.</summary>
    public const string Program = "citytwin-node";

    private static readonly Option<string> Journal = new("--journal") { Description = "The journal, the same on every node: Host=…;Database=… or postgres://…", DefaultValueFactory = _ => "" };
    private static readonly Option<string> Silo = new("--silo") { Description = "Where other nodes reach this one, as 10.0.0.5:11111.", DefaultValueFactory = _ => "127.0.0.1:11111" };
    private static readonly Option<int> Gateway = new("--gateway-port") { Description = "The port for Orleans clients that are no nodes; 0: none.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string?> Cluster = new("--cluster") { Description = "The cluster's name. Default: citytwin-<city>." };
    private static readonly Option<string?> Clock = new("--clock") { Description = "wall, or driven (moves when told to); the same on every node. Default: wall." };
    private static readonly Option<string?> Start = new("--start") { Description = "The city's time at the start, for a driven clock." };

    private static readonly Option<int> Drain = new("--drain") { Description = "Seconds that the node serves on when it is told to stop, 0 to 300, so that load balancers turn away first.", DefaultValueFactory = _ => 5 };

    /// <summary>The command line.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new("CityTwin: a node of a cluster.");
        foreach (Option option in (Option[])[Journal, Silo, Gateway, Cluster, Clock, Start, Drain])
        {
            root.Options.Add(option);
        }
        SharedOptions.AddTo(root);
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
            Console.WriteLine($"A node of {options.Serving.City.NameEn} is up: {string.Join(", ", web.Urls)} (silo {options.Silo}, position {node.Runtime.Position}). Ctrl-C stops it.");
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
        string journal = parsed.GetValue(Journal)!;
        ServeOptions? serving = SharedOptions.Read(parsed, _ => journal, mistakes);
        CityClock clock = ClockChoice.Read(parsed.GetValue(Clock), parsed.GetValue(Start), fed: false, serving?.City, mistakes);
        if (clock.Mode == ClockMode.Accelerated)
        {
            mistakes.Add("--clock: nodes share no sped-up clock; choose wall or driven");
        }
        NodeMistakes.Journal(journal, mistakes);
        IPEndPoint? silo = NodeMistakes.Silo(parsed.GetValue(Silo)!, mistakes);
        NodeMistakes.Gateway(parsed.GetValue(Gateway), silo, mistakes);
        SharedOptions.InRange("--drain", parsed.GetValue(Drain), 0, 300, mistakes);
        if (parsed.GetValue(Cluster) is { } name)
        {
            NodeMistakes.Cluster(name, mistakes);
        }
        if (serving is null || silo is null)
        {
            return null;
        }
        mistakes.AddRange(serving.Mistakes());
        return new NodeOptions
        {
            Serving = serving with { Clock = clock },
            Silo = silo,
            GatewayPort = parsed.GetValue(Gateway),
            Cluster = parsed.GetValue(Cluster) ?? $"citytwin-{serving.City.Slug}",
            Drain = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(Drain), 0, 300)),
        };
    }
}
