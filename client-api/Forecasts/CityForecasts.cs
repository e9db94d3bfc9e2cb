using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.WhatIf;
using CityTwin.Grains;
using CityTwin.Ml.Forecasts;
using CityTwin.Simulation.Live;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>A city's forecasts: made from its own days, kept beside its journal. Safe to use from any thread.</summary>
internal sealed class CityForecasts(DailyCounts counts, string file)
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>The city day by day.</summary>
    public DailyCounts Counts => counts;

    /// <summary>What was forecast, and how it did.</summary>
    public ForecastStore Store { get; } = new(file);

    /// <summary>Whether the forecasts in force begin today, or there cannot be any yet.</summary>
    public bool AreFresh(DateTimeOffset now) =>
        Store.Kept.Current?.FirstDay == counts.DayOf(now) || counts.DayOf(now) - (counts.FirstDay ?? int.MaxValue) < Series.LengthMin;

    /// <summary>Forecasts anew, one at a time, on one thread of low priority.</summary>
    /// <returns>False when there are too few days yet.</returns>
    /// <exception cref="Silo.RuntimeUnavailableException">The city cannot be read now.</exception>
    public async Task<bool> RefreshAsync(CityApi api, CancellationToken stop)
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            DateTimeOffset now = api.Runtime.Clock.Now;
            int today = counts.DayOf(now);
            if (counts.FirstDay is not { } first || today - first < Series.LengthMin)
            {
                return false;
            }
            first = Math.Max(first, today - DayRow.DaysMax);
            LiveCity live = await LiveState.ReadAsync(api, null, stop);
            await LowPriority.RunAsync(() => Make(api, live, now, first, today, stop));
            return true;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private void Make(CityApi api, LiveCity live, DateTimeOffset now, int first, int today, CancellationToken stop)
    {
        WorkCalendar calendar = api.Runtime.Rules.Calendar;
        Dictionary<string, Forecast> statistical = ForecastMaker.Make(counts.Between(first, today), first, calendar, stop);
        Dictionary<string, Forecast> structural = StructuralForecast.Make(
            api.Definition, live, name => statistical.GetValueOrDefault(name), today, counts.Between(today, today + 1), stop);
        Store.Put(new ForecastSet(today, now, today - first, statistical, structural), counts.Between);
    }
}
