using CityTwin.ClientApi.Hosting;
using CityTwin.Silo;
using CityTwin.Simulation.Drive;

namespace CityTwin.ClientApi.Feeds;

/// <summary>Plays citizens and officials in the city while it runs.</summary>
internal sealed partial class CityFeed(CityApi api, double casesPerMinute, ILogger<CityFeed> logger) : BackgroundService
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var options = new LiveFeedOptions { Speed = api.Runtime.Clock.Speed, Rate = Rate() };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await new LiveFeed(api.Definition, new FeedPort(api.Runtime, stoppingToken), options).RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is RuntimeUnavailableException or DoorShutException)
            {
                LogInterrupted(logger, e.Message);
                await Task.Delay(RestartPause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Cases a minute as a multiple of the city's usual number; 0 asks for the usual number.
    private double Rate()
    {
        double usual = DriveVolume.Of(api.Definition, 1, 1).Cases / (24.0 * 60);
        return casesPerMinute <= 0 ? 1 : Math.Clamp(casesPerMinute / Math.Max(usual, 1e-6), 0.001, 100);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed was interrupted and begins again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string reason);
}
