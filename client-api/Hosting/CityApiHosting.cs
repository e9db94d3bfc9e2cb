using CityTwin.ClientApi.Boards;
using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Citizens;
using CityTwin.ClientApi.Clocks;
using CityTwin.ClientApi.Desks;
using CityTwin.ClientApi.Feeds;
using CityTwin.ClientApi.Histories;
using CityTwin.ClientApi.Keys;
using CityTwin.ClientApi.Live;
using CityTwin.ClientApi.Offices;
using CityTwin.ClientApi.Officials;
using CityTwin.ClientApi.OpenApi;
using CityTwin.ClientApi.Operations;
using CityTwin.ClientApi.Pages;
using CityTwin.ClientApi.Policy;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CityTwin.ClientApi.Hosting;

/// <summary>The city's API as a part that programs compose: before a city in the same process, or on a node of a cluster.</summary>
public static class CityApiHosting
{
    private const int HeaderBytesMax = 32 * 1024;

    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Adds what the endpoints need. The city is asked for when they are mapped.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="city">The running city, or the node that will run its share once the program has started.</param>
    /// <param name="options">How the API serves.</param>
    public static IServiceCollection AddCityApi(this IServiceCollection services, Func<IServiceProvider, ICityHost> city, CityApiOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(s => new CityApi(city(s), options));
        services.AddSingleton<LiveBoard>();
        services.AddHostedService(s => s.GetRequiredService<LiveBoard>());
        if (options.FeedPerMinute is { } perMinute)
        {
            services.AddHostedService(s => new CityFeed(s.GetRequiredService<CityApi>(), perMinute, s.GetRequiredService<ILogger<CityFeed>>()));
        }
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        services.AddSignalR(hub => hub.MaximumReceiveMessageSize = 1024).AddJsonProtocol(json =>
        {
            json.PayloadSerializerOptions = new System.Text.Json.JsonSerializerOptions(ApiJson.Default.Options) { Encoder = ApiJson.Encoder };
        });
        services.AddCityTwinOpenApi();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.BodyBytesMax;
            kestrel.Limits.MaxConcurrentConnections = options.ConnectionsMax;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        });
        return services;
    }

    /// <summary>Maps every endpoint, behind the API keys.</summary>
    public static WebApplication MapCityApi(this WebApplication web)
    {
        CityApi api = web.Services.GetRequiredService<CityApi>();
        web.UseMiddleware<ProblemEdge>();
        web.UseApiKeys(new ApiKeys(web.Services.GetRequiredService<CityApiOptions>().ApiKeys));
        web.UseRouting();
        web.MapCases(api);
        web.MapDesks(api);
        web.MapOffices(api);
        web.MapOfficials(api);
        web.MapCitizens(api);
        web.MapPolicy(api);
        web.MapHistories(api);
        web.MapBoard(api);
        web.MapClock(api);
        web.MapHealth(api);
        web.MapStatusPage();
        web.MapOpenApi("/openapi/{documentName}.json");
        web.MapHub<LiveHub>("/live");
        return web;
    }
}
