using CityTwin.Ml.Forecasts;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>What is expected of an office's services and desks.</summary>
internal static class OfficeParts
{
    private const string Elsewhere = "elsewhere";

    /// <summary>The answer of one office.</summary>
    public static OfficePartsAnswer Of(CityForecasts forecasts, string office, int today)
    {
        if (forecasts.Store.Kept.Current is not { } set || !set.Statistical.ContainsKey(ForecastSet.Name(office, Measures.Arrivals)))
        {
            return new OfficePartsAnswer(office, false, ForecastCurves.WhyNone(forecasts, forecasts.Store.Kept.Current, today), forecasts.Store.Kept.Current?.MadeAt, [], [], null);
        }
        string arrivals = ForecastSet.Name("", Measures.Arrivals);
        string[] rows = [.. set.Statistical.Keys.Where(k => k.EndsWith(arrivals, StringComparison.Ordinal)).Select(k => k[..^arrivals.Length]).Order(StringComparer.Ordinal)];
        PartForecast[] services = [.. from row in rows
                                      let within = DailyCounts.Within(row)
                                      where within?.Office == office && within.Value.Service != Elsewhere
                                      select Part(set, row, within.Value.Service)];
        PartForecast[] desks = [.. rows.Where(r => set.OfficeOf?.GetValueOrDefault(r) == office).Select(r => Part(set, r, r))];
        string rest = ForecastMaker.Elsewhere(office);
        return new OfficePartsAnswer(
            office, true, ForecastCurves.FewNote(set), set.MadeAt, services, desks,
            set.Statistical.ContainsKey(ForecastSet.Name(rest, Measures.Arrivals)) ? Part(set, rest, Elsewhere) : null);
    }

    private static PartForecast Part(ForecastSet set, string row, string of) => new(of,
    [
        .. from measure in Measures.All
           where measure != Measures.OnTimeShare
           let curve = ForecastCurves.Curve(set, set.Statistical[ForecastSet.Name(row, measure)])
           select new PartMeasure(measure, curve.Model, curve.BacktestError, curve.Days[6], curve.Days[^1]),
    ]);
}
