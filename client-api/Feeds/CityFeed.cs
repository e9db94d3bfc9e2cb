using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Views;
using CityTwin.Simulation.Drive;

namespace CityTwin.ClientApi.Feeds;

/// <summary>Plays citizens and officials in the city while it runs.</summary>
internal sealed partial class CityFeed(CityApi api, double casesPerMinute, ILogger<CityFeed> logger) : BackgroundService
{
    private const int PageMax = 500;
    private const int PendingMax = 20_000;

    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var options = new LiveFeedOptions { Speed = api.Runtime.Clock.Speed, Rate = Rate(), Pending = Pending() };
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

    // Cases that wait for their citizens; the latest, where there are very many.
    private List<TwinId> Pending()
    {
        var pending = new List<TwinId>();
        foreach (CaseStage stage in (CaseStage[])[CaseStage.WaitingForCitizen, CaseStage.Resolved, CaseStage.Returned])
        {
            CasePlace? after = null;
            do
            {
                CasePage page = api.View.Cases.List(new CaseQuery(new CaseFilter { Stage = stage }, CaseOrder.StageAt, Descending: true, PageMax, after));
                pending.AddRange(page.Cases.Select(c => c.Case));
                after = page.Next;
            }
            while (after is not null && pending.Count < PendingMax);
        }
        return pending;
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
