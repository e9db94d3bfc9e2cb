using System.Globalization;
using CityTwin.Simulation.City;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Reports;

/// <summary>Open cases of the city by working day: the median and the middle 90 % of replications.</summary>
internal static class BacklogChart
{
    private const int VariantsMax = 4;

    /// <summary>The variants that are drawn: of many the base, the first, and the last ones.</summary>
    public static int[] Shown(WhatIfResult result)
    {
        int count = result.Variants.Length;
        return count <= VariantsMax ? [.. Enumerable.Range(0, count)] : [0, 1, count / 2, count - 1];
    }

    public static string Of(WhatIfResult result, Sheet sheet)
    {
        int days = result.Variants.Min(v => v.Replications.Min(r => r.Backlog.Length));
        if (days == 0)
        {
            return "";
        }
        VariantResult[] shown = [.. Shown(result).Select(v => result.Variants[v])];
        DateOnly[] dates = [.. Enumerable.Range(0, result.Base.Days).Select(result.Base.Start.AddDays)
            .Where(result.Base.Phases[0].Model.Calendar.IsWorkingDay).Take(days)];
        double high = shown.Max(v => v.Replications.Max(r => r.Backlog.Take(days).Max()));
        SvgFrame frame = new("Open cases by working day", sheet, sheet.IsNarrow ? 240 : 300, sheet.IsNarrow ? 52 : 64, (0, days - 1), (0, Math.Max(1, high * 1.05)));
        Warm(frame, result, dates);
        frame.XAxis("working days", t => dates[Math.Clamp((int)t, 0, days - 1)].ToString("d MMM", CultureInfo.InvariantCulture));
        frame.YAxis("open cases");
        for (int v = 0; v < shown.Length; v++)
        {
            double[][] sorted = [.. Enumerable.Range(0, days).Select(d => shown[v].Replications.Select(r => (double)r.Backlog[d]).Order().ToArray())];
            frame.Band([.. sorted.Select((s, d) => ((double)d, QuantileInterval.At(s, 0.05), QuantileInterval.At(s, 0.95)))], $"band v{v}");
            frame.Curve(sorted.Select((s, d) => ((double)d, QuantileInterval.At(s, 0.5))), $"curve v{v}");
        }
        return frame.Close();
    }

    // The days that are not counted, and the days on which something changes.
    private static void Warm(SvgFrame frame, WhatIfResult result, DateOnly[] dates)
    {
        int counted = dates.Count(d => d < result.Base.Start.AddDays(result.Base.WarmUpDays));
        if (counted > 0)
        {
            frame.Bar(frame.X(0), frame.Top, frame.X(Math.Min(counted, dates.Length - 1)), frame.Bottom - frame.Top, "warm", "not counted");
            frame.Text(frame.X(0) + 4, frame.Top + 12, "not counted", "start", "label");
        }
        foreach (Phase phase in result.Variants[^1].Timeline.Phases.Skip(1).Take(12))
        {
            int day = dates.Count(d => d < phase.From);
            if (day < dates.Length)
            {
                frame.Line(frame.X(day), frame.Top, frame.X(day), frame.Bottom, "mark");
            }
        }
    }
}
