using CityTwin.Grains;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Tests;

public sealed class TurnSamplerTests
{
    [Fact]
    public void Frequent_ones_are_found_among_many_and_counted_never_too_low()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var sketch = new SpaceSaving<int>(64);
        var exact = new Dictionary<int, long>();
        for (int i = 0; i < 100_000; i++)
        {
            // Ten busy ones have half of all; ten thousand others share the rest.
            int item = random.Next(2) == 0 ? random.Next(10) : 10 + random.Next(10_000);
            exact[item] = exact.GetValueOrDefault(item) + 1;
            sketch.Add(item);
        }
        IReadOnlyList<(int Item, long Count, long Error)> top = sketch.Top(10);
        Assert.Equal(Enumerable.Range(0, 10), top.Select(t => t.Item).Order());
        Assert.All(top, t => Assert.InRange(exact[t.Item], t.Count - t.Error, t.Count));
        Assert.Equal(100_000, sketch.Total);
    }

    [Fact]
    public void What_was_long_ago_weighs_less()
    {
        var sketch = new SpaceSaving<string>(4);
        for (int i = 0; i < 8; i++)
        {
            sketch.Add("before");
        }
        sketch.Halve();
        sketch.Halve();
        for (int i = 0; i < 3; i++)
        {
            sketch.Add("now");
        }
        Assert.Equal(["now", "before"], sketch.Top(2).Select(t => t.Item));
        Assert.Equal(5, sketch.Total);
    }

    [Fact]
    public void A_cascade_of_always_the_same_turns_is_sampled_evenly()
    {
        var sampler = new TurnSampler();
        TwinId[] cascade = [TwinId.Commune(1), TwinId.Commune(2), TwinId.Commune(3), TwinId.Commune(4)];
        for (int i = 0; i < 400_000; i++)
        {
            if (sampler.Begin() is var began and not 0)
            {
                sampler.End(cascade[i % cascade.Length], new DeskCommand.TakeNext(TwinId.Official(1)), began);
            }
        }
        TurnLoad load = sampler.Read(10);
        Assert.InRange(load.Samples, 400_000 / TurnSampler.Apart * 9 / 10, 400_000 / TurnSampler.Apart * 11 / 10);
        Assert.Equal(4, load.Busiest.Count);
        Assert.All(load.Busiest, b => Assert.InRange(b.Share, 0.23, 0.27));
        TurnTime time = Assert.Single(load.Times);
        Assert.Equal(1, time.Share);
        Assert.True(time.Median <= time.P99);
    }
}
