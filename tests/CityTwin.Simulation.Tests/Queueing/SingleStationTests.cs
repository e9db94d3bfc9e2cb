using CityTwin.Simulation.Queueing;

namespace CityTwin.Simulation.Tests.Queueing;

public sealed class SingleStationTests
{
    public static TheoryData<int, double, double> KnownWaits => new()
    {
        { 1, 0.8, 4.0 }, { 2, 0.8, 1.777778 }, { 3, 0.8, 1.078652 }, { 3, 0.9, 2.723537 },
        { 5, 0.9, 1.524986 }, { 10, 0.95, 1.651171 }, { 50, 0.9, 0.072773 }, { 100, 0.95, 0.101291 },
    };

    public static TheoryData<int, double> Pairs => new()
    {
        { 1, 0.5 }, { 1, 0.8 }, { 1, 0.9 }, { 2, 0.8 }, { 2, 0.95 }, { 3, 0.8 }, { 3, 0.9 },
        { 5, 0.9 }, { 8, 0.7 }, { 10, 0.95 }, { 20, 0.9 }, { 50, 0.9 }, { 100, 0.95 },
    };

    [Theory]
    [MemberData(nameof(KnownWaits))]
    public void The_formula_of_M_M_c_gives_the_published_values(int servers, double rho, double wait) =>
        Assert.Equal(wait, Exact.WaitOfMmc(servers, rho), 1e-6);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void M_M_c_waits_as_Erlang_says(int servers, double rho)
    {
        double relaxation = 1 / (servers * Math.Pow(1 - Math.Sqrt(rho), 2));
        NetworkDefinition queue = TheoryRun.Single(servers, servers * rho, Duration.Exponential(1));
        Interval wait = TheoryRun.Measure(queue, 20 * relaxation, 100_000.0 / servers, r => r.Record(0).WaitMean);
        TheoryRun.AssertHolds(Exact.WaitOfMmc(servers, rho), wait);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.85)]
    public void M_D_1_waits_half_as_long_as_M_M_1(double rho)
    {
        NetworkDefinition queue = TheoryRun.Single(1, rho, Duration.Constant(1));
        Interval wait = TheoryRun.Measure(queue, 2_000, 100_000, r => r.Record(0).WaitMean);
        TheoryRun.AssertHolds(rho / (2 * (1 - rho)), wait);
    }

    [Fact]
    public void M_G_1_with_lognormal_service_waits_as_Pollaczek_and_Khinchine_say()
    {
        double sigma = 0.8;
        Duration service = Duration.Lognormal(Math.Exp(-sigma * sigma / 2), sigma);
        Interval wait = TheoryRun.Measure(TheoryRun.Single(1, 0.75, service), 3_000, 150_000, r => r.Record(0).WaitMean);
        TheoryRun.AssertHolds(Exact.WaitOfMg1(0.75, 1, Math.Exp(sigma * sigma)), wait);
    }

    [Fact]
    public void M_G_1_with_gamma_service_waits_as_Pollaczek_and_Khinchine_say()
    {
        Interval wait = TheoryRun.Measure(
            TheoryRun.Single(1, 0.7, Duration.Gamma(0.5, 2)), 3_000, 100_000, r => r.Record(0).WaitMean);
        TheoryRun.AssertHolds(Exact.WaitOfMg1(0.7, 1, 3), wait);
    }

    [Fact]
    public void Non_preemptive_priorities_wait_as_Cobham_says()
    {
        NetworkDefinition queue = new()
        {
            Stations = [new Station(1, Duration.Exponential(1))],
            Sources = [new Source(0, 0.3, 0), new Source(0, 0.3, 1), new Source(0, 0.2, 2)],
            Classes = 3,
        };
        double[] exact = [1.142857, 2.857143, 10];
        for (int c = 0; c < 3; c++)
        {
            int of = c;
            TheoryRun.AssertHolds(exact[c], TheoryRun.Measure(queue, 3_000, 150_000, r => r.Record(0, of).WaitMean));
        }
    }

    [Fact]
    public void The_number_present_and_the_busy_share_follow_from_the_waits()
    {
        NetworkDefinition queue = TheoryRun.Single(3, 2.4, Duration.Exponential(1));
        TheoryRun.AssertHolds(2.4 * (1 + Exact.WaitOfMmc(3, 0.8)), TheoryRun.Measure(queue, 500, 40_000, r => r.Record(0).PopulationMean));
        TheoryRun.AssertHolds(0.8, TheoryRun.Measure(queue, 500, 40_000, r => r.Record(0).Utilisation));
        TheoryRun.AssertHolds(1 + Exact.WaitOfMmc(3, 0.8), TheoryRun.Measure(queue, 500, 40_000, r => r.SojournMean));
    }

    [Fact]
    public void Common_random_numbers_make_the_difference_at_least_eight_times_less_variable()
    {
        NetworkDefinition before = TheoryRun.Single(3, 2.4, Duration.Exponential(1));
        NetworkDefinition after = TheoryRun.Single(3, 2.4, Duration.Exponential(1 / 1.05));
        double[] Waits(NetworkDefinition network, int from) => Replications.Run(from, 200, r =>
        {
            QueueNetwork run = new(network, TheoryRun.Seed, r);
            run.RunUntil(4_000);
            return run.Record(0).WaitMean;
        });
        double[] first = Waits(before, 0);
        double common = MeanInterval.VarianceOf(first.Zip(Waits(after, 0), (a, b) => a - b).ToArray());
        double independent = MeanInterval.VarianceOf(first.Zip(Waits(after, 200), (a, b) => a - b).ToArray());
        Assert.True(independent >= 8 * common, $"only {independent / common:0.0} times less variable");
    }
}
