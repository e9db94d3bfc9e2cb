using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.Queries;

/// <summary>After a restart: reads the words of reports back in from the live states, which alone have them in the clear.</summary>
internal sealed class ReportTexts(ICityRuntime runtime, QueryView view) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!view.NeedsTexts)
        {
            return;
        }
        foreach (TwinId report in view.Reports())
        {
            if (await ReadAsync(report, stoppingToken) is CaseState { Description: { Length: > 0 } text })
            {
                view.FillText(report, text);
            }
        }
        view.TextsFilled();
    }

    private async Task<TwinState> ReadAsync(TwinId report, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return (await runtime.ReadAsync(report)).State;
            }
            catch (RuntimeUnavailableException)
            {
                // Standing by, recovering, or busy with more urgent work.
                await Task.Delay(RetryPause, stop);
            }
        }
    }
}
