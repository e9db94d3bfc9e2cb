using System.Collections.Immutable;
using System.Reflection;
using System.Text;

namespace CityTwin.Simulation.Scenarios;

/// <summary>The scenarios that come with CityTwin, and the schema of all scenarios. Each is argued for in docs/simulation/scenarios.md.</summary>
public static class BundledScenarios
{
    private const string Prefix = "scenarios/";

    /// <summary>Their names, in alphabetical order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. typeof(BundledScenarios).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(".yaml", StringComparison.Ordinal))
        .Select(n => n[Prefix.Length..^".yaml".Length]).Order(StringComparer.Ordinal)];

    /// <summary>The JSON schema of scenarios (draft 2020-12).</summary>
    public static string Schema => Resource($"{Prefix}scenario.schema.json");

    /// <summary>What levers and their keys are called and do, in three languages, JSON: read by <see cref="LeverBook"/>.</summary>
    internal static string LeverTexts => Resource($"{Prefix}levers.json");

    /// <summary>The text of a bundled scenario.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static string Text(string name) => Names.Contains(name)
        ? Resource($"{Prefix}{name}.yaml")
        : throw new ArgumentException($"no bundled scenario '{name}'; there are {string.Join(", ", Names)}", nameof(name));

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
