using Microsoft.Playwright;

namespace CityTwin.Web.Tests;

/// <summary>What no address alone shows: a dialog, something typed, a city that does not answer.</summary>
/// <param name="Name">A name for files.</param>
/// <param name="Address">Where it begins.</param>
/// <param name="Act">What a person does then, in the Vietnamese pages.</param>
internal sealed record Scene(string Name, string Address, Func<IPage, Task> Act)
{
    /// <summary>What is done and asked on the pages of a city that lives.</summary>
    public static IReadOnlyList<Scene> All(PicturedCity of)
    {
        string desk = "/desks/460701";
        return
        [
            new("board-desks", "/", p => PressAsync(p, "Quầy")), new("board-alerts", "/", p => PressAsync(p, "Cảnh báo")),
            new("board-pointed", "/", async p =>
            {
                ILocator map = p.Locator(".map-box");
                await map.HoverAsync(new() { Position = new() { X = (await map.BoundingBoxAsync())!.Width / 2, Y = 160 } });
            }),
            new("cases-completing", "/cases", p => TypeAsync(p, "overdue==true;comm")),
            new("cases-saving", "/cases?q=overdue%3D%3Dtrue", p => PressAsync(p, "Lưu")),
            new("case-moving", $"/cases/{of.Cases["inProgress"]}", p => PressAsync(p, "Chuyển nơi xử lý")),
            new("case-asking", $"/cases/{of.Cases["inProgress"]}", p => PressAsync(p, "Yêu cầu bổ sung")),
            new("desk-official", desk, p => p.GetByLabel("Làm việc với tư cách").SelectOptionAsync(new SelectOptionValue { Index = 1 })),
            new("intake-reading", "/intake", async p =>
            {
                await p.GetByLabel("Nội dung phản ánh").FillAsync("Đèn đường tắt ba ngày nay ở đầu kiệt 12, tối om");
                await p.GetByLabel("Xã, phường").SelectOptionAsync("commune/19753");
                await p.Locator(".guesses button").First.ClickAsync();
                await p.Locator("#alike").WaitForAsync();
            }),
            new("intake-dossier", "/intake", async p =>
            {
                await p.Locator(".kinds input").Nth(1).CheckAsync();
                await p.Locator("main form .form-row select").First.SelectOptionAsync("1.000894");
            }),
            new("sensor-raising", $"/sensors/{of.Sensor}", p => PressAsync(p, "Báo động")),
            new("sensor-silencing", $"/sensors/{of.Sensor}", p => PressAsync(p, "Tạm im")),
            new("scenario-mistakes", "/whatif/new?run=1", async p =>
            {
                ILocator text = p.Locator(".code-area");
                if (!await text.IsVisibleAsync())
                {
                    await p.Locator(".tabs.narrow button").Nth(1).ClickAsync();
                }
                await text.FillAsync("name: Wrong\nbase: {city: hue, start: 2026-08-03, days: 70}\nchanges:\n  - officers: {offices: Nowhere, add: 1}\n");
                await p.Locator(".mistakes li").First.WaitForAsync();
            }),
            new("run-renaming", "/whatif/runs/1", p => PressAsync(p, "Đổi tên")),
        ];
    }

    /// <summary>Pages of a city that answers slowly, or not at all, or wants a key.</summary>
    public static IReadOnlyList<(string Name, string Address, int Status)> Troubles { get; } =
    [
        ("loading-board", "/", 0), ("loading-cases", "/cases", 0), ("loading-commune", "/communes/19753", 0), ("loading-run", "/whatif/runs/1", 0), ("loading-desk", "/desks/460701", 0), ("loading-runtime", "/runtime", 0),
        ("failed-board", "/", 503), ("failed-cases", "/cases", 503), ("failed-commune", "/communes/19753", 503), ("failed-bench", "/whatif", 503), ("failed-sensors", "/sensors", 503), ("failed-runtime", "/runtime", 503),
        ("key", "/cases", 401),
    ];

    private static Task PressAsync(IPage page, string name) => page.Locator("main").GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First.ClickAsync();

    private static Task TypeAsync(IPage page, string text) => page.GetByRole(AriaRole.Combobox, new() { Name = "Điều kiện" }).PressSequentiallyAsync(text);
}
