using System.Collections.Immutable;
using CityTwin.Simulation.Queueing;

namespace CityTwin.Simulation.Tests.Queueing;

public sealed class NetworkTests
{
    [Fact]
    public void Rework_of_a_fifth_lengthens_the_stay_as_Jackson_says()
    {
        NetworkDefinition network = new()
        {
            Stations = [new Station(2, Duration.Exponential(1))],
            Sources = [new Source(0, 1.2)],
            Routes = [new Route(0, 0, 0.2)],
        };
        TheoryRun.AssertHolds(2.857143, TheoryRun.Measure(network, 2_000, 60_000, r => r.SojournMean));
    }

    [Fact]
    public void Two_levels_with_escalation_and_return_take_as_long_as_Jackson_says()
    {
        NetworkDefinition network = new()
        {
            Stations = [new Station(2, Duration.Exponential(1)), new Station(3, Duration.Exponential(1 / 0.12))],
            Sources = [new Source(0, 1.2)],
            Routes = [new Route(0, 1, 0.2), new Route(1, 0, 0.1)],
        };
        TheoryRun.AssertHolds(4.155193, TheoryRun.Measure(network, 3_000, 60_000, r => r.SojournMean));
    }

    [Fact]
    public void Machine_repair_has_as_many_broken_as_the_birth_death_chain_says()
    {
        NetworkDefinition network = new()
        {
            Stations = [new Station(Station.Unlimited, Duration.Exponential(1 / 0.15), Initial: 20), new Station(3, Duration.Exponential(1))],
            Routes = [new Route(0, 1, 1), new Route(1, 0, 1)],
        };
        Interval broken = TheoryRun.Measure(network, 500, 10_000, r => r.Record(1).PopulationMean);
        TheoryRun.AssertHolds(Exact.BrokenMachines(20, 3, 0.15), broken);
    }

    [Theory]
    [InlineData(6.5)]
    [InlineData(9)]
    [InlineData(17.25)]
    public void Mt_G_infinity_holds_the_arrivals_of_the_last_service_time(double hour)
    {
        // Service of exactly 1.5 hours: the number present is Poisson with the mean of the arrivals of the last 1.5 hours.
        ImmutableArray<double> profile = [.. Enumerable.Range(0, 24).Select(h => h is >= 7 and < 17 ? 5.0 : 1.0)];
        double mean = 64.0 / 24;
        NetworkDefinition network = new()
        {
            Stations = [new Station(Station.Unlimited, Duration.Constant(1.5))],
            Sources = [new Source(0, 8 * mean, 0, profile, 24)],
        };
        double exact = 0;
        for (double t = hour - 1.5; t < hour - 1e-9; t += 0.25)
        {
            exact += 8 * profile[(int)t] * 0.25;
        }
        Interval present = MeanInterval.Of(
            Replications.Run(0, 1_500, r =>
            {
                QueueNetwork run = new(network, TheoryRun.Seed, r);
                run.RunUntil(48 + hour);
                return (double)run.PopulationOf(0);
            }),
            0.99);
        TheoryRun.AssertHolds(exact, present);
    }

    [Fact]
    public void Mt_G_infinity_with_random_service_follows_the_convolution()
    {
        // Piecewise constant rate and exponential service: m' = lambda(t) - m, solved stretch by stretch over many cycles.
        double[] rates = [2, 10, 6, 1];
        double m = 0;
        for (int stretch = 0; stretch < 4 * 50 + 3; stretch++)
        {
            m = rates[stretch % 4] + ((m - rates[stretch % 4]) * Math.Exp(-0.7));
        }
        NetworkDefinition network = new()
        {
            Stations = [new Station(Station.Unlimited, Duration.Exponential(1))],
            Sources = [new Source(0, 4.75, 0, [.. rates], 2.8)],
        };
        Interval present = MeanInterval.Of(
            Replications.Run(0, 3_000, r =>
            {
                QueueNetwork run = new(network, TheoryRun.Seed, r);
                run.RunUntil((2.8 * 8) + 2.1);
                return (double)run.PopulationOf(0);
            }),
            0.99);
        TheoryRun.AssertHolds(m, present);
    }

    [Fact]
    public void The_same_seed_and_replication_give_the_same_run_on_any_number_of_threads()
    {
        NetworkDefinition network = TheoryRun.Single(2, 1.5, Duration.Exponential(1));
        double[] Run(int threads) => Replications.Run(
            0,
            8,
            r =>
            {
                QueueNetwork run = new(network, 7, r);
                run.RunUntil(500);
                return run.Record(0).WaitMean;
            },
            threads);
        Assert.Equal(Run(1), Run(3));
        Assert.NotEqual(Run(1)[0], Run(1)[1]);
    }

    [Fact]
    public void Once_warm_no_event_allocates()
    {
        QueueNetwork run = new(TheoryRun.Single(3, 2.4, Duration.Exponential(1)), 1);
        run.RunUntil(20_000);
        long events = run.Events;
        long before = GC.GetAllocatedBytesForCurrentThread();
        run.RunUntil(200_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(run.Events - events > 400_000);
        // A longer queue than ever may double an array; nothing grows with the number of events.
        Assert.True(allocated < 32_768, $"{allocated} bytes in {run.Events - events} events");
    }
}
