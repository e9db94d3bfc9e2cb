using System.Globalization;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Reports;

/// <summary>The charts of a what-if report.</summary>
internal static class WhatIfCharts
{
    /// <summary>Paired differences from the base, in units of each figure's own base value.</summary>
    public static string Differences(WhatIfResult result, int variant, Sheet sheet)
    {
        (Metric Metric, Interval Relative)[] rows = [.. Metric.All.Index()
            .Select(m => (m.Item, Relative: Relative(result, variant, m.Index))).Where(r => double.IsFinite(r.Relative.HalfWidth))];
        double reach = Math.Max(1, rows.Max(r => Math.Max(Math.Abs(r.Relative.Low), Math.Abs(r.Relative.High))));
        reach = Math.Min(reach, 200);
        SvgFrame frame = new("Paired differences", sheet, 46 + (rows.Length * sheet.Row(24)), sheet.Left(240), (-reach, reach), (0, rows.Length));
        frame.XAxis("change against the base, % of its value (bars: intervals)");
        frame.Line(frame.X(0), 12, frame.X(0), frame.Bottom, "zero");
        for (int i = 0; i < rows.Length; i++)
        {
            (Metric metric, Interval d) = rows[i];
            double y = frame.Row(i, rows.Length, metric.Name);
            string style = d.Low > 0 == metric.IsHigherBetter && !d.Contains(0) ? "good" : d.Contains(0) ? "even" : "bad";
            frame.Line(frame.X(Math.Clamp(d.Low, -reach, reach)), y, frame.X(Math.Clamp(d.High, -reach, reach)), y, $"whisker {style}");
            frame.Dot(frame.X(Math.Clamp(d.Estimate, -reach, reach)), y, style, $"{metric.Name}: {d.Estimate:0.##} % ({d.Low:0.##} to {d.High:0.##})");
        }
        return frame.Close();
    }

    /// <summary>Every plan's paired difference of a figure from the base.</summary>
    public static string PlanDifferences(WhatIfResult result, int metric, Sheet sheet)
    {
        const int PlansMax = 40;
        (string Name, Interval Difference)[] rows = [.. Enumerable.Range(1, result.Variants.Length - 1)
            .Select(v => (result.Variants[v].Name, result.Difference(v, metric))).OrderByDescending(r => r.Item2.Estimate).Take(PlansMax)];
        double low = Math.Min(0, rows.Min(r => r.Difference.Low));
        double high = Math.Max(0, rows.Max(r => r.Difference.High));
        double pad = Math.Max(0.01, (high - low) * 0.05);
        SvgFrame frame = new("Plans", sheet, 46 + (rows.Length * sheet.Row(24)), sheet.Left(300), (low - pad, high + pad), (0, rows.Length));
        frame.XAxis($"{Metric.All[metric].Name}, difference from the base");
        frame.Line(frame.X(0), 12, frame.X(0), frame.Bottom, "zero");
        for (int i = 0; i < rows.Length; i++)
        {
            (string name, Interval d) = rows[i];
            double y = frame.Row(i, rows.Length, Shortened(name));
            string style = d.Contains(0) ? "even" : d.Low > 0 == Metric.All[metric].IsHigherBetter ? "good" : "bad";
            frame.Line(frame.X(d.Low), y, frame.X(d.High), y, $"whisker {style}");
            frame.Dot(frame.X(d.Estimate), y, style, $"{name}: {d.Estimate:0.00} ({d.Low:0.00} to {d.High:0.00})");
        }
        return frame.Close();
    }

    /// <summary>How much the first figure hangs on each assumption.</summary>
    public static string TornadoOf(WhatIfResult result, Sheet sheet)
    {
        double reach = Math.Max(0.01, result.Sensitivities.Max(s => Math.Max(Math.Abs(s.Low.Estimate), Math.Abs(s.High.Estimate)))) * 1.1;
        int rows = result.Sensitivities.Length;
        SvgFrame frame = new("Sensitivities", sheet, 46 + (rows * sheet.Row(28)), sheet.Left(240), (-reach, reach), (0, rows));
        frame.XAxis("change of the share of results on time, points");
        for (int i = 0; i < rows; i++)
        {
            Sensitivity s = result.Sensitivities[i];
            double y = frame.Row(i, rows, s.Name) - 9;
            frame.Bar(frame.X(0), y, frame.X(s.Low.Estimate), 18, "bar v0", $"less: {s.Low.Estimate:0.00} ({s.Low.Low:0.00} to {s.Low.High:0.00})");
            frame.Bar(frame.X(0), y, frame.X(s.High.Estimate), 18, "bar v1", $"more: {s.High.Estimate:0.00} ({s.High.Low:0.00} to {s.High.High:0.00})");
        }
        frame.Line(frame.X(0), 12, frame.X(0), frame.Bottom, "zero");
        return frame.Close();
    }

    /// <summary>The first figure along a sweep of one lever, with intervals.</summary>
    public static string Curve(WhatIfResult result, IReadOnlyList<double> values, string lever, int metric, Sheet sheet)
    {
        Interval[] points = [.. values.Select((_, i) => result.Of(i + 1, metric))];
        double low = points.Min(p => p.Low);
        double high = points.Max(p => p.High);
        double pad = Math.Max(0.01, (high - low) * 0.3);
        SvgFrame frame = new($"{Metric.All[metric].Name} along {lever}", sheet, sheet.IsNarrow ? 240 : 300, sheet.IsNarrow ? 52 : 64, (values[0], values[^1]), (low - pad, high + pad));
        frame.XAxis(lever, null, values.Count <= 12 ? values : null);
        frame.YAxis($"{Metric.All[metric].Name}, {Metric.All[metric].Unit}");
        frame.Band([.. points.Select((p, i) => (values[i], p.Low, p.High))], "band v1");
        frame.Curve(points.Select((p, i) => (values[i], p.Estimate)), "curve v1");
        for (int i = 0; i < points.Length; i++)
        {
            frame.Dot(frame.X(values[i]), frame.Y(points[i].Estimate), "full", $"{lever} {values[i].ToString(CultureInfo.InvariantCulture)}: {points[i].Estimate:0.00}");
        }
        return frame.Close();
    }

    private static Interval Relative(WhatIfResult result, int variant, int metric)
    {
        double scale = 100 / Math.Abs(result.Of(0, metric).Estimate);
        Interval d = result.Difference(variant, metric);
        return d with { Estimate = d.Estimate * scale, Low = d.Low * scale, High = d.High * scale };
    }

    private static string Shortened(string name) => name.Length <= 46 ? name : name[..45] + "…";
}
