using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Tests.Drive;

public class DrawsTests
{
    [Fact]
    public void The_same_question_has_the_same_answer_whatever_was_asked_before()
    {
        var first = new Draws(7);
        var second = new Draws(7);

        double early = first.Unit(3, Purpose.Decision, 2);
        _ = second.Unit(99, Purpose.Citizen);

        Assert.Equal(early, second.Unit(3, Purpose.Decision, 2));
    }

    [Fact]
    public void Seed_key_purpose_and_place_each_change_the_answer()
    {
        ulong bits = new Draws(7).Bits(3, Purpose.Decision, 2);

        Assert.NotEqual(bits, new Draws(8).Bits(3, Purpose.Decision, 2));
        Assert.NotEqual(bits, new Draws(7).Bits(4, Purpose.Decision, 2));
        Assert.NotEqual(bits, new Draws(7).Bits(3, Purpose.Handling, 2));
        Assert.NotEqual(bits, new Draws(7).Bits(3, Purpose.Decision, 3));
    }

    [Fact]
    public void Units_are_uniform()
    {
        var draws = new Draws(11);
        int[] bins = new int[20];
        const int Drawn = 200_000;
        for (int i = 0; i < Drawn; i++)
        {
            bins[(int)(draws.Unit(i, Purpose.Service) * bins.Length)]++;
        }

        double expected = (double)Drawn / bins.Length;
        double chiSquared = bins.Sum(n => (n - expected) * (n - expected) / expected);

        // 99.99 % quantile of chi-squared with 19 degrees of freedom.
        Assert.InRange(chiSquared, 2, 50.8);
    }

    [Fact]
    public void A_lognormal_has_its_median_and_its_spread()
    {
        var draws = new Draws(5);
        double[] drawn = [.. Enumerable.Range(0, 100_001).Select(i => draws.Lognormal(20, 0.5, i, Purpose.Handling)).Order()];

        Assert.InRange(drawn[50_000], 19.8, 20.2);

        // One standard deviation of the logarithm above the median lies 84.13 % of all.
        Assert.InRange(drawn[84_134], 20 * Math.Exp(0.5) * 0.985, 20 * Math.Exp(0.5) * 1.015);
    }
}
