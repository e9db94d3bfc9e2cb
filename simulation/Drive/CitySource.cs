using CityTwin.Grains;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>Reads the city that the user names: a bundled one, or a folder.</summary>
internal static class CitySource
{
    private const int MistakesShown = 5;

    /// <summary>Reads a city.</summary>
    /// <exception cref="DriveFailureException">No such city, or its folder has mistakes.</exception>
    public static CityDefinition Read(string name)
    {
        if (BundledCities.Names.Contains(name))
        {
            return BundledCities.Read(name);
        }
        if (!Directory.Exists(name))
        {
            throw new DriveFailureException($"--city: '{name}' is neither a folder nor one of {string.Join(", ", BundledCities.Names)}");
        }
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(name, "*.csv"))
        {
            files[Path.GetFileName(path)] = File.ReadAllText(path);
        }
        CityFolderReading reading = CityFolder.Parse(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(name))), files);
        return reading.Definition ?? throw new DriveFailureException(
            $"--city: {name} has {reading.MistakeCount} mistakes: {string.Join("; ", reading.Mistakes.Take(MistakesShown))}");
    }
}
