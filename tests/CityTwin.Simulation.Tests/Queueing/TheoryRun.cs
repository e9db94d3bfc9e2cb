using CityTwin.Simulation.Queueing;

namespace CityTwin.Simulation.Tests.Queueing;

/// <summary>Replications of a network, and the 99 % interval of what they measured.</summary>
internal static class TheoryRun
{
    public const ulong Seed = 20260701;

    public static Interval Measure(
        NetworkDefinition network, double warmUp, double time, Func<QueueNetwork, double> measure, int replications = 20) =>
        MeanInterval.Of(
            Replications.Run(0, replications, r =>
            {
                QueueNetwork run = new(network, Seed, r);
                run.RunUntil(warmUp);
                run.EndWarmUp();
                run.RunUntil(warmUp + time);
                return measure(run);
            }),
            0.99);

    public static NetworkDefinition Single(int servers, double rate, Duration service) => new()
    {
        Stations = [new Station(servers, service)],
        Sources = [new Source(0, rate)],
    };

    public static void AssertHolds(double exact, Interval measured) => Assert.True(
        measured.Contains(exact),
        $"exact {exact:0.000000} is outside {measured.Low:0.000000} to {measured.High:0.000000} (seed {Seed})");
}
