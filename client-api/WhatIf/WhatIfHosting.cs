using CityTwin.ClientApi.Hosting;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>The planner's part of the server.</summary>
internal static class WhatIfHosting
{
    /// <summary>Adds the queue of runs and what tells of them.</summary>
    public static void AddWhatIf(this IServiceCollection services, ServeOptions options)
    {
        WhatIfOptions limits = options.WhatIf;
        services.AddSingleton(limits);
        services.AddSingleton(s =>
        {
            ILogger<RunQueue> logger = s.GetRequiredService<ILogger<RunQueue>>();
            var store = new RunStore(limits.Folder ?? options.Beside(".whatif"), limits, logger);
            return new RunQueue(store, new RunWork(s.GetRequiredService<CityApi>(), limits, s.GetService<IReplicationPool>()).Do, limits, logger);
        });
        services.AddSingleton(s => new CompiledRuns(s.GetRequiredService<CityApi>(), limits));
        services.AddHostedService(s => s.GetRequiredService<RunQueue>());
    }

    /// <summary>Adds the routes.</summary>
    public static void MapWhatIf(this WebApplication web, CityApi api)
    {
        RunQueue queue = web.Services.GetRequiredService<RunQueue>();
        web.MapScenarios(api);
        web.MapBases(api);
        web.MapScenarioBook();
        web.MapCalibration(queue);
        web.MapRuns(api, queue, web.Services.GetRequiredService<WhatIfOptions>());
    }
}
