using System.Diagnostics;
using System.Globalization;

namespace CityTwin.Web.Tests;

public sealed class FirstLoadTests(ServedCity city, Chromium chromium)
{
    private const int BytesMax = 300 * 1024;

    [Fact]
    public async Task The_board_loads_within_300_kilobytes_and_everything_from_the_city_itself()
    {
        await using Window window = await chromium.OpenAsync(city.Address);
        var loaded = new List<(string Address, long Bytes, string Encoding)>();
        window.Page.Response += (_, response) =>
        {
            long bytes = response.Headers.TryGetValue("content-length", out string? length) ? long.Parse(length, CultureInfo.InvariantCulture) : 0;
            loaded.Add((response.Url, bytes, response.Headers.GetValueOrDefault("content-encoding", "")));
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

    [Fact]
    public async Task The_types_that_the_pages_were_written_with_are_those_of_the_served_document()
    {
        string web = Path.Combine(AccessibilityTests.Root(), "client-api", "web");
        string made = Path.Combine(Directory.CreateTempSubdirectory("citytwin-types-").FullName, "schema.ts");
        var start = new ProcessStartInfo("node", ["tools/api.mjs", city.Address.ToString(), made]) { WorkingDirectory = web, RedirectStandardError = true };
        using Process node = Process.Start(start)!;
        string errors = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, errors);
        string committed = await File.ReadAllTextAsync(Path.Combine(web, "src", "api", "schema.ts"), TestContext.Current.CancellationToken);
        Assert.True(committed == await File.ReadAllTextAsync(made, TestContext.Current.CancellationToken), "run 'npm run api -- <address of a city>' in client-api/web");
        Directory.Delete(Path.GetDirectoryName(made)!, recursive: true);
    }
}
