using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Views;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Benchmarks.Runtime;

/// <summary>The twin of Huế over an SQLite journal in a folder of its own, for measuring.</summary>
internal sealed class BenchCity : IAsyncDisposable
{
    /// <summary>Wednesday 1 July 2026, 08:00 in Huế.</summary>
    public static readonly DateTimeOffset Start = new(2026, 7, 1, 1, 0, 0, TimeSpan.Zero);

    private readonly bool _ownsFolder;

    private BenchCity(EmbeddedCity city, CityDefinition definition, string folder, bool ownsFolder)
    {
        City = city;
        Definition = definition;
        Folder = folder;
        _ownsFolder = ownsFolder;
    }

    public EmbeddedCity City { get; }

    public CityDefinition Definition { get; }

    public string Folder { get; }

    public ICityRuntime Runtime => City.Runtime;

    public static async Task<BenchCity> OpenAsync(IReadOnlyList<IView> views, string? folder = null, Action<EmbeddedOptions>? configure = null)
    {
        CityDefinition definition = BundledCities.Read("hue");
        string used = folder ?? Directory.CreateTempSubdirectory("citytwin-bench-").FullName;
        EmbeddedOptions options = new() { Journal = Path.Combine(used, "city.db") };
        configure?.Invoke(options);
        EmbeddedCity city = await EmbeddedCity.OpenAsync(definition, options, CityClock.Driven(Start), views, NullLogger.Instance);
        return new BenchCity(city, definition, used, folder is null);
    }

    /// <summary>The n-th of so many commands that report something in one of the communes.</summary>
    public CaseCommand.FileFeedback Report(int n)
    {
        TwinId commune = Definition.Offices[n % 40].Profile.Id;
        return new CaseCommand.FileFeedback("roads-drainage", commune, default, Channel.App, $"Đường ngập sau mưa lớn ở tổ {n}, nước không thoát", new GeoPoint(16.46, 107.59));
    }

    /// <summary>An id for the n-th command of a series.</summary>
    public static CommandId Id(int series, int n) => new CommandId((UInt128)(ulong)series + 1).Derive((ulong)n);

    public async ValueTask DisposeAsync()
    {
        await City.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
