using System.Globalization;
using CityTwin.Simulation.Calibration;

namespace CityTwin.Simulation.Reports;

/// <summary>How far to trust the model, as one HTML file that needs nothing else.</summary>
public static class CalibrationReport
{
    private const string Title = "How far to trust the model";
    private const string Footer =
        "Good: mean days and share on time within a tenth of what happened; fair: within a quarter; poor: farther off. Fewer than 20 cases say nothing. "
        + "The model of a log is right where offices go on as they did; it cannot say what another staff would do. CityTwin.";

    /// <summary>The whole file.</summary>
    /// <param name="log">The log's name.</param>
    /// <param name="fit">What the log says of its offices; null: left out.</param>
    /// <param name="backtest">How a fit of the first part foretold the rest; null: the log is too short for one.</param>
    public static string Of(string log, LogFit? fit, Backtest? backtest)
    {
        ReportPage page = new(Title);
        page.Lead(Path.GetFileName(log));
        if (backtest is not null)
        {
            Trust(page, backtest);
        }
        else
        {
            page.Add("<p class=\"verdict\">The log is too short for a backtest: nothing is known of how far to trust the model.</p>");
        }
        if (fit is not null)
        {
            CalibrationFits.Add(page, fit);
        }
        return page.Close(Footer);
    }

    /// <summary>Published months of communes: each beside its simulation, and what to expect of predictions.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="predictions">What was predicted, by what was asked.</param>
    public static string Of(string table, CommuneCalibration fit, IReadOnlyList<(string Name, CommunePrediction Prediction)> predictions)
    {
        ReportPage page = new(Title);
        page.Lead($"{Path.GetFileName(table)}: {fit.Communes.Length} communes, each simulated with its own volume and two fitted parameters.")
            .Add("<p class=\"verdict\">Fitted communes are reproduced by construction. What counts is how well communes are foretold that were left out: the two cards on the right.</p><div class=\"cards\">")
            .Add(ReportPage.Card("On time, fitted", F($"{fit.OnTimeError:0.00} points"), "", "root mean square error"))
            .Add(ReportPage.Card("Mean days, fitted", F($"{100 * fit.DaysError:0.0} %"), "", "mean relative error"))
            .Add(ReportPage.Card("On time, left out", F($"{fit.OnTimeErrorLeftOut:0.0} points"), "", "median error, one commune left out at a time"))
            .Add(ReportPage.Card("Mean days, left out", F($"{100 * fit.DaysErrorLeftOut:0} %"), "", "median error, one commune left out at a time"))
            .Add("</div>");
        if (predictions.Count > 0)
        {
            page.Heading("Predictions").Add("<table><thead><tr><th>Asked</th><th class=\"n\">on time, %, 90 % of communes</th><th class=\"n\">mean days, 90 % of communes</th></tr></thead><tbody>");
            foreach ((string name, CommunePrediction p) in predictions)
            {
                page.Add($"<tr><td>{ReportPage.Text(name)}</td><td class=\"n\">{WhatIfTables.Range(Percent(p.OnTime))}</td><td class=\"n\">{WhatIfTables.Range(p.Days)}</td></tr>");
            }
            page.Add("</tbody></table>");
        }
        page.Heading("Communes").Add("<table><thead><tr><th>Commune</th><th class=\"n\">dossiers</th><th class=\"n\">on time, %</th><th class=\"n\">simulated</th><th class=\"n\">error, points</th><th class=\"n\">mean days</th><th class=\"n\">simulated</th><th class=\"n\">error, %</th></tr></thead><tbody>");
        foreach (FittedCommune c in fit.Communes.OrderByDescending(c => Math.Abs(c.OnTime - c.Commune.OnTimeShare)))
        {
            page.Add(F($"<tr><td>{ReportPage.Text(c.Commune.Name)}</td><td class=\"n\">{c.Commune.Filed:N0}</td><td class=\"n\">{100 * c.Commune.OnTimeShare:0.0}</td><td class=\"n\">{100 * c.OnTime:0.0}</td><td class=\"n\">{100 * (c.OnTime - c.Commune.OnTimeShare):+0.00;−0.00;0.00}</td>"))
                .Add(F($"<td class=\"n\">{c.Commune.DaysMean:0.00}</td><td class=\"n\">{c.Days:0.00}</td><td class=\"n\">{100 * ((c.Days / c.Commune.DaysMean) - 1):+0.0;−0.0;0.0}</td></tr>"));
        }
        return page.Add("</tbody></table>").Close("Intervals of predictions hold nine communes in ten of the same population, volume and kind. CityTwin.");
    }

    private static void Trust(ReportPage page, Backtest result)
    {
        OfficeBacktest[] judged = [.. result.Offices.Where(o => o.Level is TrustLevel.Good or TrustLevel.Fair or TrustLevel.Poor)];
        int Count(TrustLevel level) => judged.Count(o => o.Level == level);
        page.Add(F($"<p>Fitted on {result.Cases.Fitted:N0} cases that ended before {result.SplitAt:yyyy-MM-dd}, with nothing that happened after it; compared with the {result.Cases.Compared:N0} cases that came then.</p>"))
            .Add($"<p class=\"verdict\">{Verdict(judged)}</p><div class=\"cards\">")
            .Add(ReportPage.Card("Offices", $"{Count(TrustLevel.Good)} good", "", $"{Count(TrustLevel.Fair)} fair, {Count(TrustLevel.Poor)} poor, {result.Offices.Length - judged.Length} with too few cases"))
            .Add(ReportPage.Card("Mean days, error", judged.Length == 0 ? "–" : F($"{100 * Median(judged.Select(o => o.DaysError)):0} %"), "", "median of offices"))
            .Add(ReportPage.Card("On time, error", judged.All(o => o.OnTimeError is null) ? "–" : F($"{100 * Median(judged.Select(o => o.OnTimeError).OfType<double>()):0.0} %"), "", "median of offices"))
            .Add(ReportPage.Card("90 % band", F($"{100 * result.ArrivalCoverage:0} %"), "", F($"of days' arrivals lay in it, {100 * result.EndCoverage:0} % of days' ends")))
            .Add("</div>").Heading("By office")
            .Figure(sheet => BacktestCharts.Days(result, sheet), "Mean days from first to last event: hollow as it was, full as simulated with the middle 90 % of replications.")
            .Figure(sheet => BacktestCharts.OnTime(result, sheet), "Share on time: hollow as it was, full as simulated with the middle 90 % of replications.")
            .Add(BacktestCharts.Table(result)).Heading("The whole log").Add(Whole(result));
    }

    private static string Verdict(OfficeBacktest[] judged)
    {
        if (judged.Length == 0)
        {
            return "No office has cases enough to say how far to trust the model.";
        }
        int usable = judged.Count(o => o.Level is TrustLevel.Good or TrustLevel.Fair);
        OfficeBacktest[] poor = [.. judged.Where(o => o.Level == TrustLevel.Poor).OrderByDescending(o => o.Cases)];
        string rest = poor.Length == 0 ? "" : $" Not to be relied on: {string.Join(", ", poor.Take(5).Select(o => ReportPage.Text(o.Office)))}{(poor.Length > 5 ? $" and {poor.Length - 5} more" : "")}.";
        return $"Of {judged.Length} offices with cases enough, {usable} were foretold within a quarter of what happened.{rest}";
    }

    private static string Whole(Backtest r) => string.Concat(
        "<table><thead><tr><th>Measure</th><th class=\"n\">value</th><th>reads</th></tr></thead><tbody>",
        Row("Arrivals: earth mover's distance", F($"{r.ArrivalDistance:0.0} h"), "how far the simulated arrivals must be moved in time to be the real ones"),
        Row("Cycle times: earth mover's distance", F($"{r.CycleDistance:0.0} h"), "the same of the times from first to last event"),
        Row("Hours of the day: earth mover's distance", F($"{r.CircadianDistance:0.00} h"), "the same of the clock hours on which events happen"),
        Row("Days whose arrivals lay in the 90 % band", F($"{100 * r.ArrivalCoverage:0} %"), "near 90 %: the stated uncertainty is honest; far below: it is too narrow"),
        Row("Days whose ends lay in the 90 % band", F($"{100 * r.EndCoverage:0} %"), "the same of cases that ended"),
        "</tbody></table>");

    private static string Row(string name, string value, string reads) => $"<tr><td>{name}</td><td class=\"n\">{value}</td><td>{reads}</td></tr>";

    private static double Median(IEnumerable<double> values) => QuantileInterval.At([.. values.Order()], 0.5);

    internal static Interval Percent(Interval i) => i with { Estimate = 100 * i.Estimate, Low = 100 * i.Low, High = 100 * i.High };

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
