using System.Globalization;
using System.Text;
using CityTwin.Grains;

namespace CityTwin.Benchmarks.Pages;

/// <summary>A made-up city as large as the whole country: Huế's tables with thousands of communes on a grid that leans like the coast.</summary>
internal static class BigCity
{
    private const int Across = 41;
    private const int Residents = 25_000;

    /// <summary>Writes its folder and gives the communes' identities.</summary>
    public static string[] Write(string folder, int communes)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, string text) in BundledCities.Files("hue"))
        {
            File.WriteAllText(Path.Combine(folder, name), name switch
            {
                "city.csv" => City(text, communes),
                "communes.csv" => Communes(communes),
                _ => text,
            });
        }
        return [.. Enumerable.Range(0, communes).Select(i => $"commune/{Code(i)}")];
    }

    private static string City(string text, int communes) => string.Join('\n', text.Split('\n').Select(line =>
        line.StartsWith("population,", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"population,{(long)communes * Residents}") : line));

    private static int Code(int i) => 10_001 + i;

    private static string Communes(int communes)
    {
        var csv = new StringBuilder("kind,code,name_vi,name_en,population,latitude,longitude,area_km2\n");
        for (int i = 0; i < communes; i++)
        {
            (int row, int column) = (i / Across, i % Across);
            double latitude = 23 - (row * 0.17) + (0.03 * ((i * 7) % 5));
            double longitude = 103 + (column * 0.17) + (row * 0.05) + (0.03 * ((i * 11) % 5));
            csv.Append(CultureInfo.InvariantCulture, $"commune,{Code(i)},Xã {i + 1},Commune {i + 1},{Residents},{latitude:0.####},{longitude:0.####},250\n");
        }
        return csv.ToString();
    }
}
