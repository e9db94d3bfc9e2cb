using CityTwin.Cluster.Nodes;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans;

namespace CityTwin.Cluster.Deadlines;

/// <summary>Fires deadlines: by itself while the city's clock runs, and when told to under a driven clock.</summary>
internal sealed class DeadlineSweeper(DeadlineTable table, IGrainFactory grains, Func<int> rulesVersion, CityClock clock, ILogger logger)
{
    private const int ClaimMax = 256;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sweeps until stopped; only a running clock brings deadlines up by itself.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using PeriodicTimer timer = new(Interval);
        while (clock.Mode != ClockMode.Driven && await timer.WaitForNextTickAsync(stop).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default))
        {
            try
            {
                while (!stop.IsCancellationRequested && await SweepAsync(clock.Now) == ClaimMax)
                {
                }
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException || Retry.IsTransient(e))
            {
                NodeLog.SweepFailed(logger, e.Message);
            }
        }
    }

    /// <summary>Fires every deadline up to a moment, the earliest first, and those that follow from them; all are durable on return.</summary>
    /// <exception cref="RuntimeUnavailableException">Some could not be fired in time.</exception>
    public async Task FireUntilAsync(DateTimeOffset moment)
    {
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (await table.HasDueAsync(moment))
        {
            if (await SweepAsync(moment) > 0)
            {
                began = System.Diagnostics.Stopwatch.GetTimestamp();
                continue;
            }
            if (System.Diagnostics.Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new RuntimeUnavailableException("deadlines are due that cannot be fired now");
            }
            await Task.Delay(Interval);
        }
    }

    private async Task<int> SweepAsync(DateTimeOffset now)
    {
        List<(TwinId Twin, DateTimeOffset Due)> due = await table.ClaimAsync(now, ClaimMax);
        List<TwinId> failed = [];
        await Task.WhenAll(due.Select(async d =>
        {
            try
            {
                await grains.Twin(d.Twin).Fire(d.Due, rulesVersion());
            }
            catch (Exception e) when (Retry.IsTransient(e))
            {
                lock (failed)
                {
                    failed.Add(d.Twin);
                }
            }
        }));
        if (failed.Count > 0)
        {
            await table.ReleaseAsync(failed);
        }
        return due.Count - failed.Count;
    }
}
