using System.Globalization;
using System.Net;
using System.Text;
using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Reports;

/// <summary>The tables of a what-if report, as HTML.</summary>
internal static class WhatIfTables
{
    private static readonly double[] Shares = [0.1, 0.5, 0.9];

    /// <summary>Every figure with its interval, and the paired differences.</summary>
    public static string Figures(WhatIfResult result, int[] variants)
    {
        StringBuilder html = new("<table><thead><tr><th>Figure</th>");
        foreach (int v in variants)
        {
            html.Append($"<th class=\"n\">{Text(result.Variants[v].Name)}</th>{(v == 0 ? "" : "<th class=\"n\">difference</th>")}");
        }
        html.Append("</tr></thead><tbody>");
        for (int m = 0; m < Metric.All.Length; m++)
        {
            html.Append($"<tr><td>{Text(Metric.All[m].Name)} <small>{Text(Metric.All[m].Unit)}</small></td>");
            foreach (int v in variants)
            {
                html.Append($"<td class=\"n\">{Range(result.Of(v, m))}</td>{(v == 0 ? "" : Difference(result, v, m))}");
            }
            html.Append("</tr>");
        }
        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>Each plan in a row: the figures that matter most, the paired difference on time, and how sure it is.</summary>
    public static string Plans(WhatIfResult result)
    {
        StringBuilder html = new("<table><thead><tr><th>Plan</th><th class=\"n\">on time, %</th><th class=\"n\">difference, points</th><th class=\"n\">p (Holm)</th>");
        html.Append("<th class=\"n\">mean days</th><th class=\"n\">mean wait, h</th><th class=\"n\">officers' time on cases, %</th></tr></thead><tbody>");
        double[] p = result.PValues(0);
        for (int v = 0; v < result.Variants.Length; v++)
        {
            string best = result.Choice?.Variant == v ? $" <span class=\"pill good\">{(result.Choice.IsDecided ? "best" : "looks best")}</span>" : "";
            html.Append($"<tr><td>{Text(result.Variants[v].Name)}{best}</td><td class=\"n\">{Range(result.Of(v, 0))}</td>")
                .Append(v == 0 ? "<td class=\"n\">–</td><td class=\"n\">–</td>" : $"{Difference(result, v, 0)}<td class=\"n\">{PValue(p[v - 1])}</td>");
            foreach (string key in (string[])["days_mean", "queue_wait", "utilisation"])
            {
                html.Append($"<td class=\"n\">{Range(result.Of(v, Metric.All.Index().First(m => m.Item.Key == key).Index))}</td>");
            }
            html.Append("</tr>");
        }
        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>Quantiles of every figure over the replications, with distribution-free intervals; – where so few replications leave an end open.</summary>
    public static string Spread(WhatIfResult result)
    {
        StringBuilder html = new("<table><thead><tr><th>Figure</th><th>Variant</th>");
        html.Append(string.Concat(Shares.Select(s => string.Create(CultureInfo.InvariantCulture, $"<th class=\"n\">{s * 100:0} %</th>")))).Append("</tr></thead><tbody>");
        for (int m = 0; m < Metric.All.Length; m++)
        {
            for (int v = 0; v < Math.Min(result.Variants.Length, 8); v++)
            {
                html.Append($"<tr><td>{(v == 0 ? Text(Metric.All[m].Name) : "")}</td><td>{Text(result.Variants[v].Name)}</td>")
                    .Append(string.Concat(Shares.Select(s => $"<td class=\"n\">{Range(result.Quantile(v, m, s))}</td>"))).Append("</tr>");
            }
        }
        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>The offices that the changes name: share on time and mean days, base against a variant.</summary>
    public static string Named(WhatIfResult result, int variant)
    {
        CityModel model = result.Base.Phases[0].Model;
        StringBuilder html = new("<table><thead><tr><th>Office</th><th class=\"n\">on time, base</th><th class=\"n\">changed</th><th class=\"n\">difference</th><th class=\"n\">mean days, base</th><th class=\"n\">changed</th></tr></thead><tbody>");
        foreach (int office in result.Named.Where(o => result.Variants.All(v => v.OnTimeOf(o).All(double.IsFinite))))
        {
            VariantResult before = result.Variants[0];
            VariantResult after = result.Variants[variant];
            Interval Of(double[] values) => MeanInterval.Of(values, result.Run.Confidence);
            html.Append($"<tr><td>{Text(model.Offices[office].Name)}</td><td class=\"n\">{Range(Of(before.OnTimeOf(office)))}</td><td class=\"n\">{Range(Of(after.OnTimeOf(office)))}</td>")
                .Append($"<td class=\"n\">{Range(MeanInterval.OfDifference(before.OnTimeOf(office), after.OnTimeOf(office), result.Run.Confidence), signed: true)}</td>")
                .Append($"<td class=\"n\">{Range(Of(before.DaysOf(office)))}</td><td class=\"n\">{Range(Of(after.DaysOf(office)))}</td></tr>");
        }
        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>What simplified procedures save.</summary>
    public static string Savings(WhatIfResult result)
    {
        StringBuilder html = new("<table><thead><tr><th>Procedure</th><th class=\"n\">days off</th><th class=\"n\">cases a year</th><th class=\"n\">days of waiting saved a year</th></tr></thead><tbody>");
        foreach (Scenarios.Saving s in result.Savings.OrderByDescending(s => s.DaysPerYear))
        {
            html.Append($"<tr><td>{Text(s.Service)}</td><td class=\"n\">{s.DaysOff:0.##}</td><td class=\"n\">{s.CasesPerYear:N0}</td><td class=\"n\">{s.DaysPerYear:N0}</td></tr>");
        }
        html.Append($"<tr><th>{result.Savings.Length} procedures</th><th class=\"n\">{result.Savings.Sum(s => s.DaysOff):N1}</th>")
            .Append($"<th class=\"n\">{result.Savings.Sum(s => s.CasesPerYear):N0}</th><th class=\"n\">{result.Savings.Sum(s => s.DaysPerYear):N0}</th></tr>");
        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>An estimate with its interval in words.</summary>
    public static string Range(Interval interval, bool signed = false)
    {
        string format = Math.Abs(interval.Estimate) >= 1000 ? "N0" : Math.Abs(interval.Estimate) >= 10 ? "0.0" : IsFine(interval, signed) ? "0.000" : "0.00";
        string sign = signed && interval.Estimate > 0 ? "+" : "";
        string N(double v) => double.IsFinite(v) ? (Math.Abs(v) < (format == "0.000" ? 0.0005 : 0.005) ? 0 : v).ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212') : "–";
        return $"{sign}{N(interval.Estimate)} <small>({N(interval.Low)} to {N(interval.High)})</small>";
    }

    // A difference that two places would make nought, though its interval leaves nought out, is given a place more.
    private static bool IsFine(Interval i, bool signed) => signed && !i.Contains(0) && Math.Min(Math.Abs(i.Low), Math.Abs(i.High)) < 0.01;

    private static string Difference(WhatIfResult result, int variant, int metric)
    {
        Interval d = result.Difference(variant, metric);
        string style = d.Contains(0) ? "even" : d.Low > 0 == Metric.All[metric].IsHigherBetter ? "good" : "bad";
        return $"<td class=\"n {style}\">{Range(d, signed: true)}</td>";
    }

    private static string PValue(double p) => !double.IsFinite(p) ? "–" : p < 0.0001 ? "&lt; 0.0001" : p.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
