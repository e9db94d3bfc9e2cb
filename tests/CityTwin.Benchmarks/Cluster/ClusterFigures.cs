using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using CityTwin.Benchmarks.Figures;
using CityTwin.Benchmarks.Journal;

namespace CityTwin.Benchmarks.Cluster;

/// <summary>
/// The cluster is measured by its own program, <c>citytwin-node bench</c>, which is built first: this project builds where the package
/// registry has no Orleans, too, and then there are no figures of the cluster.
/// </summary>
public sealed class ClusterFigures : IFigureSource
{
    private const string Project = "silo/cluster";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <inheritdoc/>
    public string Area => "cluster";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Root() is not { } root)
        {
            progress($"not measured: {Project} is not above {AppContext.BaseDirectory}");
            yield break;
        }
        progress($"building {Project}");
        (int built, List<string> said) = await RunAsync(root, "build", Project, "-c", "Release", "-v", "q", "--nologo");
        if (built != 0)
        {
            string reason = said.FirstOrDefault(l => l.Contains("error", StringComparison.Ordinal)) ?? "no reason given";
            progress($"not measured: {Project} does not build here, for it needs Orleans' packages: {reason[(reason.IndexOf("error", StringComparison.Ordinal) is var at and > 0 ? at : 0)..]}");
            yield break;
        }
        using BenchServer? server = BenchServer.TryStart();
        if (server is null)
        {
            progress("not measured: PostgreSQL is not installed");
            yield break;
        }
        progress("one node, then three of which one is killed");
        string program = Path.Combine(root, Project, "bin", "Release", "net10.0", "citytwin-node.dll");
        (int ended, List<string> lines) = await RunAsync(root, program, "bench", "--journal", server.Address);
        foreach (string line in lines.Where(l => l.StartsWith('{')))
        {
            yield return JsonSerializer.Deserialize<Measured>(line, Form)!.ToFigure();
        }
        if (ended != 0)
        {
            progress($"the bench ended with {ended}: {lines.LastOrDefault()}");
        }
    }

    private static string? Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Project, "CityTwin.Cluster.csproj")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName;
    }

    private static async Task<(int Exit, List<string> Lines)> RunAsync(string folder, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        List<string> lines = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }
        await process.WaitForExitAsync();
        return (process.ExitCode, lines);
    }

    private sealed record Measured(string Area, string Name, double Value, string Unit, double? Target, Better Better, double? Baseline, string Conditions)
    {
        public Figure ToFigure() => new(Area, Name, Value, Unit, Target, Better, Baseline, Conditions);
    }
}
