using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Sensors;

/// <summary>Stores the watches, folds and expires the time series while the program runs: once a minute, or sooner when much has come.</summary>
public sealed partial class ReadingKeeper(ReadingStore store, SensorFollower follower, SensorOptions options, CityClock clock, TimeProvider time, ILogger<ReadingKeeper> logger)
    : BackgroundService
{
    private const int SecondsEach = 5;

    private const int RoundsBetweenFolds = 12;

    private const int RoundsBetweenExpiries = 720;

    private const long UnfoldedMax = 500_000;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(SecondsEach), time);
        for (int round = 1; await NextAsync(timer, stoppingToken); round++)
        {
            try
            {
                if (round % RoundsBetweenFolds == 0 || store.Unfolded >= UnfoldedMax)
                {
                    await follower.KeepAsync(stoppingToken);
                }
                if (round % RoundsBetweenExpiries == 0)
                {
                    await store.ExpireAsync(clock.Now, options);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is System.Data.Common.DbException or Journal.JournalException)
            {
                NotFolded(logger, e);
            }
        }
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The time series could not be folded; it is tried again")]
    private static partial void NotFolded(ILogger logger, Exception reason);
}
