using CityTwin.Grains;
using CityTwin.Simulation;
using CityTwin.Simulation.Calibration;
using CityTwin.Simulation.Logs;
using CityTwin.Simulation.Reports;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Tells what a calibration found.</summary>
internal static class CalibrationReadings
{
    /// <summary>The file in which a calibration keeps it.</summary>
    public const string FileName = "calibration.json";

    private const int RoutingMax = 60;

    /// <summary>Of a fit and a backtest of one log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="fit">Its fit.</param>
    /// <param name="backtest">Its backtest.</param>
    /// <param name="offices">The city's offices by their names in the log.</param>
    public static CalibrationReading Of(EventLog log, LogFit fit, Backtest backtest, IReadOnlyDictionary<string, TwinId> offices)
    {
        Dictionary<string, OfficeBacktest> compared = backtest.Offices.ToDictionary(o => o.Office);
        return new CalibrationReading(
            log.Cases[0].ArrivedAt, backtest.SplitAt, log.Cases[^1].ArrivedAt, backtest.Cases.Fitted, backtest.Cases.Compared, Math.Round(fit.CasesPerWeek, 3),
            [.. fit.HourOfWeek.Select(w => Math.Round(w, 4))],
            Finite(backtest.ArrivalDistance), Finite(backtest.CycleDistance), Finite(backtest.CircadianDistance),
            Math.Round(backtest.ArrivalCoverage, 4), Math.Round(backtest.EndCoverage, 4),
            [.. fit.Offices.Select(o => Office(o, compared.GetValueOrDefault(o.Office), offices.TryGetValue(o.Office, out TwinId id) ? id : null))],
            [.. fit.Handling.Select(h => new HandlingFit(h.Activity, h.Count, Fit(h.Best)))],
            [.. fit.Routing.Take(RoutingMax).Select(r => new RoutingShare(r.From, r.To, Math.Round(r.Share, 4)))]);
    }

    private static OfficeCalibration Office(OfficeFit fit, OfficeBacktest? seen, TwinId? id) => new(
        id, fit.Office, seen?.Level ?? TrustLevel.FewCases, fit.Cases, seen?.Cases ?? 0, Math.Round(fit.Staff, 2), Math.Round(fit.HandedOn, 4),
        fit.Fits.IsEmpty ? null : Fit(fit.Fits[0]), [.. fit.Fits.Skip(1).Select(Fit)],
        Finite(seen?.Days), Band(seen?.DaysSimulated), Finite(seen?.DaysError), seen?.AreDaysHeld,
        Finite(seen?.OnTime), Band(seen?.OnTimeSimulated), Finite(seen?.OnTimeError), seen?.IsOnTimeHeld,
        Finite(seen?.CycleDistance), Finite(seen?.CircadianDistance), Finite(seen?.EndCoverage));

    private static FitReading Fit(DurationFit fit) =>
        new(CalibrationFiles.Words(fit.Duration), Math.Round(fit.Bic, 2), Math.Round(fit.Distance, 4), Math.Round(fit.PValue, 2));

    private static EstimateReading? Band(Interval? band) => band is { } b ? EstimateReading.Of(b) : null;

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? Math.Round(v, 4) : null;
}
