using CityTwin.ClientApi.Hosting;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>Forecasts anew when a day of the city begins, and at the start when that day's forecasts are not there yet, and when asked; one at a time.</summary>
internal sealed partial class ForecastRefresh(CityApi api, ILogger<ForecastRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // A driven clock is moved by who tests or replays: there forecasts are made when asked for, not behind one's back.
                bool isAsked = await api.Forecasts.WaitAsync(Look, stoppingToken);
                bool isDue = isAsked || (api.Runtime.Clock.Mode != ClockMode.Driven && !api.Forecasts.AreFresh(api.Runtime.Clock.Now));
                if (isDue && api.Runtime.IsReady)
                {
                    await api.Forecasts.RefreshAsync(api, stoppingToken);
                    api.Forecasts.Failure = null;
                }
                else if (isDue)
                {
                    api.Forecasts.Failure = "The city was not ready.";
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is RuntimeUnavailableException or IOException or ArgumentException)
            {
                api.Forecasts.Failure = e.Message;
                LogPutOff(logger, e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The forecasts were put off: {Reason}")]
    private static partial void LogPutOff(ILogger logger, string reason);
}
