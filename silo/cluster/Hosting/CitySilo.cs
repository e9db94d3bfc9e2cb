using CityTwin.Cluster.Nodes;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;

namespace CityTwin.Cluster.Hosting;

/// <summary>Makes a silo one that hosts a city's twins.</summary>
public static class CitySilo
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Adds the twins, their placement and snapshots, the journal's committer, sweepers and views.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">How the node runs.</param>
    /// <param name="views">What the node shows: fed from the journal.</param>
    public static ISiloBuilder AddCityTwin(this ISiloBuilder silo, ClusterOptions options, IReadOnlyList<IView> views)
    {
        silo.Services.AddCityTwinWire();
        silo.Services.AddSingleton(options);
        silo.Services.AddSingleton(s => new ClusterNode(options, s.GetRequiredService<IGrainFactory>(), views, s.GetRequiredService<ILoggerFactory>().CreateLogger("CityTwin.Node")));
        silo.Services.AddSingleton(s => s.GetRequiredService<ClusterNode>().Host);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, NodeLifecycle>();
        silo.AddPlacementDirector<OfficePlacement, OfficePlacementDirector>();
        silo.AddPlacementDirector<NamedSiloPlacement, NamedSiloPlacementDirector>();
        silo.AddAdoNetGrainStorage(KeptTwin.Storage, storage =>
        {
            storage.Invariant = "Npgsql";
            storage.ConnectionString = NodeAddress.Parse(options.Journal).ConnectionString;
        });
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = ResponseTimeout);
        silo.Configure<ClusterMembershipOptions>(Watch);
        return silo;
    }

    /// <summary>Lets commands, events and states cross between silos in the journal's own JSON.</summary>
    public static IServiceCollection AddCityTwinWire(this IServiceCollection services) =>
        services.AddSerializer(s => s.AddJsonSerializer(IsOfTwins, JournalJson.Format))
            .Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("Npgsql"));

    // A silo that is killed is declared dead after three missed probes a second apart, by the votes of two others, or of one where there is
    // but one other: calls then find its twins elsewhere. The defaults, three of five seconds, keep callers waiting for a quarter of a minute;
    // two of one second are too few on a machine whose cores are much asked for, and a node that lives is declared dead.
    private static void Watch(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        membership.NumMissedProbesLimit = 3;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }

    private static bool IsOfTwins(Type type) =>
        type.IsAssignableTo(typeof(TwinCommand)) || type.IsAssignableTo(typeof(TwinEvent)) || type.IsAssignableTo(typeof(TwinState))
        || type == typeof(CaseClassification);
}
