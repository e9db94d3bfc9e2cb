using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Reports;

/// <summary>Offices beside each other.</summary>
internal static class OfficeCharts
{
    private const int OfficesMax = 60;

    /// <summary>The on-time share of each commune (or department), base against a variant, worst first; nothing where none has results.</summary>
    public static string OnTime(WhatIfResult result, int variant, bool departments, Sheet sheet)
    {
        CityModel model = result.Base.Phases[0].Model;
        (string Name, double Before, double After)[] rows = [.. Enumerable.Range(0, model.Offices.Length)
            .Where(o => model.Offices[o].Kind == OfficeKind.Department == departments && HasResults(result, o, variant))
            .Select(o => (model.Offices[o].Name, Mean(result.Variants[0].OnTimeOf(o)), Mean(result.Variants[variant].OnTimeOf(o))))
            .OrderBy(r => r.Item3).ThenBy(r => r.Name, StringComparer.Ordinal).Take(OfficesMax)];
        if (rows.Length == 0)
        {
            return "";
        }
        double low = Math.Max(0, Math.Floor(rows.Min(r => Math.Min(r.Before, r.After)) / 10) * 10);
        SvgFrame frame = new("On-time share by office", sheet, 46 + (rows.Length * sheet.Row(15)), sheet.Left(240), (low, 100), (0, rows.Length));
        frame.XAxis(variant == 0 ? "results on time, %" : "results on time, %: hollow the base, full the variant");
        for (int i = 0; i < rows.Length; i++)
        {
            double y = frame.Row(i, rows.Length, rows[i].Name);
            frame.Line(frame.X(rows[i].Before), y, frame.X(rows[i].After), y, rows[i].After >= rows[i].Before ? "whisker good" : "whisker bad");
            frame.Dot(frame.X(rows[i].Before), y, "hollow", $"{rows[i].Name}: base {rows[i].Before:0.0} %");
            frame.Dot(frame.X(rows[i].After), y, "full", $"{rows[i].Name}: {rows[i].After:0.0} %");
        }
        return frame.Close();
    }

    private static bool HasResults(WhatIfResult result, int office, int variant) =>
        result.Variants[0].Replications.Any(r => r.Resolved[office] > 0) && result.Variants[variant].Replications.Any(r => r.Resolved[office] > 0);

    private static double Mean(double[] values) => values.Where(double.IsFinite).DefaultIfEmpty(0).Average();
}
