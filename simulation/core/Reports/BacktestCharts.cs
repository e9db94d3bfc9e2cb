using System.Globalization;
using System.Text;
using CityTwin.Simulation.Calibration;

namespace CityTwin.Simulation.Reports;

/// <summary>Offices as they were beside what a backtest simulated.</summary>
internal static class BacktestCharts
{
    private const int OfficesMax = 40;

    public static string Days(Backtest result, Sheet sheet) => Chart(
        sheet, "Mean days by office", "mean calendar days",
        [.. result.Offices.Where(o => double.IsFinite(o.DaysSimulated.Estimate)).Select(o => (o.Office, o.Days, o.DaysSimulated, o.Level))]);

    public static string OnTime(Backtest result, Sheet sheet) => Chart(
        sheet, "Share on time by office", "on time, %",
        [.. result.Offices.Where(o => o.OnTime is not null && o.OnTimeSimulated is not null)
            .Select(o => (o.Office, 100 * o.OnTime!.Value, CalibrationReport.Percent(o.OnTimeSimulated!.Value), o.Level))]);

    public static string Table(Backtest result)
    {
        StringBuilder html = new("<table><thead><tr><th>Office</th><th>trust</th><th class=\"n\">cases</th><th class=\"n\">mean days</th><th class=\"n\">simulated</th><th class=\"n\">error, %</th>");
        html.Append("<th class=\"n\">on time, %</th><th class=\"n\">simulated</th><th class=\"n\">error, %</th><th class=\"n\">cycle times off, h</th><th class=\"n\">hours of day off, h</th><th class=\"n\">days' ends in 90 % band</th></tr></thead><tbody>");
        foreach (OfficeBacktest o in result.Offices)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{ReportPage.Text(o.Office)}</td><td><span class=\"pill {StyleOf(o.Level)}\">{o.Trust}</span></td><td class=\"n\">{o.Cases:N0}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{o.Days:0.00}</td><td class=\"n\">{WhatIfTables.Range(o.DaysSimulated)}</td><td class=\"n\">{Number(100 * o.DaysError, "0")}</td>")
                .Append($"<td class=\"n\">{Number(100 * o.OnTime, "0.0")}</td><td class=\"n\">{(o.OnTimeSimulated is { } s ? WhatIfTables.Range(CalibrationReport.Percent(s)) : "–")}</td><td class=\"n\">{Number(100 * o.OnTimeError, "0.0")}</td>")
                .Append($"<td class=\"n\">{Number(o.CycleDistance, "0.0")}</td><td class=\"n\">{Number(o.CircadianDistance, "0.00")}</td><td class=\"n\">{Number(100 * o.EndCoverage, "0")} %</td></tr>");
        }
        return html.Append("</tbody></table>").ToString();
    }

    private static string Chart(Sheet sheet, string title, string axis, (string Name, double Was, Interval Simulated, TrustLevel Level)[] all)
    {
        (string Name, double Was, Interval Simulated, TrustLevel Level)[] rows = [.. all.Take(OfficesMax)];
        if (rows.Length == 0)
        {
            return "";
        }
        double low = axis[0] == 'o' ? Math.Max(0, rows.Min(r => Math.Min(r.Was, r.Simulated.Low)) - 2) : 0;
        double high = rows.Max(r => Math.Max(r.Was, r.Simulated.High));
        SvgFrame frame = new(title, sheet, 46 + (rows.Length * sheet.Row(22)), sheet.Left(240), (low, high + ((high - low) * 0.02)), (0, rows.Length));
        frame.XAxis(axis);
        for (int i = 0; i < rows.Length; i++)
        {
            double y = frame.Row(i, rows.Length, rows[i].Name);
            string style = StyleOf(rows[i].Level);
            frame.Line(frame.X(rows[i].Simulated.Low), y, frame.X(rows[i].Simulated.High), y, $"whisker {style}");
            frame.Dot(frame.X(rows[i].Simulated.Estimate), y, style, $"{rows[i].Name}: simulated {rows[i].Simulated.Estimate:0.00}");
            frame.Dot(frame.X(rows[i].Was), y, "hollow", $"{rows[i].Name}: as it was {rows[i].Was:0.00}");
        }
        return frame.Close();
    }

    private static string StyleOf(TrustLevel level) => level switch { TrustLevel.Good => "good", TrustLevel.Fair => "fair", TrustLevel.Poor => "bad", _ => "even" };

    private static string Number(double? value, string format) => value is { } v && double.IsFinite(v) ? v.ToString(format, CultureInfo.InvariantCulture) : "–";
}
