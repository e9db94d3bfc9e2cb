using CityTwin.Simulation.Queueing;

namespace CityTwin.Simulation.Tests.Statistics;

public sealed class StatisticsTests
{
    private const ulong Seed = 77;

    [Fact]
    public void Students_interval_covers_the_mean_as_often_as_it_says()
    {
        int held = 0;
        for (int i = 0; i < 2_000; i++)
        {
            RandomStream stream = RandomStream.Of(Seed, StreamPurpose.Resampling, i);
            double[] sample = new double[8];
            for (int k = 0; k < sample.Length; k++)
            {
                sample[k] = 3 + NormalQuantile.Of(stream.NextUnit());
            }
            held += MeanInterval.Of(sample, 0.9).Contains(3) ? 1 : 0;
        }
        // Binomial with p 0.9: four standard deviations are 54.
        Assert.InRange(held, 1_800 - 54, 1_800 + 54);
    }

    [Fact]
    public void The_interval_of_a_quantile_covers_it_at_least_as_often_as_it_says()
    {
        int held = 0;
        for (int i = 0; i < 1_000; i++)
        {
            RandomStream stream = RandomStream.Of(Seed, StreamPurpose.Resampling, i);
            double[] sample = [.. Enumerable.Range(0, 120).Select(_ => stream.NextExponential())];
            held += QuantileInterval.Of(sample, 0.9, 0.95).Contains(Math.Log(10)) ? 1 : 0;
        }
        Assert.InRange(held, 940, 1_000);
    }

    [Fact]
    public void Too_few_observations_leave_a_quantiles_interval_open() =>
        Assert.Equal(double.PositiveInfinity, QuantileInterval.Of([1.0, 2, 3, 4], 0.95).High);

    [Fact]
    public void Paired_differences_use_the_pairs()
    {
        double[] first = [1, 5, 9, 13];
        double[] second = [2, 6.1, 9.9, 14];
        Interval difference = MeanInterval.OfDifference(first, second);
        Assert.Equal(1, difference.Estimate, 1e-12);
        Assert.True(difference.HalfWidth < 0.2);
        Assert.Throws<ArgumentException>(() => MeanInterval.OfDifference(first, [1.0]));
    }

    [Fact]
    public void Holm_adjusts_as_in_the_textbook()
    {
        double[] adjusted = MultipleComparisons.Holm([0.01, 0.04, 0.03, 0.005]);
        Assert.Equal([0.03, 0.06, 0.06, 0.02], adjusted.Select(p => Math.Round(p, 12)));
        Assert.Equal(0.99, MultipleComparisons.BonferroniLevel(0.95, 5), 12);
    }

    [Fact]
    public void Mser5_drops_the_start_of_a_series_that_begins_far_off()
    {
        RandomStream stream = RandomStream.Of(Seed, StreamPurpose.Resampling);
        double[] series = new double[2_000];
        for (int i = 0; i < series.Length; i++)
        {
            series[i] = NormalQuantile.Of(stream.NextUnit()) + (i < 300 ? 10 : 0);
        }
        Assert.InRange(WarmUp.Mser5(series), 295, 400);
    }

    [Fact]
    public void Mser5_says_when_a_run_is_too_short_to_tell()
    {
        double[] rising = [.. Enumerable.Range(0, 500).Select(i => (double)i)];
        Assert.Equal(-1, WarmUp.Mser5(rising));
    }

    [Fact]
    public void Mser5_finds_the_warm_up_of_a_queue_that_starts_crowded()
    {
        NetworkDefinition crowded = new()
        {
            Stations = [new Station(1, Duration.Exponential(1), Initial: 400)],
            Sources = [new Source(0, 0.5)],
        };
        QueueNetwork run = new(crowded, Seed);
        List<double> waits = [];
        run.KeepWaits(waits);
        run.RunUntil(8_000);
        int drop = WarmUp.Mser5([.. waits]);
        // 400 customers and those who come while they are served, at half the pace: 800 in all. What is left waits as theory says.
        Assert.True(drop >= 700, $"only {drop} dropped");
        Assert.InRange(waits.Skip(drop).Average(), 0.7, 1.3);
    }

    [Fact]
    public void A_run_stops_at_the_precision_asked_for_and_not_before()
    {
        Precision goal = new(0.05, IsRelative: true, ReplicationMin: 4, ReplicationMax: 400, Block: 4);
        static double Draw(int r)
        {
            RandomStream stream = RandomStream.Of(Seed, StreamPurpose.Resampling, r);
            return 10 + (4 * NormalQuantile.Of(stream.NextUnit()));
        }
        IReadOnlyList<double> done = Replications.RunUntil(goal, Draw, x => x);
        Assert.True(goal.IsReached([.. done]));
        Assert.False(goal.IsReached([.. done.Take(done.Count - 4)]));
        Assert.Equal(done, Replications.RunUntil(goal, Draw, x => x, threads: 1));
    }

    [Fact]
    public void Selection_finds_the_best_plan_at_least_as_often_as_it_says()
    {
        int right = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            int t = trial;
            // Common random numbers: the plans share the trial's luck, beside some of their own.
            Selection chosen = SelectTheBest.Largest(
                5,
                (plan, r) =>
                {
                    RandomStream shared = RandomStream.Of(Seed, StreamPurpose.Resampling, t, r);
                    RandomStream own = RandomStream.Of(Seed, StreamPurpose.Routing, (t * 10) + plan, r);
                    return (plan == 3 ? 0.5 : 0) + NormalQuantile.Of(shared.NextUnit()) + NormalQuantile.Of(own.NextUnit());
                },
                indifference: 0.5);
            right += chosen.Best == 3 ? 1 : 0;
            Assert.True(chosen.IsDecided);
        }
        // 95 % of 200 less three standard deviations.
        Assert.True(right >= 181, $"right {right} times of 200");
    }

    [Fact]
    public void Selection_ends_when_two_plans_are_the_same() =>
        Assert.Equal(0, SelectTheBest.Largest(2, (_, r) => r, indifference: 1).Best);
}
