using System.Globalization;
using System.Text;
using CityTwin.Simulation.Calibration;

namespace CityTwin.Simulation.Reports;

/// <summary>What a log says of its offices: arrivals, times with goodness of fit, people and routing.</summary>
internal static class CalibrationFits
{
    private const double Rejected = 0.05;
    private const int RoutingMax = 40;
    private static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public static void Add(ReportPage page, LogFit fit)
    {
        page.Heading("When cases come")
            .Figure(sheet => Week(fit, sheet), string.Create(CultureInfo.InvariantCulture, $"{fit.CasesPerWeek:0.0} cases a week, by hour of the week: the darker, the more."))
            .Heading("What was fitted").Add(Offices(fit));
        if (!fit.Handling.IsEmpty)
        {
            page.Heading("Handling times").Add(Handling(fit));
        }
        page.Details("What follows what", Routing(fit));
    }

    private static string Week(LogFit fit, Sheet sheet)
    {
        SvgFrame frame = new("Arrivals by hour of the week", sheet, 220, sheet.IsNarrow ? 34 : 64, (0, 24), (0, 7));
        double most = Math.Max(1e-9, fit.HourOfWeek.Max());
        for (int h = 0; h < fit.HourOfWeek.Length; h++)
        {
            double weight = fit.HourOfWeek[h];
            frame.Cell(frame.X(h % 24), frame.Y(7 - (h / 24)), frame.X((h % 24) + 1) - 1, frame.Y(6 - (h / 24)) - 1, "heat", weight / most,
                string.Create(CultureInfo.InvariantCulture, $"{Days[h / 24]} {h % 24}:00: {weight:0.00} times the average hour"));
        }
        frame.XAxis("hour of the day", t => $"{t:0}", [0, 3, 6, 9, 12, 15, 18, 21, 24]);
        for (int d = 0; d < Days.Length; d++)
        {
            frame.Text(sheet.IsNarrow ? 28 : 56, frame.Y(6.5 - d) + 4, Days[d], "end");
        }
        return frame.Close();
    }

    private static string Offices(LogFit fit)
    {
        StringBuilder html = new("<table><thead><tr><th>Office</th><th class=\"n\">cases</th><th class=\"n\">mean days</th><th class=\"n\">on time, %</th><th class=\"n\">people a week</th><th class=\"n\">handed on, %</th><th>days are best fitted by</th><th class=\"n\">KS distance</th><th class=\"n\">p</th><th>fit</th></tr></thead><tbody>");
        foreach (OfficeFit o in fit.Offices)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{ReportPage.Text(o.Office)}</td><td class=\"n\">{o.Cases:N0}</td><td class=\"n\">{o.DaysMean:0.00}</td><td class=\"n\">{(o.OnTime is { } t ? F($"{100 * t:0.0}") : "–")}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{o.Staff:0.0}</td><td class=\"n\">{100 * o.HandedOn:0}</td>")
                .Append(o.Fits.IsEmpty ? "<td>fewer than 20 cases</td><td class=\"n\">–</td><td class=\"n\">–</td><td>–</td>" : Fit(o.Fits[0])).Append("</tr>");
        }
        return html.Append("</tbody></table>").ToString();
    }

    private static string Handling(LogFit fit)
    {
        StringBuilder html = new("<table><thead><tr><th>Activity</th><th class=\"n\">times seen</th><th>hours are best fitted by</th><th class=\"n\">KS distance</th><th class=\"n\">p</th><th>fit</th></tr></thead><tbody>");
        foreach ((string activity, int count, DurationFit best) in fit.Handling)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{ReportPage.Text(activity)}</td><td class=\"n\">{count:N0}</td>").Append(Fit(best)).Append("</tr>");
        }
        return html.Append("</tbody></table>").ToString();
    }

    private static string Fit(DurationFit fit) => F(
        $"<td>{ReportPage.Text(CalibrationFiles.Words(fit.Duration))}</td><td class=\"n\">{fit.Distance:0.000}</td><td class=\"n\">{fit.PValue:0.00}</td><td><span class=\"pill {(fit.PValue < Rejected ? "fair" : "good")}\">{(fit.PValue < Rejected ? "shape rejected" : "not rejected")}</span></td>");

    private static string Routing(LogFit fit)
    {
        StringBuilder html = new("<table><thead><tr><th>After</th><th>comes</th><th class=\"n\">share, %</th></tr></thead><tbody>");
        foreach ((string from, string to, double share) in fit.Routing.Take(RoutingMax))
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{ReportPage.Text(from)}</td><td>{ReportPage.Text(to)}</td><td class=\"n\">{100 * share:0.0}</td></tr>");
        }
        return html.Append("</tbody></table>").ToString();
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
