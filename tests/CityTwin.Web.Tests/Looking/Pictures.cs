using Microsoft.Playwright;

namespace CityTwin.Web.Tests;

/// <summary>Where pictures go, and which of them are wanted.</summary>
/// <remarks>
/// <c>CITYTWIN_SCREENSHOTS</c> is the folder (<c>artifacts/screenshots</c> by default); <c>CITYTWIN_SCREENSHOTS_ONLY</c> takes only pictures whose
/// name contains one of its words, which are parted by commas.
/// </remarks>
internal static class Pictures
{
    private static readonly string[] Only = (Environment.GetEnvironmentVariable("CITYTWIN_SCREENSHOTS_ONLY") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string Folder { get; } = Directory.CreateDirectory(Environment.GetEnvironmentVariable("CITYTWIN_SCREENSHOTS") ?? Path.Combine("artifacts", "screenshots")).FullName;

    /// <summary>The name of a picture's file, without its ending.</summary>
    public static string Name(string of, Look look) => look.Locale.StartsWith("vi", StringComparison.Ordinal) ? $"{of}-{look.Name}" : $"{of}-{look.Name}-{look.Locale[..2]}";

    public static bool AreWanted(string of, Look look) => Only.Length == 0 || Only.Any(word => Name(of, look).Contains(word, StringComparison.Ordinal));

    /// <summary>Takes the picture of what a window shows.</summary>
    /// <param name="window">The window.</param>
    /// <param name="of">What it shows, a name for a file.</param>
    /// <param name="look">Size and colours.</param>
    /// <param name="isWhole">The page down to its end, rather than what fits the window.</param>
    public static Task TakeAsync(Window window, string of, Look look, bool isWhole) =>
        window.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = isWhole, Path = Path.Combine(Folder, $"{Name(of, look)}.png") });
}
