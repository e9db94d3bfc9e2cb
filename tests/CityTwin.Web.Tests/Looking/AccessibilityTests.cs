using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CityTwin.Web.Tests;

public sealed class AccessibilityTests(ServedCity city, Chromium chromium)
{
    // The rules of WCAG 2.2 up to AA, and axe's own best practices.
    private const string Run = """
        async () => {
          const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
          return JSON.stringify(found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')));
        }
        """;

    private static readonly string Axe = File.ReadAllText(Path.Combine(Root(), "client-api", "web", "node_modules", "axe-core", "axe.min.js"));

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task No_page_has_barriers_sideways_scrolling_or_complaints(int width, bool isDark)
    {
        (string number, string desk) = await city.FileAsync(citizen: $"citizen/00000000{width + (isDark ? 1 : 0):0000}");
        Look look = (width == 390 ? Look.Phone : Look.Usual) with { IsDark = isDark };
        await using Window window = await chromium.OpenAsync(city.Address, look);
        var found = new List<string>();
        foreach (Sight sight in Sight.All(number, desk, await city.SensorAsync()))
        {
            await window.GoAsync(sight.Address);
            await window.SettledAsync();
            found.AddRange(await BarriersAsync(window, sight.Name));
        }
        // The sight of a mistake is one: the browser says so, too.
        found.AddRange(window.Complaints.Where(c => !(c.Contains("queud", StringComparison.Ordinal) && c.Contains("400", StringComparison.Ordinal))));
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>What stands in the way of anybody on the page that a window shows.</summary>
    internal static async Task<List<string>> BarriersAsync(Window window, string name)
    {
        await window.Page.EvaluateAsync(Axe);
        string violations = await window.Page.EvaluateAsync<string>(Run);
        List<string> found = [.. JsonSerializer.Deserialize<string[]>(violations)!.Select(v => $"{name}: {v}")];
        int sideways = await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (sideways > 0)
        {
            found.Add($"{name}: scrolls sideways by {sideways} px");
        }
        return found;
    }

    internal static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
