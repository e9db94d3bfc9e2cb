using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>A city in this process that a test can crash, stop and open again.</summary>
public sealed class CityUnderTest(Func<IJournal> open, EmbeddedOptions? options = null, IReadOnlyList<IView>? views = null) : HostUnderTest
{
    private EmbeddedCity? _city;

    public EmbeddedCity City => _city ?? throw new InvalidOperationException("not open");

    public override ICityHost Host => City;

    public async Task<CityUnderTest> OpenAsync(CityClock? clock = null)
    {
        _city = new EmbeddedCity(
            CityTwins.Types, Hue, options ?? new EmbeddedOptions(), clock ?? CityClock.Driven(Start), views ?? [], open, NullLogger.Instance);
        await _city.StartAsync();
        await _city.FoundAsync();
        return this;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_city is { } city)
        {
            _city = null;
            await city.DisposeAsync();
        }
    }
}
