using System.Text.Encodings.Web;
using System.Text.Json;
using CityTwin.Simulation.Calibration;

namespace CityTwin.Simulation.Reports;

/// <summary>Fits and backtests as JSON.</summary>
public static class CalibrationFiles
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A duration in words, as <c>lognormal, median 3.1, σ 0.8</c>.</summary>
    public static string Words(Duration d) => d.Kind switch
    {
        DurationKind.Exponential => $"exponential, mean {d.First:0.###}",
        DurationKind.Lognormal => $"lognormal, median {d.First:0.###}, σ {d.Second:0.##}",
        DurationKind.Gamma => $"gamma, shape {d.First:0.##}, scale {d.Second:0.###}",
        DurationKind.Weibull => $"Weibull, shape {d.First:0.##}, scale {d.Second:0.###}",
        _ => $"{d.Kind.ToString().ToLowerInvariant()}, mean {d.Mean:0.###}",
    };

    /// <summary>Fitted communes and predictions.</summary>
    public static string ToJson(CommuneCalibration fit, IEnumerable<(string Name, CommunePrediction Prediction)> predictions) => JsonSerializer.Serialize(
        new
        {
            onTimeErrorPoints = fit.OnTimeError,
            daysErrorShare = fit.DaysError,
            onTimeErrorLeftOutPoints = fit.OnTimeErrorLeftOut,
            daysErrorLeftOutShare = fit.DaysErrorLeftOut,
            communes = fit.Communes.Select(c => new
            {
                code = c.Commune.Code,
                name = c.Commune.Name,
                limitDays = c.Parameters.Limit,
                pace = c.Parameters.Pace,
                onTime = c.Commune.OnTimeShare,
                onTimeSimulated = c.OnTime,
                days = c.Commune.DaysMean,
                daysSimulated = c.Days,
            }),
            predictions = predictions.Select(p => new { asked = p.Name, onTime = Plain(p.Prediction.OnTime), days = Plain(p.Prediction.Days) }),
        },
        Json);

    /// <summary>What a log says.</summary>
    public static string ToJson(LogFit fit) => JsonSerializer.Serialize(
        new
        {
            casesPerWeek = fit.CasesPerWeek,
            hourOfWeek = fit.HourOfWeek.Select(w => Math.Round(w, 4)),
            offices = fit.Offices.Select(o => new
            {
                office = o.Office,
                cases = o.Cases,
                daysMean = o.DaysMean,
                onTime = o.OnTime,
                staff = o.Staff,
                handedOn = o.HandedOn,
                fits = o.Fits.Select(Plain),
            }),
            routing = fit.Routing.Select(r => new { from = r.From, to = r.To, share = r.Share }),
            handling = fit.Handling.Select(h => new { activity = h.Activity, count = h.Count, fit = Plain(h.Best) }),
        },
        Json);

    /// <summary>A backtest.</summary>
    public static string ToJson(Backtest result) => JsonSerializer.Serialize(
        new
        {
            splitAt = result.SplitAt,
            fitted = result.Cases.Fitted,
            compared = result.Cases.Compared,
            arrivalDistanceHours = result.ArrivalDistance,
            cycleDistanceHours = result.CycleDistance,
            circadianDistanceHours = result.CircadianDistance,
            arrivalCoverage = result.ArrivalCoverage,
            endCoverage = result.EndCoverage,
            offices = result.Offices.Select(o => new
            {
                office = o.Office,
                cases = o.Cases,
                days = o.Days,
                daysSimulated = Plain(o.DaysSimulated),
                onTime = o.OnTime,
                onTimeSimulated = o.OnTimeSimulated is { } s ? Plain(s) : null,
                trust = o.Trust,
            }),
        },
        Json);

    private static object Plain(DurationFit f) => new { fit = Words(f.Duration), bic = f.Bic, ksDistance = f.Distance, ksPValue = f.PValue };

    private static object Plain(Interval i) => new { estimate = Finite(i.Estimate), low = Finite(i.Low), high = Finite(i.High), level = i.Level };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
