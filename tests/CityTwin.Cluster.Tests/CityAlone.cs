using CityTwin.Silo;
using CityTwin.Silo.Tests.Runtime;
using CityTwin.Silo.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Cluster.Tests;

/// <summary>The embedded host over the same journal, for a test of moving between hosts.</summary>
public sealed class CityAlone : HostUnderTest
{
    private readonly EmbeddedCity _city;

    private CityAlone(EmbeddedCity city) => _city = city;

    public override ICityHost Host => _city;

    public static async Task<CityAlone> OpenAsync(string journal, EngineOptions? engine = null) =>
        new(await EmbeddedCity.OpenAsync(Hue, new EmbeddedOptions { Journal = journal, Engine = engine ?? new EngineOptions() }, CityClock.Driven(Start), [], NullLogger.Instance));

    public override ValueTask DisposeAsync() => _city.DisposeAsync();
}
