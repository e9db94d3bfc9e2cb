using CityTwin.Ml.Forecasts;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>Forecasts as they are answered, and what is to be said beside them.</summary>
internal static class ForecastCurves
{
    private const int FewDays = 42;

    internal static string? FewNote(ForecastSet set) =>
        set.HistoryDays < FewDays ? $"Made from {set.HistoryDays} days only: under six weeks, expect little." : null;

    internal static int Days(CityForecasts forecasts, int today) => forecasts.Counts.FirstDay is { } first ? today - first : 0;

    internal static string WhyNone(CityForecasts forecasts, ForecastSet? set, int today)
    {
        int days = Days(forecasts, today);
        if (days < Series.LengthMin)
        {
            return $"Too little history: {Series.LengthMin} whole days are needed, there are {days}.";
        }
        return set is null ? NotYet(forecasts) : "Nothing was ever counted here before the forecasts were made.";
    }

    private static string NotYet(CityForecasts forecasts) =>
        forecasts.AreBeingMade ? "The first forecast is being made; ask again in some minutes."
        : forecasts.Failure is { } failure ? $"No forecast could be made: {failure}"
        : "No forecast was made yet: it is made within a minute, or with a driven clock when asked for (POST /forecasts).";

    internal static ForecastCurve Curve(ForecastSet set, Forecast forecast)
    {
        ForecastDay Day(int h)
        {
            double At(int level, bool high) => Math.Round(high ? forecast.Intervals[level].High[h] : forecast.Intervals[level].Low[h], 3);
            return new ForecastDay(
                DateOnly.FromDayNumber(set.FirstDay + h), Math.Round(forecast.Point[h], 3), At(0, false), At(0, true), At(1, false), At(1, true), At(2, false), At(2, true));
        }
        double? error = double.IsFinite(forecast.BacktestError) ? Math.Round(forecast.BacktestError, 4) : null;
        return new ForecastCurve(forecast.Model, error, forecast.Origins, [.. Enumerable.Range(0, forecast.Point.Count).Select(Day)]);
    }
}
