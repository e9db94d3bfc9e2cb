using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Simulation.Calibration;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Live;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary>Reads what the bench commands are given: scenarios, cities, the live state.</summary>
internal static class BenchInput
{
    private const string FitPrefix = "fit:";
    private const string Server = "http://127.0.0.1:5080";

    /// <summary>The text of a scenario: a file, or a bundled one by name.</summary>
    public static string ScenarioText(string name)
    {
        if (BundledScenarios.Names.Contains(name))
        {
            return BundledScenarios.Text(name);
        }
        return File.Exists(name)
            ? File.ReadAllText(name)
            : throw new BenchFailureException($"no file and no bundled scenario '{name}'; bundled: {string.Join(", ", BundledScenarios.Names)}");
    }

    /// <summary>The scenario of a text, or all of its mistakes as an exception.</summary>
    public static Scenario Read(string name, string text, IReadOnlyDictionary<string, double>? values = null)
    {
        ScenarioReading reading = ScenarioFile.Parse(text, values);
        return reading.Scenario ?? throw new BenchFailureException(Listing(name, reading.Mistakes));
    }

    /// <summary>The model of a scenario's base city.</summary>
    public static CityModel Model(Scenario scenario, string? city = null)
    {
        string name = city ?? scenario.Base.City;
        return name.StartsWith(FitPrefix, StringComparison.Ordinal)
            ? FittedModel.Of(Fitted(name[FitPrefix.Length..]))
            : ModelOfCity.From(City(name), scenario.Base.Assumptions);
    }

    private static FittedCity Fitted(string file)
    {
        try
        {
            return FittedCity.Read(File.ReadAllText(file));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new BenchFailureException($"{file}: {e.Message}", e);
        }
    }

    /// <summary>A scenario's timelines, or all mistakes in its names as an exception.</summary>
    public static CompiledScenario Compile(string name, Scenario scenario, CityModel model, LiveCity? live)
    {
        CompiledScenario compiled = ScenarioCompiler.Compile(scenario, model, live);
        return compiled.Mistakes.IsEmpty ? compiled : throw new BenchFailureException(Listing(name, compiled.Mistakes));
    }

    /// <summary>The live state: from a file, an address, or (<c>live</c>) the server on this machine.</summary>
    public static async Task<LiveCity?> LiveAsync(string? from, string? at, CancellationToken cancellation)
    {
        if (from is null)
        {
            return null;
        }
        try
        {
            if (File.Exists(from))
            {
                return LiveCityJson.Read(await File.ReadAllTextAsync(from, cancellation));
            }
            Uri server = Address(from);
            string url = new Uri(server, server.AbsolutePath == "/" ? "/whatif/live" : server.AbsolutePath) + (at is null ? "" : $"?at={Uri.EscapeDataString(at)}");
            using HttpClient client = Client();
            return LiveCityJson.Read(await client.GetStringAsync(new Uri(url), cancellation));
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException or UnauthorizedAccessException)
        {
            throw new BenchFailureException($"--from {from}: {e.Message}", e);
        }
    }

    /// <summary>The bundled city that a server serves, for a scenario whose base is <c>live</c>.</summary>
    public static async Task<string> ServedCityAsync(string from, CancellationToken cancellation)
    {
        try
        {
            using HttpClient client = Client();
            using JsonDocument city = JsonDocument.Parse(await client.GetStringAsync(new Uri(Address(from), "/city"), cancellation));
            string? id = city.RootElement.TryGetProperty("id", out JsonElement e) ? e.GetString() : null;
            return BundledCities.Names.FirstOrDefault(n => BundledCities.Read(n).Id.ToString() == id)
                ?? throw new BenchFailureException($"the server's city ({id}) is not a bundled one: name its folder with --city");
        }
        catch (Exception e) when (e is JsonException or HttpRequestException)
        {
            throw new BenchFailureException($"--from {from}: {e.Message}", e);
        }
    }

    /// <summary>A city by its bundled name or folder.</summary>
    public static CityDefinition City(string name)
    {
        if (BundledCities.Names.Contains(name))
        {
            return BundledCities.Read(name);
        }
        if (!Directory.Exists(name))
        {
            throw new BenchFailureException($"no bundled city and no folder '{name}'; bundled: {string.Join(", ", BundledCities.Names)}");
        }
        Dictionary<string, string> files = Directory.EnumerateFiles(name, "*.csv")
            .ToDictionary(f => Path.GetFileName(f), f => File.ReadAllText(f, Encoding.UTF8));
        CityFolderReading reading = CityFolder.Parse(new DirectoryInfo(name).Name, files);
        return reading.Definition ?? throw new BenchFailureException($"{name}:\n{reading}");
    }

    private static Uri Address(string from) =>
        Uri.TryCreate(from == "live" ? Server : from, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? address
        : throw new BenchFailureException($"--from {from}: no such file, and no address; expected live, a file, or an address as {Server}");

    private static HttpClient Client()
    {
        HttpClient client = new() { Timeout = TimeSpan.FromMinutes(2) };
        if (Environment.GetEnvironmentVariable("CITYTWIN_API_KEY") is { Length: > 0 } key)
        {
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
        }
        return client;
    }

    /// <summary>What is thrown for a scenario's mistakes.</summary>
    public static BenchFailureException Mistaken(string name, ImmutableArray<ScenarioMistake> mistakes) => new(Listing(name, mistakes));

    private static string Listing(string name, ImmutableArray<ScenarioMistake> mistakes) =>
        string.Join('\n', mistakes.Select(m => $"{name}:{m}"));
}
