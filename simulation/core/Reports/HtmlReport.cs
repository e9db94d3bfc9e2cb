using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Reports;

/// <summary>A what-if run as one HTML file that needs nothing else.</summary>
public static class HtmlReport
{
    private const int DetailedMax = 6;

    /// <summary>The whole file.</summary>
    /// <param name="result">What was run.</param>
    /// <param name="description">What was asked, in words.</param>
    /// <param name="sweep">The lever and its values where the variants are a sweep over one; null otherwise.</param>
    public static string Of(WhatIfResult result, string description = "", (string Lever, IReadOnlyList<double> Values)? sweep = null)
    {
        ReportPage page = new(result.Title);
        if (description.Length > 0)
        {
            page.Add($"<p>{ReportPage.Text(description)}</p>");
        }
        page.Add(WhatIfHeadline.Of(result));
        int last = result.Variants.Length - 1;
        if (last > 1)
        {
            page.Heading("The plans").Add(WhatIfTables.Plans(result))
                .Figure(sheet => WhatIfCharts.PlanDifferences(result, 0, sheet), "Change of the share of results on time against the base, points, with intervals that hold together (Bonferroni).");
        }
        if (sweep is { } s)
        {
            page.Heading($"Along {s.Lever}")
                .Figure(sheet => WhatIfCharts.Curve(result, s.Values, s.Lever, 0, sheet), "Shaded: intervals of the mean.")
                .Figure(sheet => WhatIfCharts.Curve(result, s.Values, s.Lever, 3, sheet), "Shaded: intervals of the mean.");
        }
        page.Heading("Figures").Add(last > 1 ? "" : WhatIfTables.Figures(result, [.. Enumerable.Range(0, last + 1)]));
        for (int v = 1; last > 1 && v <= last; v++)
        {
            page.Details($"All figures: {result.Variants[v].Name}", WhatIfTables.Figures(result, [0, v]));
        }
        page.Details("How far replications lie apart: quantiles with intervals", WhatIfTables.Spread(result));
        foreach (int v in Enumerable.Range(1, Math.Min(last, sweep is null ? DetailedMax : 0)))
        {
            page.Heading($"Differences: {result.Variants[v].Name}")
                .Figure(sheet => WhatIfCharts.Differences(result, v, sheet), "Paired replications with common random numbers. Green: better; red: worse; grey: the interval holds no change.");
        }
        page.Heading("Backlog").Figure(sheet => BacklogChart.Of(result, sheet), $"Lines: medians; shaded: the middle 90 % of replications.{WhatIfHeadline.Keys(result)}");
        Offices(page, result, last);
        Desks(page, result, last);
        return page.Close(WhatIfHeadline.HowMade(result));
    }

    private static void Offices(ReportPage page, WhatIfResult result, int last)
    {
        if (last > 0 && !result.Named.IsEmpty)
        {
            page.Heading("Offices that the changes name").Add(WhatIfTables.Named(result, last));
        }
        page.Heading("On time by commune")
            .Figure(sheet => OfficeCharts.OnTime(result, last, false, sheet), "The 60 communes with the lowest share, means over replications.")
            .Heading("On time by department")
            .Figure(sheet => OfficeCharts.OnTime(result, last, true, sheet), "Cases filed at departments themselves; what communes pass up counts where it was filed.");
        if (!result.Sensitivities.IsEmpty)
        {
            page.Heading("What the answer hangs on").Figure(
                sheet => WhatIfCharts.TornadoOf(result, sheet), "Each assumption a fifth less <span class=\"key v0\"></span> and more <span class=\"key v1\"></span>, all else the same.");
        }
        if (!result.Savings.IsEmpty)
        {
            page.Heading("Days saved").Add(WhatIfTables.Savings(result));
        }
    }

    private static void Desks(ReportPage page, WhatIfResult result, int last)
    {
        page.Heading("Waits for an officer")
            .Figure(sheet => DeskSections.Waits(result, last, sheet), "By kind of desk, the largest twenty; means over all cases and replications.")
            .Heading($"Officers' time: {result.Variants[last].Name}")
            .Figure(sheet => DeskSections.Utilisation(result, last, sheet), $"By cause:{DeskSections.Keys}")
            .Details("The same in numbers", DeskSections.Table(result, last));
    }
}
