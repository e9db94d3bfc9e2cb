using CityTwin.Silo;
using CityTwin.Silo.Journal;

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
        ILoggerFactory logs = LoggerFactory.Create(l => l.AddSimpleConsole(c => c.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("CityTwin", LogLevel.Information)
            // What stops the start is thrown, and told in a line by whoever asked for it. What stops it later is critical.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical));
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseUrls(options.Urls).UseKestrelHttpsConfiguration();
        var views = new CityViews(options);
        var embedded = new EmbeddedOptions { Journal = options.Journal, Standby = options.Standby, QueueDepthMax = options.QueueDepthMax };
        EmbeddedCity city = await EmbeddedCity.OpenAsync(options.City, embedded, options.Clock, views.All, logs.CreateLogger("CityTwin.City"));
        try
        {
            builder.Services.AddCityApi(_ => city, options, views);
            WebApplication web = builder.Build();
            web.MapCityApi();
            await web.StartAsync();
            return new ApiServer(city, web, web.Services.GetRequiredService<CityApi>());
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
}
