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
using CityTwin.ClientApi.OpenData;
using CityTwin.ClientApi.OpenApi;
using CityTwin.ClientApi.Operations;
using CityTwin.ClientApi.Pages;
using CityTwin.ClientApi.Policy;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Quality;
using CityTwin.ClientApi.Queries;
using CityTwin.ClientApi.Subscriptions;
using CityTwin.ClientApi.Readings;
using CityTwin.ClientApi.Sensors;
using CityTwin.ClientApi.WhatIf;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Quality;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Subscriptions;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Hosting;

/// <summary>A city and the server in front of it, running until disposed.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly ICityHost _city;

    private ApiServer(ICityHost city, WebApplication web, CityApi api)
    {
        _city = city;
        Web = web;
        Api = api;
    }

    /// <summary>The web application.</summary>
    public WebApplication Web { get; }

    /// <summary>What the endpoints work with.</summary>
    public CityApi Api { get; }

    /// <summary>Where it listens: the first address.</summary>
    public Uri Address => new(Web.Urls.First());

    /// <summary>Opens the city and starts to listen.</summary>
    /// <exception cref="JournalException">The journal is in use by another process, damaged, or something else.</exception>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<ApiServer> StartAsync(ServeOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ILoggerFactory logs = LoggerFactory.Create(l => l.AddSimpleConsole(c => c.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("CityTwin", LogLevel.Information));
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseUrls(options.Urls).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.BodyBytesMax;
            kestrel.Limits.MaxConcurrentConnections = options.Limits.ConnectionsMax;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        var view = new CityView(options.City.Rules.Calendar, new CityViewOptions { FinishedCasesMax = options.FinishedCasesMax });
        var trend = new TrendView(view, options.City.Rules.Calendar.Offset);
        var queries = new QueryView(new QueryViewOptions { FinishedCasesMax = options.FinishedCasesMax });
        var sensors = new SensorDirectory();
        var quality = new QualityView();
        var days = new DailyCounts(options.City.Rules.Calendar.Offset);
        var forecasts = new CityForecasts(days, options.Beside(".forecasts.json.gz"));
        var reports = new ReportView(options.Feedback.Duplicates);
        var feedback = new CityFeedback(options.Feedback, options.Beside(".feedback"), reports, options.Clock);
        var embedded = new EmbeddedOptions { Journal = options.Journal, Standby = options.Standby, QueueDepthMax = options.QueueDepthMax };
        EmbeddedCity city = await EmbeddedCity.OpenAsync(options.City, embedded, options.Clock, [trend, view, queries, sensors, quality, reports, days], logs.CreateLogger("CityTwin.City"));
        try
        {
            var api = new CityApi(city, options.City, view, options.Readings.Over(city.Runtime, sensors, options, logs), options.Limits, feedback)
            {
                Trend = trend,
                Quality = quality,
                Queries = new CityQueries(city, options.City, queries, options.Queries),
                Forecasts = forecasts,
                Boundaries = options.Boundaries,
            };
            var webhooks = new Webhooks(city, options.City.Id, new ChangeSource(city, queries), options.SubscriptionsInForce, logs.CreateLogger("CityTwin.Webhooks"));
            AddServices(builder, api, options);
            builder.Services.AddHostedService(_ => webhooks);
            WebApplication web = builder.Build();
            Map(web, api, new ApiKeys(options.ApiKeys), options);
            web.MapSubscriptions(api, webhooks);
            await web.StartAsync();
            return new ApiServer(city, web, api);
        }
        catch
        {
            await city.DisposeAsync();
            throw;
        }
    }

    /// <summary>Finishes the requests at hand, then stops the city: everything acknowledged is durable.</summary>
    public async ValueTask DisposeAsync()
    {
        await Web.StopAsync();
        await Web.DisposeAsync();
        await _city.DisposeAsync();
    }

    private static void AddServices(WebApplicationBuilder builder, CityApi api, ServeOptions options)
    {
        builder.Services.AddSingleton(api);
        builder.Services.AddHostedService(s => new ForecastRefresh(api, s.GetRequiredService<ILogger<ForecastRefresh>>()));
        builder.Services.AddHostedService(s => new FeedbackCare(api, s.GetRequiredService<ILogger<FeedbackCare>>()));
        builder.Services.AddHostedService(_ => api.Readings);
        builder.Services.AddSingleton<LiveBoard>();
        builder.Services.AddHostedService(s => s.GetRequiredService<LiveBoard>());
        if (options.FeedPerMinute is { } perMinute)
        {
            builder.Services.AddHostedService(s => new CityFeed(api, perMinute, s.GetRequiredService<ILogger<CityFeed>>()));
        }
        builder.Services.AddSingleton(s => new QueryStream(new ChangeSource(api.Host, api.Queries.View), s.GetRequiredService<IHostApplicationLifetime>()));
        builder.Services.AddHostedService(_ => new ReportTexts(api.Runtime, api.Queries.View));
        builder.Services.AddWhatIf(api, options);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, Open311Json.Default);
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        builder.Services.AddSignalR(hub => hub.MaximumReceiveMessageSize = 1024).AddHubOptions<QueryHub>(hub => hub.MaximumReceiveMessageSize = 64 * 1024).AddJsonProtocol(json =>
        {
            json.PayloadSerializerOptions = new System.Text.Json.JsonSerializerOptions(ApiJson.Default.Options) { Encoder = ApiJson.Encoder };
        });
        builder.Services.AddCityTwinOpenApi();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
    }

    private static void Map(WebApplication web, CityApi api, ApiKeys keys, ServeOptions options)
    {
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
        web.MapForgetting(api);
        web.MapPolicy(api);
        web.MapHistories(api);
        web.MapFeedback(api);
        web.MapForecasts(api);
        web.MapSensors(api);
        web.MapReadings(api);
        web.MapQueries(api);
        web.Services.GetRequiredService<QueryStream>().Map(web, api);
        web.MapBoard(api);
        web.MapBoardDifference(api);
        web.MapTrend(api);
        web.MapMap(api);
        web.MapClock(api);
        web.MapWhatIf(api);
        web.MapHealth(api);
        web.MapProcessLog(api, options.Journal);
        var days = new OpenDays(api, options.OpenDataK);
        web.MapOpenData(api, days);
        web.MapQuality(api, days);
        web.MapNgsiLd(api);
        web.MapOpen311(api, keys, options.Open311Attributes);
        web.MapOpenApi("/openapi/{documentName}.json");
        web.MapHub<LiveHub>("/live");
        web.MapHub<QueryHub>("/live/queries");
    }
}
