using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.WhatIf;
using CityTwin.Grains;
using CityTwin.Ml.Forecasts;
using CityTwin.Simulation.Live;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>A city's forecasts: made from its own days, kept beside its journal. Safe to use from any thread.</summary>
internal sealed class CityForecasts(DailyCounts counts, string file)
{
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _making;

    /// <summary>The city day by day.</summary>
    public DailyCounts Counts => counts;

    /// <summary>What was forecast, and how it did.</summary>
    public ForecastStore Store { get; } = new(file);

    /// <summary>Whether forecasts are being made, or have been asked for.</summary>
    public bool AreBeingMade => Volatile.Read(ref _making) > 0 || Volatile.Read(ref _asked).Task.IsCompleted;

    /// <summary>Why they could not be made when it was last tried; null when they could.</summary>
    public string? Failure { get; set; }

    /// <summary>Asks for new forecasts, in the background. To ask twice is to ask once.</summary>
    public void Ask() => Volatile.Read(ref _asked).TrySetResult();

    /// <summary>Waits until somebody asks for forecasts, or for a time. For one waiter.</summary>
    /// <returns>Whether somebody asked.</returns>
    public async Task<bool> WaitAsync(TimeSpan most, CancellationToken stop)
    {
        Task asked = _asked.Task;
        await Task.WhenAny(asked, Task.Delay(most, stop));
        stop.ThrowIfCancellationRequested();
        bool isAsked = asked.IsCompleted;
        if (isAsked)
        {
            Volatile.Write(ref _asked, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        return isAsked;
    }

    /// <summary>Whether the forecasts in force begin today, or there cannot be any yet.</summary>
    public bool AreFresh(DateTimeOffset now) =>
        Store.Kept.Current?.FirstDay == counts.DayOf(now) || counts.DayOf(now) - (counts.FirstDay ?? int.MaxValue) < Series.LengthMin;

    /// <summary>Forecasts anew, one at a time, on one thread of low priority.</summary>
    /// <returns>False when there are too few days yet.</returns>
    /// <exception cref="Silo.RuntimeUnavailableException">The city cannot be read now.</exception>
    public async Task<bool> RefreshAsync(CityApi api, CancellationToken stop)
    {
        Interlocked.Increment(ref _making);
        try
        {
            await OneAtATime.WaitAsync(stop);
            try
            {
                return await MakeAsync(api, stop);
            }
            finally
            {
                OneAtATime.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _making);
        }
    }

    private async Task<bool> MakeAsync(CityApi api, CancellationToken stop)
    {
        DateTimeOffset now = api.Runtime.Clock.Now;
        int today = counts.DayOf(now);
        if (counts.FirstDay is not { } first || today - first < Series.LengthMin)
        {
            return false;
        }
        first = Math.Max(first, today - DayRow.DaysMax);
        LiveCity live = await LiveState.ReadAsync(api, null, stop);
        Dictionary<string, DayFigures[]> soFar = counts.Between(today, today + 1);
        await LowPriority.RunAsync(() => Make(api, live, soFar, now, first, today, stop));
        return true;
    }

    private void Make(CityApi api, LiveCity live, Dictionary<string, DayFigures[]> soFar, DateTimeOffset now, int first, int today, CancellationToken stop)
    {
        WorkCalendar calendar = api.Runtime.Rules.Calendar;
        Dictionary<string, string> officeOf = live.Desks.ToDictionary(d => d.Desk.ToString(), d => d.Office.ToString());
        Dictionary<string, Forecast> statistical = ForecastMaker.Make(counts.Between(first, today), first, calendar, officeOf, stop);
        Dictionary<string, Forecast> structural = StructuralForecast.Make(
            api.Definition, live, name => statistical.GetValueOrDefault(name), today, soFar, stop);
        Store.Put(new ForecastSet(today, now, today - first, statistical, structural) { OfficeOf = officeOf }, counts.Between);
    }
}
