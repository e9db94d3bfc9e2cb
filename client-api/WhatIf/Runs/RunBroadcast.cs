using CityTwin.ClientApi.Live;
using Microsoft.AspNetCore.SignalR;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Tells watchers of the live board which runs changed, as <c>run</c>, at most four times a second.</summary>
internal sealed class RunBroadcast(RunQueue queue, IHubContext<LiveHub> hub) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<long, RunReading> _told = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Remember(queue.List());
        long revision = queue.Revision;
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (queue.Revision == revision)
            {
                continue;
            }
            revision = queue.Revision;
            IReadOnlyList<RunReading> runs = queue.List();
            foreach (RunReading run in runs.Where(r => !_told.TryGetValue(r.Id, out RunReading? told) || told != r))
            {
                await hub.Clients.All.SendAsync("run", run, stoppingToken);
            }
            Remember(runs);
        }
    }

    private void Remember(IReadOnlyList<RunReading> runs)
    {
        _told.Clear();
        foreach (RunReading run in runs)
        {
            _told[run.Id] = run;
        }
    }
}
