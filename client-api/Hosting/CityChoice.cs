using CityTwin.Grains;

namespace CityTwin.ClientApi.Hosting;

/// <summary>Finds the city that the command line names.</summary>
internal static class CityChoice
{
    /// <summary>A bundled city, or else a folder; null when it has mistakes, each with its file, line and column.</summary>
    public static CityDefinition? Read(string name, List<string> mistakes)
    {
        if (BundledCities.Names.Contains(name))
        {
            return BundledCities.Read(name);
        }
        if (!Directory.Exists(name))
        {
            mistakes.Add($"--city: '{name}' is neither a bundled city ({string.Join(", ", BundledCities.Names)}) nor a folder");
            return null;
        }
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(name, "*.csv"))
        {
            files[Path.GetFileName(path)] = File.ReadAllText(path);
        }
        CityFolderReading reading = CityFolder.Parse(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(name))), files);
        if (reading.Definition is null)
        {
            mistakes.AddRange(reading.Mistakes.Select(m => Path.Combine(name, m.ToString())));
            if (reading.MistakeCount > reading.Mistakes.Count)
            {
                mistakes.Add($"and {reading.MistakeCount - reading.Mistakes.Count} more");
            }
        }
        return reading.Definition;
    }
}
