using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.WhatIf;
using CityTwin.Cluster.Membership;
using CityTwin.Cluster.Nodes;
using CityTwin.Cluster.Workers;
using CityTwin.Silo.Views;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;

namespace CityTwin.Cluster.Hosting;

/// <summary>Composes a node: an Orleans silo over PostgreSQL, with the city's twins in it, the API before it and the Dashboard beside it.</summary>
internal static class NodeServer
{
    /// <summary>Where the Dashboard is.</summary>
    public const string DashboardPath = "/dashboard";

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Makes the program; it runs once started.</summary>
    /// <exception cref="Silo.Journal.JournalException">The database does not answer, or holds something else.</exception>
    public static WebApplication Build(NodeOptions options)
    {
        OrleansTables.Ensure(options.Serving.Journal);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddSimpleConsole(c => c.SingleLine = true).AddConsole(c => c.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning).AddFilter("CityTwin", LogLevel.Information);
        builder.WebHost.UseUrls(options.Serving.Urls);
        WebApplication? web = null;
        ServeOptions serving = options.Serving with
        {
            Folder = Path.Combine(options.Serving.Folder, FormattableString.Invariant($"node-{options.Silo.Port}")),
            ShutdownTimeout = ShutdownTimeout + options.Drain,
            NumberingProcesses = Commits.SharedSession.Tags,
            NumberingProcess = () => web!.Services.GetRequiredService<ClusterNode>().Tag,
        };
        CityViews views = new(serving);
        builder.UseOrleans(silo => Compose(silo, options, views.All));
        builder.Services.AddHostedService(_ => new NodeDrain(options.Drain));
        builder.Services.AddSingleton<IReportReading, ReportWorkers>().AddSingleton<IReplicationPool, ReplicationWorkers>();
        builder.Services.AddCityApi(s => s.GetRequiredService<ClusterNode>(), serving, views);
        web = builder.Build();
        web.MapCityApi();
        web.MapOrleansDashboard(DashboardPath);
        return web;
    }

    private static void Compose(ISiloBuilder silo, NodeOptions options, IReadOnlyList<IView> views)
    {
        silo.Configure<Orleans.Configuration.ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster, options.Cluster));
        silo.UseAdoNetClustering(clustering =>
        {
            clustering.Invariant = "Npgsql";
            clustering.ConnectionString = NodeAddress.Parse(options.Serving.Journal).ConnectionString;
        });
        silo.ConfigureEndpoints(options.Silo.Address, options.Silo.Port, options.GatewayPort, listenOnAnyHostAddress: false);
        silo.AddDashboard();
        silo.AddCityTwin(
            new Cluster.ClusterOptions { City = options.Serving.City, Journal = options.Serving.Journal, Clock = options.Serving.Clock, QueueDepthMax = options.Serving.QueueDepthMax }, views);
    }
}
