using System.Text.Json;
using CityTwin.ClientApi.Open311;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Hosting;

/// <summary>Finds the city that the command line names.</summary>
internal static class CityChoice
{
    private const string BoundariesFile = "boundaries.geojson";
    private const int BoundariesBytesMax = 8 * 1024 * 1024;

    /// <summary>The city's own map, when its folder has one: a GeoJSON FeatureCollection whose features name their commune in <c>properties.code</c>.</summary>
    public static byte[]? Boundaries(string name, List<string> mistakes)
    {
        string path = Path.Combine(name, BoundariesFile);
        if (BundledCities.Names.Contains(name) || !File.Exists(path))
        {
            return null;
        }
        if (new FileInfo(path).Length > BoundariesBytesMax)
        {
            mistakes.Add($"{path}: is larger than {BoundariesBytesMax} bytes: simplify the borders");
            return null;
        }
        byte[] json = File.ReadAllBytes(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            bool isCollection = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("features", out JsonElement features) && features.ValueKind == JsonValueKind.Array;
            if (!isCollection)
            {
                mistakes.Add($"{path}: expected a GeoJSON FeatureCollection");
            }
            CommuneShapes.Read(json);
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or KeyNotFoundException or FormatException)
        {
            mistakes.Add($"{path}: an outline cannot be read: expected the coordinates of a Polygon or MultiPolygon (RFC 7946): {e.Message}");
        }
        catch (JsonException e)
        {
            mistakes.Add($"{path}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: no JSON");
        }
        return json;
    }

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
