using System.CommandLine;
using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.Cluster.Hosting;
using CityTwin.Cluster.Nodes;
using CityTwin.Grains;
using CityTwin.Silo;
using Orleans;

namespace CityTwin.Cluster.Bench;

/// <summary><c>citytwin-node bench</c>: measures a node, and a cluster that loses one, over a database of one's own; a JSON line a figure.</summary>
internal static class BenchCommand
{
    private static readonly Option<string> Journal = new("--journal") { Description = "A PostgreSQL address whose schema is new, or made for this.", Required = true };
    private static readonly Option<int> Commands = new("--commands") { Description = "Commands of each kind, 100 to 100,000,000.", DefaultValueFactory = _ => 300_000 };
    private static readonly Option<int> Callers = new("--callers") { Description = "Callers at once, 1 to 65,536.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Port = new("--port") { Description = "The first of the three ports used, on the loopback address, 1 to 65,533.", DefaultValueFactory = _ => 11_211 };

    private static readonly Option<bool> Kill = new("--kill") { Description = "Whether to start two more nodes and kill one.", DefaultValueFactory = _ => true };

    private static readonly JsonSerializerOptions Form = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int QueueDepthMax = 65_536;
    private const int EachTimeCallers = 256;
    private const int EachTimeCalls = 10_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Command bench = new("bench", "Measures commands a second on one node, and how long callers wait when one of three nodes is killed.") { Journal, Commands, Callers, Port, Kill };
        bench.SetAction((parsed, stop) => RunAsync(parsed, stop));
        return bench;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string journal = parsed.GetValue(Journal)!;
        int port = parsed.GetValue(Port), callers = parsed.GetValue(Callers), commands = parsed.GetValue(Commands);
        List<string> mistakes = [];
        NodeMistakes.Journal(journal, mistakes);
        SharedOptions.InRange("--commands", commands, 100, 100_000_000, mistakes);
        SharedOptions.InRange("--callers", callers, 1, QueueDepthMax, mistakes);
        SharedOptions.InRange("--port", port, 1, NodeMistakes.PortMax - 2, mistakes);
        if (mistakes.Count > 0)
        {
            mistakes.ForEach(Console.Error.WriteLine);
            return CommandLine.BadWords;
        }
        if (NodeTrouble.OfSilo(Options(journal, port)) is { } trouble)
        {
            await Console.Error.WriteLineAsync(trouble);
            return 1;
        }
        try
        {
            await MeasureAsync(journal, port, callers, commands, parsed.GetValue(Kill), stop);
            return 0;
        }
        catch (Exception e) when (NodeTrouble.Of(e) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return 1;
        }
    }

    private static async Task MeasureAsync(string journal, int port, int callers, int commands, bool kill, CancellationToken stop)
    {
        await using WebApplication web = NodeServer.Build(Options(journal, port));
        await web.StartAsync(stop);
        ClusterNode node = web.Services.GetRequiredService<ClusterNode>();
        string machine = $"PostgreSQL with its default durability, {Environment.ProcessorCount} cores with callers and database";
        string conditions = $"{callers} callers in the node's process, Huế, {machine}";
        IGrainFactory grains = web.Services.GetRequiredService<IGrainFactory>();
        await BenchRun.OfAsync(EachTimeCallers, EachTimeCallers, n => grains.GetGrain<IEachTimeGrain>(n).Count());
        BenchRun each = await BenchRun.OfAsync(EachTimeCallers, Math.Min(commands, EachTimeCalls), n => grains.GetGrain<IEachTimeGrain>(n % EachTimeCallers).Count());
        BenchRun warm = await BenchRun.OfAsync(node.Runtime, callers, commands / 2, RecordWork, series: 1);
        RuntimeStatistics statistics = node.Statistics;
        (long events, long batches) = (statistics.Events, statistics.Batches);
        BenchRun single = await BenchRun.OfAsync(node.Runtime, callers, commands, RecordWork, series: 2);
        Print("acknowledged commands, one turn each, one node", single.PerSecond, "commands/s", 30_000, higher: true, each.PerSecond,
            $"{commands} commands, one event each, after {warm.Commands} to warm up; p50 {single.Milliseconds(0.5):0.0} ms, p99 {single.Milliseconds(0.99):0.0} ms; {conditions}; baseline: grains that write their state at each call, {EachTimeCallers} callers");
        Print("processor time of the node a command, one turn each", single.ProcessorMicroseconds, "us", null, higher: false, each.ProcessorMicroseconds, "callers and views included; baseline as before");
        Print("events per commit, one node", (statistics.Events - events) / (double)Math.Max(1, statistics.Batches - batches), "events", null, higher: true, null, conditions);
        int filings = commands / 10;
        BenchRun filing = await BenchRun.OfAsync(node.Runtime, callers, filings, n => (TwinId.Case(n + 1), Report(n)), series: 3);
        Print("acknowledged filings, four turns each, one node", filing.PerSecond, "commands/s", null, higher: true, null,
            $"{filings} reports: case, commune, desk and case again; p50 {filing.Milliseconds(0.5):0.0} ms, p99 {filing.Milliseconds(0.99):0.0} ms; {conditions}");
        Print("processor time of the node a filing, four turns each", filing.ProcessorMicroseconds, "us", null, higher: false, null, conditions);
        if (kill)
        {
            double recovery = await RecoveryRun.MeasureAsync(node.Runtime, journal, port, stop);
            Print("longest wait for an answer when one of three nodes is killed", recovery, "s", 5, higher: false, null,
                $"kill -9; 64 callers go on at another node, to twins of all three; every command was answered; {machine}");
        }
        await web.StopAsync(stop);
    }

    /// <summary>How a node of the bench runs.</summary>
    public static NodeOptions Options(string journal, int port) => new()
    {
        Serving = new ServeOptions { City = BundledCities.Read("hue"), Journal = journal, Urls = "http://127.0.0.1:0", QueueDepthMax = QueueDepthMax },
        Silo = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, port),
        Cluster = "citytwin-bench",
    };

    /// <summary>A report at one of the city's communes.</summary>
    public static TwinCommand Report(int n) => new CaseCommand.FileFeedback(
        "waste-environment", Hue.Offices[n % Communes].Profile.Id, default, Channel.App, "Rác chưa thu gom");

    private const int Communes = 40;

    private static readonly CityDefinition Hue = BundledCities.Read("hue");

    private static readonly TwinId[] Officials = [.. Hue.Offices.SelectMany(o => o.Desks).SelectMany(d => d.Officials).Distinct()];

    // A turn of its own: an official's record tells nobody anything.
    private static (TwinId Target, TwinCommand Command) RecordWork(int n) =>
        (Officials[n % Officials.Length], new OfficialCommand.RecordWork(TwinId.Case(n + 1), LeaveReason.Resolved, TimeSpan.FromMinutes(20), OnTime: true));

    private static void Print(string name, double value, string unit, double? target, bool higher, double? baseline, string conditions) =>
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            area = "cluster",
            name,
            value = Math.Round(value, 2),
            unit,
            target,
            better = higher ? "Higher" : "Lower",
            baseline = baseline is { } b ? Math.Round(b, 2) : (double?)null,
            conditions,
        }, Form));
}
