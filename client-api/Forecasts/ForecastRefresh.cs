using CityTwin.ClientApi.Hosting;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>Forecasts anew when a day of the city begins, and at the start when that day's forecasts are not there yet; at most one at a time.</summary>
internal sealed partial class ForecastRefresh(CityApi api, ILogger<ForecastRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // A driven clock is moved by who tests or replays: there forecasts are made when asked for, not behind one's back.
            await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                bool due = !stoppingToken.IsCancellationRequested && api.Runtime.Clock.Mode != ClockMode.Driven && api.Runtime.IsReady;
                if (due && !api.Forecasts.AreFresh(api.Runtime.Clock.Now))
                {
                    await api.Forecasts.RefreshAsync(api, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is RuntimeUnavailableException or IOException or ArgumentException)
            {
                LogPutOff(logger, e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The forecasts were put off: {Reason}")]
    private static partial void LogPutOff(ILogger logger, string reason);
}
