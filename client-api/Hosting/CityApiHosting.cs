using CityTwin.ClientApi.Boards;
using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Citizens;
using CityTwin.ClientApi.Clocks;
using CityTwin.ClientApi.Desks;
using CityTwin.ClientApi.Exports;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Feeds;
using CityTwin.ClientApi.Forecasts;
using CityTwin.ClientApi.Histories;
using CityTwin.ClientApi.Keys;
using CityTwin.ClientApi.Live;
using CityTwin.ClientApi.NgsiLd;
using CityTwin.ClientApi.Offices;
using CityTwin.ClientApi.Officials;
using CityTwin.ClientApi.Open311;
using CityTwin.ClientApi.OpenApi;
using CityTwin.ClientApi.OpenData;
using CityTwin.ClientApi.Operations;
using CityTwin.ClientApi.Pages;
using CityTwin.ClientApi.Policy;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Quality;
using CityTwin.ClientApi.Queries;
using CityTwin.ClientApi.Readings;
using CityTwin.ClientApi.Sensors;
using CityTwin.ClientApi.Subscriptions;
using CityTwin.ClientApi.WhatIf;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Quality;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Subscriptions;
using CityTwin.Silo.Views;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CityTwin.ClientApi.Hosting;

/// <summary>The city's API as a part that programs compose: before a city in the same process, or on a node of a cluster.</summary>
internal static class CityApiHosting
{
    private const int HeaderBytesMax = 32 * 1024;

    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Adds what the endpoints need. The city is asked for when they are mapped.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="city">The running city, or the node that will run its share once the program has started.</param>
    /// <param name="options">How the API serves.</param>
    /// <param name="views">The views, fed by whoever runs the city.</param>
    public static void AddCityApi(this IServiceCollection services, Func<IServiceProvider, ICityHost> city, ServeOptions options, CityViews views)
    {
        services.AddSingleton(options);
        services.AddSingleton(s => new CityApi(city(s), options, views, s.GetRequiredService<ILoggerFactory>(), s.GetService<IReportReading>()));
        services.AddHostedService(s => s.GetRequiredService<CityApi>().Readings);
        services.AddHostedService(s => new ForecastRefresh(s.GetRequiredService<CityApi>(), s.GetRequiredService<ILogger<ForecastRefresh>>()));
        services.AddHostedService(s => new FeedbackCare(s.GetRequiredService<CityApi>(), s.GetRequiredService<ILogger<FeedbackCare>>()));
        services.AddHostedService(s => new ReportTexts(s.GetRequiredService<CityApi>().Runtime, views.Queries));
        services.AddSingleton<LiveBoard>();
        services.AddHostedService(s => s.GetRequiredService<LiveBoard>());
        if (options.FeedPerMinute is { } perMinute)
        {
            services.AddHostedService(s => new CityFeed(s.GetRequiredService<CityApi>(), perMinute, s.GetRequiredService<ILogger<CityFeed>>()));
        }
        services.AddWhatIf(options);
        AddSubscriptions(services, options, views);
        AddWire(services, options);
    }

    /// <summary>Maps every endpoint, behind the API keys.</summary>
    public static void MapCityApi(this WebApplication web)
    {
        ServeOptions options = web.Services.GetRequiredService<ServeOptions>();
        CityApi api = web.Services.GetRequiredService<CityApi>();
        var keys = new ApiKeys(options.ApiKeys);
        web.UseMiddleware<ProblemEdge>();
        web.UseRouting();
        web.UsePages();
        web.UseApiKeys(keys);
        web.UseStandbyHeader(api);
        web.UsePositionHeader(api);
        web.MapCases(api);
        web.MapDesks(api);
        web.MapOffices(api);
        web.MapOfficials(api);
        web.MapCitizens(api);
        web.MapForgetting(api, web.Services.GetRequiredService<Webhooks>());
        web.MapPolicy(api);
        web.MapHistories(api);
        web.MapFeedback(api);
        web.MapForecasts(api);
        web.MapSensors(api);
        web.MapReadings(api);
        web.MapQueries(api);
        web.MapSubscriptions(api, web.Services.GetRequiredService<Webhooks>());
        web.Services.GetRequiredService<QueryStream>().Map(web, api);
        web.MapBoard(api);
        web.MapBoardDifference(api);
        web.MapTrend(api);
        web.MapMap(api);
        web.MapClock(api);
        web.MapWhatIf(api);
        web.MapHealth(api);
        web.MapRuntime(api);
        web.MapProcessLog(api, options.Journal);
        var days = new OpenDays(api, options.OpenDataK);
        web.MapOpenData(api, days);
        web.MapQuality(api, days);
        web.MapNgsiLd(api);
        web.MapNgsiSubscriptions(api, web.Services.GetRequiredService<Webhooks>());
        web.MapOpen311(api, keys, options.Open311Attributes);
        web.MapOpenApi("/openapi/{documentName}.json");
        web.MapHub<LiveHub>("/live");
        web.MapHub<QueryHub>("/live/queries");
    }

    private static void AddSubscriptions(IServiceCollection services, ServeOptions options, CityViews views)
    {
        services.AddSingleton(s => new ChangeSource(s.GetRequiredService<CityApi>().Host, views.Queries));
        services.AddSingleton(s => new QueryStream(s.GetRequiredService<ChangeSource>(), s.GetRequiredService<CityApi>().Queries, s.GetRequiredService<IHostApplicationLifetime>()));
        services.AddSingleton(s => new Webhooks(
            s.GetRequiredService<CityApi>().Host, options.City.Id, s.GetRequiredService<ChangeSource>(), options.SubscriptionsInForce,
            s.GetRequiredService<ILoggerFactory>().CreateLogger("CityTwin.Webhooks"),
            () => s.GetRequiredService<CityApi>().Readings.Follower));
        services.AddHostedService(s => s.GetRequiredService<Webhooks>());
    }

    private static void AddWire(IServiceCollection services, ServeOptions options)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, Open311Json.Default);
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        services.AddSignalR(hub => hub.MaximumReceiveMessageSize = 1024).AddHubOptions<QueryHub>(hub => hub.MaximumReceiveMessageSize = 64 * 1024).AddJsonProtocol(json =>
        {
            json.PayloadSerializerOptions = new System.Text.Json.JsonSerializerOptions(ApiJson.Default.Options) { Encoder = ApiJson.Encoder };
        });
        services.AddCityTwinOpenApi();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.BodyBytesMax;
            kestrel.Limits.MaxConcurrentConnections = options.Limits.ConnectionsMax;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        });
    }
}
