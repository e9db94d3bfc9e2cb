using System.Collections.Immutable;

namespace CityTwin.Grains.Tests;

public sealed class DeskChoiceTests
{
    private static readonly string[] Names = ["justice", "land", "order"];

    [Fact]
    public void The_shortest_expected_wait_counts_work_for_each_official()
    {
        ImmutableArray<DeskLoad> desks = [Load(1, 1, 50, "land"), Load(2, 4, 120, "land"), Load(3, 1, 0, "justice")];
        Assert.Equal(1, DeskChoice.ShortestWait(desks, "land"));
    }

    [Fact]
    public void Ties_and_unknown_skills_go_to_the_first()
    {
        ImmutableArray<DeskLoad> desks = [Load(1, 1, 30, "justice"), Load(2, 1, 30, "land"), Load(3, 2, 60, "land")];
        Assert.Equal(1, DeskChoice.ShortestWait(desks, "land"));
        Assert.Equal(0, DeskChoice.ShortestWait(desks, "astronomy"));
    }

    [Fact]
    public void A_preferred_desk_wins_if_it_is_one_of_these()
    {
        ImmutableArray<DeskLoad> desks = [Load(1, 1, 0, "land"), Load(2, 1, 900, "justice")];
        Assert.Equal(1, DeskChoice.ShortestWait(desks, "land", TwinId.Desk(2)));
        Assert.Equal(0, DeskChoice.ShortestWait(desks, "land", TwinId.Desk(9)));
    }

    [Fact]
    public void A_desk_without_officials_comes_last()
    {
        ImmutableArray<DeskLoad> desks = [Load(1, 0, 0, "land"), Load(2, 1, 900, "land")];
        Assert.Equal(1, DeskChoice.ShortestWait(desks, "land"));
        Assert.Equal(0, DeskChoice.ShortestWait(desks[..1], "land"));
    }

    [Fact]
    public void Columns_and_desks_give_the_same_choice()
    {
        const int seed = 766;
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++)
        {
            ImmutableArray<DeskLoad> desks = [.. Enumerable.Range(1, random.Next(1, 9)).Select(n => Load(
                n, random.Next(4), random.Next(5) * 30, [.. Names.Where(_ => random.Next(2) == 0)]))];
            double[] effort = [.. desks.Select(d => d.Effort)];
            int[] officials = [.. desks.Select(d => d.Officials)];
            ulong[] skills = [.. desks.Select(d => d.Skills.Aggregate(0UL, (bits, s) => bits | (1UL << Array.IndexOf(Names, s))))];
            for (int skill = 0; skill < Names.Length; skill++)
            {
                int byColumns = DeskChoice.ShortestWait(effort, officials, skills, skill);
                Assert.True(byColumns == DeskChoice.ShortestWait(desks, Names[skill]), $"seed {seed}, round {round}, skill {skill}");
            }
        }
    }

    [Fact]
    public void The_shared_rules_allocate_nothing()
    {
        ImmutableArray<DeskLoad> desks = [Load(1, 1, 30, "justice"), Load(2, 1, 30, "land")];
        double[] effort = [30, 30];
        int[] officials = [1, 1];
        ulong[] skills = [1, 2];
        ServiceDefinition service = SmallCity.Rules.Catalogue.Find("land")!;
        long sum = 0;
        long before = 0;
        for (int i = 0; i < 2_000; i++)
        {
            before = i == 1_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            sum += DeskChoice.ShortestWait(desks, "land") + DeskChoice.ShortestWait(effort, officials, skills, 1);
            sum += (long)QueueOrder.Key(Urgency.High, SmallCity.Monday.UtcTicks) & 1;
            sum += (int)CaseRouting.OfficeOf(SmallCity.Rules, service, SmallCity.North, out _);
            sum += (int)CaseRouting.EscalationTarget(SmallCity.Rules, service, default, out _);
            TimeSpan left = DeadlineClock.Stop(SmallCity.Rules.Calendar, SmallCity.Monday, SmallCity.Monday.AddDays(2));
            sum += DeadlineClock.Resume(SmallCity.Rules.Calendar, SmallCity.Monday, left).Hour;
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);
    }

    private static DeskLoad Load(int desk, int officials, double effort, params ImmutableArray<string> skills) =>
        new(TwinId.Desk(desk), skills, officials, 0, effort);
}
