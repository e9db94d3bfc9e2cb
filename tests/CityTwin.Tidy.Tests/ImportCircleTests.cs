using System.Text.RegularExpressions;

namespace CityTwin.Tidy.Tests;

/// <summary>The pages' modules import one way: whoever reads one need not know those who use it.</summary>
public partial class ImportCircleTests
{
    private const string Source = "client-api/web/src";

    [Fact]
    public void No_module_of_the_pages_imports_itself_by_way_of_others()
    {
        Dictionary<string, string[]> imports = Modules().ToDictionary(m => m, ImportsOf);
        Assert.Contains(imports, m => m.Value.Length > 5);

        Assert.Empty(imports.Keys.Select(m => CircleFrom(m, imports)).OfType<string>());
    }

    [Fact]
    public void A_circle_is_found_and_said()
    {
        var imports = new Dictionary<string, string[]> { ["a"] = ["b"], ["b"] = ["c"], ["c"] = ["a"], ["d"] = ["a"] };

        Assert.Equal("a → b → c → a", CircleFrom("a", imports));
        Assert.Null(CircleFrom("d", imports));
    }

    private static IEnumerable<string> Modules() => Repository.Files(Source, "*.ts").Concat(Repository.Files(Source, "*.tsx"));

    // Types count too: they say who knows whom, though the build takes them away.
    private static string[] ImportsOf(string module)
    {
        string folder = Path.GetDirectoryName(module)!;
        return [.. Import().Matches(string.Join('\n', Repository.Lines(module)))
            .Select(m => FileOf(Path.GetRelativePath(".", Path.Combine(folder, m.Groups[1].Value)).Replace('\\', '/'))).OfType<string>().Distinct()];
    }

    private static string? FileOf(string path) =>
        new[] { ".ts", ".tsx", "/index.ts", "/index.tsx" }.Select(end => path + end).FirstOrDefault(f => File.Exists(Path.Combine(Repository.Root, f)));

    private static string? CircleFrom(string start, IReadOnlyDictionary<string, string[]> imports)
    {
        var from = new Dictionary<string, string>();
        var next = new Queue<string>([start]);
        while (next.TryDequeue(out string? module))
        {
            foreach (string imported in imports.GetValueOrDefault(module, []))
            {
                if (imported == start)
                {
                    return $"{Way(module, from)} → {start}";
                }
                if (from.TryAdd(imported, module))
                {
                    next.Enqueue(imported);
                }
            }
        }
        return null;
    }

    private static string Way(string module, Dictionary<string, string> from) =>
        from.TryGetValue(module, out string? before) ? $"{Way(before, from)} → {module}" : module;

    [GeneratedRegex(@"(?:from|import)\s*\(?\s*'(\.[^']+)'")]
    private static partial Regex Import();
}
