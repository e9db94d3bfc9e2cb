using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;

namespace CityTwin.Grains;

/// <summary>The city folders that come with CityTwin, embedded in this assembly. Sources: docs/model/catalogue.md.</summary>
public static class BundledCities
{
    private const string Prefix = "cities/";

    /// <summary>Their slugs, in alphabetical order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. typeof(BundledCities).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(n => n.Split('/')[1]).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The files of a bundled city by name.</summary>
    /// <exception cref="ArgumentException">No bundled city has this slug.</exception>
    public static FrozenDictionary<string, string> Files(string slug)
    {
        if (!Names.Contains(slug))
        {
            throw new ArgumentException($"No bundled city '{slug}'; there are: {string.Join(", ", Names)}.", nameof(slug));
        }
        Assembly assembly = typeof(BundledCities).Assembly;
        string folder = $"{Prefix}{slug}/";
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(folder, StringComparison.Ordinal))
            .ToFrozenDictionary(n => n[folder.Length..], n => Text(assembly, n));
    }

    /// <summary>Reads a bundled city.</summary>
    /// <exception cref="ArgumentException">No bundled city has this slug.</exception>
    public static CityDefinition Read(string slug)
    {
        CityFolderReading reading = CityFolder.Parse(slug, Files(slug));
        return reading.Definition ?? throw new InvalidOperationException($"The bundled city '{slug}' has mistakes:\n{reading}");
    }

    private static string Text(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
