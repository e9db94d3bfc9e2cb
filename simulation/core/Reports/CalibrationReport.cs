using System.Net;
using System.Text;
using CityTwin.Simulation.Calibration;

namespace CityTwin.Simulation.Reports;

/// <summary>How far to trust the model, as one HTML file that needs nothing else.</summary>
public static class CalibrationReport
{
    /// <summary>The whole file.</summary>
    public static string Of(Backtest result, string log)
    {
        StringBuilder html = new();
        html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Append($"<title>How far to trust the model</title><style>{HtmlReport.Style}</style></head><body><h1>How far to trust the model</h1>")
            .Append($"<p class=\"lead\">{WebUtility.HtmlEncode(Path.GetFileName(log))}: fitted on {result.Cases.Fitted:N0} cases that ended before {result.SplitAt:yyyy-MM-dd}, ")
            .Append($"compared with the {result.Cases.Compared:N0} cases after it. Offices are good below a tenth of relative error, fair below a quarter.</p>")
            .Append("<h2>The whole log</h2><table><tbody>")
            .Append($"<tr><td>Arrivals: earth mover's distance</td><td class=\"n\">{result.ArrivalDistance:0.0} h</td></tr>")
            .Append($"<tr><td>Cycle times: earth mover's distance</td><td class=\"n\">{result.CycleDistance:0.0} h</td></tr>")
            .Append($"<tr><td>Hours of the day: earth mover's distance</td><td class=\"n\">{result.CircadianDistance:0.00} h</td></tr>")
            .Append($"<tr><td>Days whose arrivals lay in the 90 % band</td><td class=\"n\">{100 * result.ArrivalCoverage:0} %</td></tr>")
            .Append($"<tr><td>Days whose ends lay in the 90 % band</td><td class=\"n\">{100 * result.EndCoverage:0} %</td></tr></tbody></table>")
            .Append("<h2>By office</h2>").Append(Chart(result))
            .Append("<table><thead><tr><th>Office</th><th class=\"n\">cases</th><th class=\"n\">mean days</th><th class=\"n\">simulated</th><th class=\"n\">on time, %</th><th class=\"n\">simulated</th><th>trust</th></tr></thead><tbody>");
        foreach (OfficeBacktest o in result.Offices)
        {
            string style = o.Trust switch { "good" => "good", "poor" => "bad", _ => "even" };
            html.Append($"<tr><td>{WebUtility.HtmlEncode(o.Office)}</td><td class=\"n\">{o.Cases}</td><td class=\"n\">{o.Days:0.00}</td><td class=\"n\">{WhatIfTables.Range(o.DaysSimulated)}</td>")
                .Append($"<td class=\"n\">{(o.OnTime is { } t ? $"{100 * t:0.0}" : "–")}</td>")
                .Append($"<td class=\"n\">{(o.OnTimeSimulated is { } s ? WhatIfTables.Range(s with { Estimate = 100 * s.Estimate, Low = 100 * s.Low, High = 100 * s.High }) : "–")}</td>")
                .Append($"<td class=\"{style}\">{o.Trust}</td></tr>");
        }
        return html.Append("</tbody></table></body></html>\n").ToString();
    }

    private static string Chart(Backtest result)
    {
        OfficeBacktest[] rows = [.. result.Offices.Where(o => double.IsFinite(o.DaysSimulated.Estimate)).Take(30)];
        if (rows.Length == 0)
        {
            return "";
        }
        SvgFrame frame = new("Mean days by office", 860, 46 + (rows.Length * 22), 240, (0, rows.Max(o => Math.Max(o.Days, o.DaysSimulated.High))), (0, rows.Length));
        frame.XAxis("mean days: hollow as it was, full as simulated with the middle 90 %");
        for (int i = 0; i < rows.Length; i++)
        {
            double y = frame.Y(rows.Length - i - 0.5);
            frame.Text(232, y + 4, rows[i].Office, "end");
            frame.Line(frame.X(rows[i].DaysSimulated.Low), y, frame.X(rows[i].DaysSimulated.High), y, "whisker even");
            frame.Dot(frame.X(rows[i].DaysSimulated.Estimate), y, "full", $"simulated {rows[i].DaysSimulated.Estimate:0.00}");
            frame.Dot(frame.X(rows[i].Days), y, "hollow", $"as it was {rows[i].Days:0.00}");
        }
        return $"<figure>{frame.Close()}</figure>";
    }
}
