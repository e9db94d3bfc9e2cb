using System.Collections.Concurrent;
using System.Globalization;

namespace CityTwin.Web.Tests;

public sealed class FirstLoadTests(ServedCity city, Chromium chromium)
{
    private const int BytesMax = 300 * 1024;

    [Fact]
    public async Task The_board_loads_within_300_kilobytes_and_everything_from_the_city_itself()
    {
        await using Window window = await chromium.OpenAsync(city.Address);
        var loaded = new ConcurrentQueue<(string Address, long Bytes, string Encoding)>();
        window.Page.Response += (_, response) =>
        {
            long bytes = response.Headers.TryGetValue("content-length", out string? length) ? long.Parse(length, CultureInfo.InvariantCulture) : 0;
            loaded.Enqueue((response.Url, bytes, response.Headers.GetValueOrDefault("content-encoding", "")));
        };
        await window.GoAsync("/");
        await window.SettledAsync();
        Assert.All(loaded, l => Assert.StartsWith(city.Address.ToString(), l.Address, StringComparison.Ordinal));
        (string Address, long Bytes, string Encoding)[] assets = [.. loaded.Where(l => l.Address.Contains("/assets/", StringComparison.Ordinal))];
        Assert.NotEmpty(assets);
        Assert.All(assets.Where(a => a.Bytes > 2048), a => Assert.Contains(a.Encoding, (string[])["br", "gzip"]));
        Assert.InRange(assets.Sum(a => a.Bytes), 1, BytesMax);
        Assert.DoesNotContain(assets, a => a.Address.Contains("engine", StringComparison.Ordinal));
    }
}
