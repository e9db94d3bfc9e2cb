using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Live;

namespace CityTwin.Simulation.Tests.City;

/// <summary>Several cases in one officer's hand: taken together, worked on one after another.</summary>
public sealed class HandsTests
{
    private static readonly TracedCase[] Three =
        [Tiny.Case(Tiny.At(0, 6), 60), Tiny.Case(Tiny.At(0, 6, 10), 60), Tiny.Case(Tiny.At(0, 6, 20), 60), Tiny.Case(Tiny.At(0, 8), 10, Urgency.Immediate)];

    [Theory]
    [InlineData(1, 8, 30)]
    [InlineData(2, 9, 30)]
    [InlineData(3, 10, 30)]
    public void An_urgent_case_waits_for_what_is_in_hand_already(int handMax, int hour, int minute)
    {
        Recorder seen = Tiny.Replay(Tiny.Model() with { HandMax = handMax }, Three);
        Assert.Equal(Tiny.At(0, hour, minute), seen.StartedAt[3][0]);
        Assert.Equal(4, seen.ResolvedAt.Count);
    }

    [Fact]
    public void What_is_in_one_officers_hand_nobody_else_takes()
    {
        // Both come at 7:30; the first takes all three, the second has nothing to do until the urgent one comes.
        Recorder seen = Tiny.Replay(Tiny.Model(2) with { HandMax = 3 }, Three);
        Assert.Equal([0, 0, 0, 1], seen.OfficerOf.OrderBy(o => o.Key).Select(o => o.Value[0]));
        Assert.Equal(Tiny.At(0, 10, 30), seen.ResolvedAt[2]);
    }

    [Theory]
    [InlineData(EndOfShift.Hold, 0)]
    [InlineData(EndOfShift.HandOver, 1)]
    public void At_the_end_of_the_day_what_is_in_hand_stays_there_or_goes_back(EndOfShift policy, int nextMorning)
    {
        // Filed at 16:00 and 16:01, two hours each; an urgent one comes in the night.
        CityModel model = Tiny.Model() with { HandMax = 2, EndOfShift = policy };
        Recorder seen = Tiny.Replay(
            model, Tiny.Case(Tiny.At(0, 11, 30), 180), Tiny.Case(Tiny.At(0, 11, 31), 180), Tiny.Case(Tiny.At(0, 20), 10, Urgency.Immediate));
        DateTimeOffset urgent = seen.StartedAt[2][0];
        Assert.Equal(nextMorning == 1 ? Tiny.At(1, 7, 30) : Tiny.At(1, 10), urgent);
    }

    [Fact]
    public void Who_leaves_the_staff_puts_back_all_that_is_in_hand()
    {
        CityModel two = Tiny.Model(2) with { HandMax = 5 };
        CityModel one = two with { Officers = [two.Officers[0] with { IsActive = false }, two.Officers[1]] };
        Recorder seen = new();
        Timeline timeline = Timeline.Of(two, Tiny.Monday, 14) with
        {
            Phases = [new Phase(Tiny.Monday, two), new Phase(Tiny.Monday.AddDays(1), one)],
            Trace = [.. Enumerable.Range(0, 4).Select(i => Tiny.Case(Tiny.At(0, 6, i), 300))],
        };
        CityRun.Of(timeline, 1, 0, seen, TestContext.Current.CancellationToken);
        Assert.Equal(4, seen.ResolvedAt.Count);
        // The first had begun the first one: 450 minutes are a day, so it was done; the second had 150 of 300 left.
        Assert.Equal([0, 1], seen.OfficerOf[1]);
        Assert.Equal(Tiny.At(1, 10), seen.ResolvedAt[1]);
    }

    [Fact]
    public void A_live_start_leaves_each_officer_what_is_in_hand_in_the_order_of_taking()
    {
        CityModel model = Tiny.Model(2, 0);
        LiveCity live = new(Tiny.At(1, 10), [], [.. new[] { 3, 2, 1 }.Select(n => new LiveCase(
            TwinId.Case(n), "copies", LiveStage.InProgress, TwinId.Commune(1), TwinId.Commune(1), TwinId.Desk(101), model.Officers[1].Id, Urgency.Normal,
            Tiny.At(0, 8, n), Tiny.At(1, 9, 10 - n), Tiny.At(4, 8), TimeSpan.Zero, TimeSpan.FromMinutes(50), false))]);
        Recorder seen = new();
        CityRun.Of(Timeline.Of(model, Tiny.Monday.AddDays(1), 5) with { Live = live }, 3, 0, seen, TestContext.Current.CancellationToken);
        // Ordinals are by filing: 1, 2, 3; taken in the order 3, 2, 1; ten minutes left of each; the other officer takes none.
        Assert.Equal([Tiny.At(1, 10, 30), Tiny.At(1, 10, 20), Tiny.At(1, 10, 10)], Enumerable.Range(0, 3).Select(i => seen.ResolvedAt[i]));
        Assert.All(seen.OfficerOf.Values, o => Assert.Equal([1], o));
    }
}
