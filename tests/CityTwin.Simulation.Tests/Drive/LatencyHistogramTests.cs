using CityTwin.Simulation.Cli.Drive;

namespace CityTwin.Simulation.Tests.Drive;

public class LatencyHistogramTests
{
    [Fact]
    public void Quantiles_are_right_within_a_sixteenth()
    {
        var histogram = new LatencyHistogram();
        for (int i = 1; i <= 10_000; i++)
        {
            histogram.Add(TimeSpan.FromMicroseconds(i * 10));
        }

        Assert.InRange(histogram.Quantile(0.5).TotalMicroseconds, 50_000, 50_000 * 17.0 / 16);
        Assert.InRange(histogram.Quantile(0.95).TotalMicroseconds, 95_000, 95_000 * 17.0 / 16);
        Assert.InRange(histogram.Quantile(0.99).TotalMicroseconds, 99_000, 99_000 * 17.0 / 16);
        Assert.Equal(10_000, histogram.Count);
    }

    [Fact]
    public void Nothing_counted_is_zero() => Assert.Equal(TimeSpan.Zero, new LatencyHistogram().Quantile(0.99));

    [Fact]
    public void Durations_from_nothing_to_a_day_are_taken()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.Zero);
        histogram.Add(TimeSpan.FromDays(1), 3);

        Assert.Equal(4, histogram.Count);
        Assert.InRange(histogram.Quantile(1).TotalHours, 24, 24 * 17.0 / 16);
    }
}
