using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(CityTwin.Web.Tests.Chromium))]

namespace CityTwin.Web.Tests;

/// <summary>Debian's Chromium without a window. No browser is ever downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    // A test machine has no network but itself: without these, Chromium asks for updates and names all the time.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Program), $"{Program} is missing: apt-get install chromium");
        // What a page shall show may take its time on a machine that does other things beside.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A window of a size, in a language and colours.</summary>
    public async Task<Window> OpenAsync(Uri city, Look? look = null)
    {
        look ??= Look.Usual;
        IBrowserContext context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = city.ToString(),
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = look.Locale,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        return new Window(context, await context.NewPageAsync());
    }
}

/// <summary>How a page is looked at.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="IsDark">Whether the system wants dark colours.</param>
/// <param name="Locale">The browser's language.</param>
public sealed record Look(int Width, int Height, bool IsDark = false, string Locale = "vi-VN")
{
    public static Look Usual { get; } = new(1440, 900);

    public static Look Phone { get; } = new(390, 844);

    /// <summary>The other size in a width's stead: what is shared at a desk is opened on a phone.</summary>
    public static Look OtherThan(int width) => width == Phone.Width ? Usual : Phone;

    /// <summary>The one of the two sizes that has a width.</summary>
    public static Look Of(int width) => width == Phone.Width ? Phone : Usual;

    /// <summary>A short name for files.</summary>
    public string Name => $"{Width}-{(IsDark ? "dark" : "light")}";
}
