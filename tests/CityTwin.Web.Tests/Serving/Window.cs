using System.Globalization;
using Microsoft.Playwright;

namespace CityTwin.Web.Tests;

/// <summary>A browser's window on the pages. Whatever the console says against them is kept.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public Window(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => Complaints.Add($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, and exceptions.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Opens a page and waits until it shows what it is about.</summary>
    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(address);
        await Page.Locator("main h1").WaitForAsync();
    }

    /// <summary>Waits until nothing on the page is being loaded.</summary>
    public Task SettledAsync() => Assertions.Expect(Page.Locator("main .loading")).ToHaveCountAsync(0, new() { Timeout = 30_000 });

    /// <summary>The number in a tile of the board or an office, by its label.</summary>
    public ILocator Tile(string label) => Page.Locator(".tile").Filter(new() { Has = Page.GetByText(label, new() { Exact = true }) }).Locator(".tile-value");

    /// <summary>Waits until a tile shows a number.</summary>
    public Task ShowsAsync(string label, int number) =>
        Assertions.Expect(Tile(label)).ToHaveTextAsync(number.ToString(CultureInfo.InvariantCulture), new() { Timeout = 30_000 });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
