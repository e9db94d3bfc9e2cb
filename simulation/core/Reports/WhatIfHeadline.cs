using System.Globalization;
using System.Text;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Reports;

/// <summary>What a reader should know first: the answer in a sentence, and the figures that matter most.</summary>
internal static class WhatIfHeadline
{
    private static readonly string[] Shown = ["on_time_share", "days_mean", "queue_wait", "open_overdue"];

    public static string Of(WhatIfResult result)
    {
        int last = result.Variants.Length - 1;
        int shown = result.Choice?.Variant ?? last;
        StringBuilder html = new($"<p class=\"verdict\">{Verdict(result, shown)}</p><div class=\"cards\">");
        foreach (int m in Shown.Select(key => Metric.All.Index().First(k => k.Item.Key == key).Index))
        {
            html.Append(Card(result, shown, m));
        }
        return html.Append("</div>").ToString();
    }

    /// <summary>The colours of the variants in charts over time.</summary>
    public static string Keys(WhatIfResult result) => string.Concat(
        BacklogChart.Shown(result).Select((v, i) => $"<span class=\"key v{i}\"></span>{ReportPage.Text(result.Variants[v].Name)}"));

    /// <summary>From what, how long, how often: what is needed to do it again.</summary>
    public static string HowMade(WhatIfResult result)
    {
        int replications = result.Variants[0].Replications.Length;
        long events = result.Variants.Sum(v => v.Replications.Sum(r => r.Events));
        string from = result.Base.Live is { } live
            ? $"from the live state of {live.At:yyyy-MM-dd HH:mm} UTC with {live.Cases.Length:N0} open cases"
            : $"from an empty city, the first {result.Base.WarmUpDays} days not counted";
        return string.Create(CultureInfo.InvariantCulture,
            $"{result.Base.Phases[0].Model.Name}: {result.Base.Days} days from {result.Base.Start:yyyy-MM-dd}, {from}. {replications} paired replications, seed {result.Run.Seed}, {events:N0} events. Intervals at {result.Run.Confidence * 100:0.#} %{(result.Variants.Length > 2 ? $"; differences corrected for {result.Variants.Length - 1} comparisons (Bonferroni)" : "")}. Working days are the offices' own; days that wait for citizens do not count. CityTwin.");
    }

    private static string Verdict(WhatIfResult result, int shown)
    {
        string level = $"{result.Run.Confidence * 100:0.#} %";
        if (shown == 0)
        {
            return ReportPage.Text($"The base alone, nothing changed: {ReportPage.Number(result.Of(0, 0).Estimate)} % of results come on time.");
        }
        string name = ReportPage.Text(result.Variants[shown].Name);
        Interval d = result.Difference(shown, 0);
        string change = d.Contains(0)
            ? $"no change of the share on time that {result.Variants[0].Replications.Length} replications can tell from chance ({Points(d)} at {level})"
            : $"<b class=\"{(d.Low > 0 ? "good" : "bad")}\">{ReportPage.Number(Math.Abs(d.Estimate))} points {(d.Low > 0 ? "more" : "less")} on time</b> ({Points(d)} at {level})";
        string best = result.Choice is { } c
            ? $"{(c.IsDecided ? $"The best plan at {c.Confidence * 100:0.#} %" : "Undecided within the replications allowed; what looks best")}, where {ReportPage.Number(c.Indifference)} points do not matter: "
            : "";
        return $"{best}<b>{name}</b>: {change}.";
    }

    private static string Points(Interval d) => $"{ReportPage.Number(d.Low)} to {ReportPage.Number(d.High)}";

    private static string Card(WhatIfResult result, int shown, int m)
    {
        Metric metric = Metric.All[m];
        Interval now = result.Of(shown, m);
        string unit = metric.Unit is "cases" or "" ? "" : " " + metric.Unit;
        string interval = $"<small>{ReportPage.Number(now.Low)} to {ReportPage.Number(now.High)}</small>";
        if (shown == 0)
        {
            return ReportPage.Card(metric.Name, ReportPage.Number(now.Estimate) + unit, "", interval);
        }
        Interval d = result.Difference(shown, m);
        string style = d.Contains(0) ? "even" : d.Low > 0 == metric.IsHigherBetter ? "good" : "bad";
        string sign = d.Estimate > 0 ? "+" : "";
        return ReportPage.Card(
            metric.Name, ReportPage.Number(now.Estimate) + unit, $"was {ReportPage.Number(result.Of(0, m).Estimate)}",
            $"<span class=\"{style}\">{sign}{ReportPage.Number(d.Estimate)}</span> <small>{ReportPage.Number(d.Low)} to {ReportPage.Number(d.High)}</small>");
    }
}
