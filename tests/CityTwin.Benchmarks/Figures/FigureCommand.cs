using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace CityTwin.Benchmarks.Figures;

/// <summary>The command <c>figures [area] [--json]</c>: measures and prints, one JSON line or one table row a figure.</summary>
public static class FigureCommand
{
    private static readonly string[] Areas =
        ["grains", "runtime", "journal", "cluster", "views", "query", "simulation", "ml", "ingest", "pages"];

    /// <summary>Runs the command. 0: all measured; 1: a figure missed its target; 2: the words were off.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        bool json = args.Contains("--json");
        string[] asked = [.. args.Where(a => a != "--json")];
        if (asked.Except(Areas).FirstOrDefault() is { } unknown)
        {
            await Console.Error.WriteLineAsync($"figures: no area '{unknown}'. Areas: {string.Join(' ', Areas)}");
            return 2;
        }
        var sources = typeof(FigureCommand).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IFigureSource).IsAssignableFrom(t))
            .Select(t => (IFigureSource)Activator.CreateInstance(t)!)
            .Where(s => asked.Length == 0 || asked.Contains(s.Area))
            .OrderBy(s => Array.IndexOf(Areas, s.Area)).ThenBy(s => s.GetType().Name, StringComparer.Ordinal);
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 220);
        bool missed = false;
        foreach (IFigureSource source in sources)
        {
            await foreach (Figure figure in source.MeasureAsync(m => Console.Error.WriteLine($"  {source.Area}: {m}"), cancellation))
            {
                missed |= figure.Met == false;
                Print(figure, json);
            }
        }
        return missed ? 1 : 0;
    }

    private static void Print(Figure figure, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                area = figure.Area,
                name = figure.Name,
                value = figure.Value,
                unit = figure.Unit,
                target = figure.Target,
                met = figure.Met,
                baseline = figure.Baseline,
                ratio = figure.Ratio,
                conditions = figure.Conditions,
            }));
            return;
        }
        string verdict = figure.Met switch { true => "[green]met[/]", false => "[red]missed[/]", null => "" };
        string target = figure.Target is { } t ? $"{(figure.Better == Better.Higher ? "≥" : "≤")} {Short(t)}" : "";
        string baseline = figure.Baseline is { } b ? $"baseline {Short(b)} (×{figure.Ratio:0.##})" : "";
        AnsiConsole.MarkupLine(
            $"{figure.Area,-10} {Markup.Escape(figure.Name),-58} [bold]{Short(figure.Value),12}[/] {Markup.Escape(figure.Unit),-12} {target,-12} {verdict} {baseline}");
        AnsiConsole.MarkupLine($"           [grey]{Markup.Escape(figure.Conditions)}[/]");
    }

    private static string Short(double value) =>
        value.ToString(Math.Abs(value) >= 1000 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}
