using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Tests.City;

/// <summary>Officers whose hours are not the office's: half days, evenings and Saturdays, with times worked out by hand.</summary>
public sealed class OwnHoursTests
{
    private static OfficeWeek Week(string days, params ReadOnlySpan<(int, int, int, int)> hours)
    {
        List<OfficeHours> day = [];
        foreach ((int h1, int m1, int h2, int m2) in hours)
        {
            day.Add(new OfficeHours(new TimeOnly(h1, m1), new TimeOnly(h2, m2)));
        }
        return new OfficeWeek([.. days.Select(d => d == '1' ? [.. day] : System.Collections.Immutable.ImmutableArray<OfficeHours>.Empty)]);
    }

    private static OfficeWeek Mornings => Week("1111100", (7, 30, 11, 30));

    private static OfficeWeek Evenings => Week("1111100", (13, 30, 20, 0));

    private static CityModel With(params OfficeWeek?[] hours)
    {
        CityModel model = Tiny.Model(hours.Length);
        return model with { Officers = [.. model.Officers.Select((o, i) => o with { Hours = hours[i] })] };
    }

    [Fact]
    public void Who_comes_in_the_afternoon_begins_then_and_works_on_into_the_evening()
    {
        Recorder seen = Tiny.Replay(With(Evenings), Tiny.Case(Tiny.At(0, 9), 30), Tiny.Case(Tiny.At(0, 17), 60));
        Assert.Equal(Tiny.At(0, 13, 30), seen.StartedAt[0][0]);
        Assert.Equal(Tiny.At(0, 18), seen.ResolvedAt[1]);
        // Deadlines go by office hours whoever works: two working days.
        Assert.Equal(Tiny.Replay(With((OfficeWeek?)null), Tiny.Case(Tiny.At(0, 9), 30)).DueAt[0], seen.DueAt[0]);
    }

    [Fact]
    public void A_Saturday_is_worked_by_those_whose_shift_it_is()
    {
        OfficeWeek saturday = Week("0000010", (8, 0, 12, 0));
        Recorder seen = Tiny.Replay(With(null, saturday), Tiny.Case(Tiny.At(4, 18), 30));
        Assert.Equal(Tiny.At(5, 8), seen.StartedAt[0][0]);
        Assert.Equal([1], seen.OfficerOf[0]);
    }

    [Fact]
    public void A_holiday_is_off_for_every_shift()
    {
        CityModel model = With(Evenings) with { Calendar = Tiny.Hours.With(new SpecialDay(Tiny.Monday, SpecialDayKind.Off, "holiday")) };
        Assert.Equal(Tiny.At(1, 13, 30), Tiny.Replay(model, Tiny.Case(Tiny.At(0, 9), 30)).StartedAt[0][0]);
    }

    [Theory]
    [InlineData(EndOfShift.Hold, 1, 8, 0, 1)]
    [InlineData(EndOfShift.Finish, 0, 12, 0, 1)]
    [InlineData(EndOfShift.HandOver, 0, 14, 0, 2)]
    public void At_the_end_of_the_own_shift_a_case_is_held_finished_or_handed_over(EndOfShift policy, int day, int hour, int minute, int starts)
    {
        // Sixty minutes from 11:00; the first officer goes home at 11:30, the second comes back from the break at 13:30.
        Recorder seen = Tiny.Replay(With(Mornings, null) with { EndOfShift = policy }, Tiny.Case(Tiny.At(0, 11), 60));
        Assert.Equal(Tiny.At(day, hour, minute), seen.ResolvedAt[0]);
        Assert.Equal(starts, seen.StartedAt[0].Count);
        Assert.Equal(0, seen.OfficerOf[0][0]);
    }

    [Fact]
    public void Work_goes_on_without_a_gap_where_another_shift_begins_or_ends()
    {
        Recorder seen = Tiny.Replay(With(Week("1111100", (7, 30, 16, 0)), Week("1111100", (9, 0, 17, 0))), Tiny.Case(Tiny.At(0, 8, 30), 120));
        Assert.Equal(Tiny.At(0, 10, 30), seen.ResolvedAt[0]);
        Assert.Single(seen.StartedAt[0]);
    }

    [Fact]
    public void Hours_on_shift_are_the_officers_own()
    {
        CityOutcome outcome = CityRun.Of(Timeline.Of(With(Mornings, Evenings), Tiny.Monday, 14), 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(10 * (4 + 6.5), outcome.OnShift[0], 6);
    }

    [Fact]
    public void The_office_hours_given_as_a_shift_change_nothing()
    {
        CityModel plain = Tiny.Model(2, 25, Tiny.Service(handling: Duration.Lognormal(25, 0.8)));
        CityModel same = plain with { Officers = [.. plain.Officers.Select(o => o with { Hours = OfficeWeek.Usual })] };
        CityOutcome a = CityRun.Of(Timeline.Of(plain, Tiny.Monday, 60), 4, cancellation: TestContext.Current.CancellationToken);
        CityOutcome b = CityRun.Of(Timeline.Of(same, Tiny.Monday, 60), 4, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((a.Resolved, a.ByOffice.OnTime[0], a.QueueWait[0], a.Busy[0], a.OnShift[0]), (b.Resolved, b.ByOffice.OnTime[0], b.QueueWait[0], b.Busy[0], b.OnShift[0]));
    }
}
