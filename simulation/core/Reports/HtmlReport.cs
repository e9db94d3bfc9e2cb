using System.Net;
using System.Text;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Reports;

/// <summary>A what-if run as one HTML file that needs nothing else: styles and charts are inside, no script, no network.</summary>
public static class HtmlReport
{
    internal const string Style = """
        :root{--ink:#1d2733;--soft:#5d6b7a;--line:#dfe5eb;--paper:#fff;--v0:#5b6f86;--v1:#c2410c;--v2:#0f766e;--v3:#7c3aed;--good:#15803d;--bad:#b91c1c}
        @media (prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#9fb0c0;--line:#33404d;--paper:#161c22;--v0:#9fb3c8;--v1:#fb923c;--v2:#2dd4bf;--v3:#c4b5fd;--good:#4ade80;--bad:#f87171}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1040px;margin:2rem auto;padding:0 1rem;-webkit-text-size-adjust:100%}
        h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.15rem;margin-top:2.2rem}p.lead,figcaption,small{color:var(--soft)}
        table{border-collapse:collapse;width:100%;font-size:.86rem;display:block;overflow-x:auto}th,td{padding:.3rem .7rem;border-bottom:1px solid var(--line);text-align:left}
        th{color:var(--soft);font-weight:600;vertical-align:bottom}td:first-child,th:first-child{min-width:9.5rem;padding-left:0;position:sticky;left:0;background:var(--paper)}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.good{color:var(--good)}td.bad{color:var(--bad)}
        svg{width:100%;min-width:680px;height:auto;display:block}figure{margin:1rem 0;overflow-x:auto}figcaption{position:sticky;left:0;font-size:.86rem;margin-top:.4rem}text{fill:var(--ink);font:11px system-ui,sans-serif}text.label{fill:var(--soft)}
        .grid{stroke:var(--line)}.zero{stroke:var(--soft)}.whisker{stroke-width:2.5;opacity:.6}line.good{stroke:var(--good)}line.bad{stroke:var(--bad)}line.even{stroke:var(--soft)}
        circle.good{fill:var(--good)}circle.bad{fill:var(--bad)}circle.even{fill:var(--soft)}circle.hollow{fill:var(--paper);stroke:var(--v0);stroke-width:1.5}circle.full{fill:var(--v1)}
        .curve{fill:none;stroke-width:2}.band{opacity:.18;stroke:none}
        .cause0{fill:var(--v0);background:var(--v0)}.cause1{fill:var(--line);background:var(--line)}.cause2{fill:var(--v1);background:var(--v1)}.cause3{fill:var(--v3);background:var(--v3)}
        .curve.v0{stroke:var(--v0)}.curve.v1{stroke:var(--v1)}.curve.v2{stroke:var(--v2)}.curve.v3{stroke:var(--v3)}
        .band.v0,.bar.v0,.key.v0{fill:var(--v0);background:var(--v0)}.band.v1,.bar.v1,.key.v1{fill:var(--v1);background:var(--v1)}
        .band.v2,.key.v2{fill:var(--v2);background:var(--v2)}.band.v3,.key.v3{fill:var(--v3);background:var(--v3)}
        .key{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .35em 0 1em}
        """;

    /// <summary>The whole file.</summary>
    /// <param name="result">What was run.</param>
    /// <param name="description">What was asked, in words.</param>
    /// <param name="sweep">The lever and its values where the variants are a sweep over one; null otherwise.</param>
    public static string Of(WhatIfResult result, string description = "", (string Lever, IReadOnlyList<double> Values)? sweep = null)
    {
        StringBuilder html = new();
        html.Append($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Append($"<title>{Text(result.Title)}</title><style>{Style}</style></head><body><h1>{Text(result.Title)}</h1>");
        Lead(html, result, description);
        html.Append("<h2>Figures</h2>").Append(WhatIfTables.Figures(result));
        if (sweep is { } s)
        {
            Section(html, $"Along {s.Lever}", WhatIfCharts.Curve(result, s.Values, s.Lever, 0), "Shaded: intervals of the mean.");
            Section(html, "", WhatIfCharts.Curve(result, s.Values, s.Lever, 3), "Shaded: intervals of the mean.");
        }
        Section(html, "Backlog", WhatIfCharts.Backlog(result), $"Lines: medians; shaded: the middle 90 % of replications.{Keys(result)}");
        int last = result.Variants.Length - 1;
        if (last > 0 && sweep is null)
        {
            for (int v = 1; v <= Math.Min(last, 6); v++)
            {
                Section(html, $"Differences: {result.Variants[v].Name}", WhatIfCharts.Differences(result, v),
                    "Paired replications with common random numbers. Green: better; red: worse; grey: the interval holds no change.");
            }
        }
        if (last > 0 && !result.Named.IsEmpty)
        {
            html.Append("<h2>Offices that the changes name</h2>").Append(WhatIfTables.Named(result, last));
        }
        Section(html, "On time by office", WhatIfCharts.Offices(result, last), "The 60 offices with the lowest share, means over replications.");
        if (!result.Sensitivities.IsEmpty)
        {
            Section(html, "What the answer hangs on", WhatIfCharts.TornadoOf(result), "Each assumption a fifth less (grey) and more (orange), all else the same.");
        }
        if (!result.Savings.IsEmpty)
        {
            html.Append("<h2>Days saved</h2>").Append(WhatIfTables.Savings(result));
        }
        Section(html, "Waits for an officer", DeskSections.Waits(result, last), "By kind of desk, the largest twenty; means over all cases and replications.");
        Section(html, $"Officers' time: {result.Variants[last].Name}", DeskSections.Utilisation(result, last), $"By cause:{DeskSections.Keys}");
        html.Append(DeskSections.Table(result, last));
        return html.Append("</body></html>\n").ToString();
    }

    private static void Lead(StringBuilder html, WhatIfResult result, string description)
    {
        int replications = result.Variants[0].Replications.Length;
        long events = result.Variants.Sum(v => v.Replications.Sum(r => r.Events));
        if (description.Length > 0)
        {
            html.Append($"<p>{Text(description)}</p>");
        }
        string from = result.Base.Live is { } live
            ? $"from the live state of {live.At:yyyy-MM-dd HH:mm} UTC with {live.Cases.Length:N0} open cases"
            : $"from an empty city, the first {result.Base.WarmUpDays} days not counted";
        html.Append($"<p class=\"lead\">{Text(result.Base.Phases[0].Model.Name)}: {result.Base.Days} days from {result.Base.Start:yyyy-MM-dd}, {from}. ")
            .Append($"{replications} paired replications, seed {result.Run.Seed}, {events:N0} events. Intervals at {result.Run.Confidence * 100:0.#} %")
            .Append(result.Variants.Length > 2 ? $", corrected for {result.Variants.Length - 1} comparisons (Bonferroni).</p>" : ".</p>");
    }

    private static void Section(StringBuilder html, string title, string chart, string caption)
    {
        html.Append(title.Length > 0 ? $"<h2>{Text(title)}</h2>" : "").Append($"<figure>{chart}<figcaption>{caption}</figcaption></figure>");
    }

    private static string Keys(WhatIfResult result) =>
        string.Concat(result.Variants.Take(4).Select((v, i) => $"<span class=\"key v{i}\"></span>{Text(v.Name)}"));

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
