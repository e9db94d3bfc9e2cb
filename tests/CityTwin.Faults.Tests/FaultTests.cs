using CityTwin.Faults.Defects;
using CityTwin.Faults.World;

namespace CityTwin.Faults.Tests;

public sealed class FaultTests
{
    private const int Seeds = 2_000;
    private const int SeedsToCatchMax = 200;

    public static TheoryData<string> Defects => [.. PlantedDefects.ByName.Keys];

    [Fact]
    public void The_runtime_keeps_its_promises_whatever_goes_wrong()
    {
        Campaign campaign = new();

        Parallel.For(1, Seeds + 1, seed => campaign.Add(new World.World(seed).Play()));

        TestContext.Current.TestOutputHelper?.WriteLine(campaign.Summary);
        Assert.Equal(Seeds, campaign.Count);
        Assert.Empty(campaign.Broken.Select(o => $"seed {o.Seed}: {o.Failure}"));
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_planted_defect_is_caught(string defect)
    {
        Outcome? caught = PlantedDefects.Catch(defect, SeedsToCatchMax);

        Assert.NotNull(caught);
        TestContext.Current.TestOutputHelper?.WriteLine($"{defect}: seed {caught.Seed}: {caught.Failure}");
        Assert.Equal(caught, new World.World(caught.Seed, PlantedDefects.Make(defect)).Play());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_seed_always_plays_the_same(int seed)
    {
        List<string> first = [], second = [];

        new World.World(seed, lines: first).Play();
        new World.World(seed, lines: second).Play();

        Assert.True(first.Count > 20);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Everything_that_should_go_wrong_does()
    {
        Outcome[] outcomes = [.. Enumerable.Range(1, 60).Select(seed => new World.World(seed).Play())];

        Assert.True(outcomes.Sum(o => o.Crashes) > 50, "too few crashes");
        Assert.True(outcomes.Sum(o => o.Torn) > 5, "too few torn batches");
        Assert.True(outcomes.Sum(o => o.Troubles) > 50, "too few failing writes and reads");
        Assert.True(outcomes.Sum(o => o.Messages) > 1_000, "too few messages");
        Assert.True(outcomes.Sum(o => o.Judged) > 10_000, "too few answers");
    }
}
