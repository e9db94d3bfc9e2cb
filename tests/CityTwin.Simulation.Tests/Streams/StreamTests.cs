namespace CityTwin.Simulation.Tests.Streams;

public sealed class StreamTests
{
    [Fact]
    public void A_stream_is_known_by_its_name_alone()
    {
        RandomStream first = RandomStream.Of(5, StreamPurpose.Cases, 12, 3);
        RandomStream second = RandomStream.Of(5, StreamPurpose.Cases, 12, 3);
        Assert.Equal(first.NextBits(), second.NextBits());
        Assert.NotEqual(RandomStream.Of(5, StreamPurpose.Cases, 13, 3).NextBits(), RandomStream.Of(5, StreamPurpose.Cases, 12, 3).NextBits());
        Assert.NotEqual(RandomStream.Of(5, StreamPurpose.Arrivals, 12, 3).NextBits(), RandomStream.Of(5, StreamPurpose.Cases, 12, 3).NextBits());
    }

    [Fact]
    public void A_child_does_not_depend_on_what_was_drawn_before()
    {
        RandomStream stream = RandomStream.Of(5, StreamPurpose.Cases);
        ulong before = stream.KeyOf(9);
        stream.NextBits();
        Assert.Equal(before, stream.KeyOf(9));
    }

    [Fact]
    public void Neighbouring_streams_are_uncorrelated_and_uniform()
    {
        const int streams = 400;
        const int draws = 250;
        double[][] drawn = new double[streams][];
        int[] bins = new int[20];
        for (int s = 0; s < streams; s++)
        {
            RandomStream stream = RandomStream.Of(1, StreamPurpose.Arrivals, s);
            drawn[s] = new double[draws];
            for (int i = 0; i < draws; i++)
            {
                drawn[s][i] = stream.NextUnit();
                bins[(int)(drawn[s][i] * 20)]++;
            }
        }
        double expected = streams * draws / 20.0;
        double chiSquared = bins.Sum(b => (b - expected) * (b - expected) / expected);
        Assert.True(chiSquared < 43.8, $"χ² with 19 degrees of freedom is {chiSquared} (0.1 % point 43.8)");
        double products = 0;
        for (int s = 1; s < streams; s++)
        {
            for (int i = 0; i < draws; i++)
            {
                products += 12 * (drawn[s][i] - 0.5) * (drawn[s - 1][i] - 0.5);
            }
        }
        double z = products / Math.Sqrt((streams - 1) * draws);
        Assert.InRange(z, -3.3, 3.3);
    }

    [Theory]
    [InlineData("exponential")]
    [InlineData("lognormal")]
    [InlineData("gamma")]
    [InlineData("small gamma")]
    [InlineData("weibull")]
    [InlineData("empirical")]
    public void Every_shape_has_the_mean_that_it_states(string shape)
    {
        Duration duration = shape switch
        {
            "exponential" => Duration.Exponential(2),
            "lognormal" => Duration.Lognormal(12, 0.6),
            "gamma" => Duration.Gamma(1.5, 2),
            "small gamma" => Duration.Gamma(0.5, 2),
            "weibull" => Duration.Weibull(1.7, 3),
            _ => Duration.Empirical([1, 2, 2, 3, 9, 4]),
        };
        RandomStream stream = RandomStream.Of(11, StreamPurpose.Handling);
        double[] drawn = new double[40_000];
        for (int i = 0; i < drawn.Length; i++)
        {
            drawn[i] = i % 2 == 0 ? duration.Next(ref stream) : duration.Next(stream.KeyOf((ulong)i), i);
        }
        Interval mean = MeanInterval.Of(drawn, 0.999);
        Assert.True(mean.Contains(duration.Mean), $"{duration.Mean} is outside {mean.Low} to {mean.High}");
        Assert.Equal(duration.Mean * 3, duration.Scaled(3).Mean, 9);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-12, -7.034483825301131)]
    public void The_normal_quantile_is_exact(double p, double z) => Assert.Equal(z, NormalQuantile.Of(p), 1e-12);

    [Fact]
    public void Events_leave_by_time_and_equal_times_in_the_order_in_which_they_came()
    {
        RandomStream stream = RandomStream.Of(3, StreamPurpose.Resampling);
        EventHeap heap = new();
        List<(long Key, int Payload)> expected = [];
        for (int i = 0; i < 3_000; i++)
        {
            long key = (long)(stream.NextUnit() * 50);
            heap.Push(key, i);
            expected.Add((key, i));
            if (i % 3 == 2)
            {
                (long key2, int payload) = expected.MinBy(e => e.Key);
                Assert.Equal(key2, heap.TopKey);
                Assert.Equal(payload, heap.Pop());
                expected.Remove((key2, payload));
            }
            if (i % 50 == 49)
            {
                int gone = expected[(int)(stream.NextUnit() * expected.Count)].Payload;
                Assert.True(heap.Remove(gone));
                expected.RemoveAll(e => e.Payload == gone);
            }
        }
        foreach ((long key, int payload) in expected.OrderBy(e => e.Key).ThenBy(e => e.Payload))
        {
            Assert.Equal(key, heap.TopKey);
            Assert.Equal(payload, heap.Pop());
        }
        Assert.Equal(long.MaxValue, heap.TopKey);
        Assert.False(heap.Remove(1));
    }
}
