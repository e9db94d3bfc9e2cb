[assembly: AssemblyFixture(typeof(CityTwin.Cluster.Tests.SuiteBound))]

namespace CityTwin.Cluster.Tests;

/// <summary>Ends the whole run when it takes longer than it ever should: a silo that never stops would keep its caller for ever.</summary>
public sealed class SuiteBound : IDisposable
{
    private const int TimedOut = 124;

    // A full drive, asked for by the environment, takes as long as it takes.
    private static readonly TimeSpan Longest = Environment.GetEnvironmentVariable("CITYTWIN_CLUSTER_DRIVE") is null ? TimeSpan.FromMinutes(20) : TimeSpan.FromHours(2);

    private readonly Timer _end = new(
        static _ =>
        {
            Console.Error.WriteLine($"the cluster's tests took more than {Longest.TotalMinutes} minutes");
            Environment.Exit(TimedOut);
        },
        null, Longest, Timeout.InfiniteTimeSpan);

    public void Dispose() => _end.Dispose();
}
