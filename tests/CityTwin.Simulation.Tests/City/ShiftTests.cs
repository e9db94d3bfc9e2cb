using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Tests.City;

/// <summary>The traps of shifts, breaks and holidays, each with a case whose times are worked out by hand.</summary>
public sealed class ShiftTests
{
    [Fact]
    public void A_first_case_filed_at_night_begins_at_the_opening()
    {
        Recorder seen = Tiny.Replay(Tiny.Model(), Tiny.Case(Tiny.At(0, 3), 30));
        Assert.Equal(Tiny.At(0, 7, 30), seen.StartedAt[0][0]);
        Assert.Equal(Tiny.At(0, 8), seen.ResolvedAt[0]);
    }

    [Fact]
    public void A_first_case_filed_on_a_weekend_begins_on_Monday()
    {
        Recorder seen = Tiny.Replay(Tiny.Model(), Tiny.Case(Tiny.At(5, 10), 30));
        Assert.Equal(Tiny.At(7, 7, 30), seen.StartedAt[0][0]);
    }

    [Fact]
    public void At_the_opening_the_office_is_open_and_at_the_closing_it_is_shut()
    {
        Recorder seen = Tiny.Replay(Tiny.Model(), Tiny.Case(Tiny.At(0, 7, 30), 10), Tiny.Case(Tiny.At(0, 11, 30), 10), Tiny.Case(Tiny.At(0, 17), 10));
        Assert.Equal(Tiny.At(0, 7, 30), seen.StartedAt[0][0]);
        Assert.Equal(Tiny.At(0, 13, 30), seen.StartedAt[1][0]);
        Assert.Equal(Tiny.At(1, 7, 30), seen.StartedAt[2][0]);
    }

    [Fact]
    public void Work_that_just_fits_ends_at_the_closing_and_not_at_the_next_opening()
    {
        Recorder seen = Tiny.Replay(Tiny.Model(), Tiny.Case(Tiny.At(0, 16), 60), Tiny.Case(Tiny.At(0, 16, 30), 5));
        Assert.Equal(Tiny.At(0, 17), seen.ResolvedAt[0]);
        Assert.Equal(Tiny.At(1, 7, 30), seen.StartedAt[1][0]);
    }

    [Fact]
    public void A_break_interrupts_and_the_same_work_goes_on_after_it()
    {
        Recorder seen = Tiny.Replay(Tiny.Model(), Tiny.Case(Tiny.At(0, 11), 60));
        Assert.Equal(Tiny.At(0, 14), seen.ResolvedAt[0]);
        Assert.Single(seen.StartedAt[0]);
    }

    [Fact]
    public void A_holiday_inside_a_handling_time_does_not_count()
    {
        WorkCalendar calendar = Tiny.Hours.With(new SpecialDay(Tiny.Monday.AddDays(1), SpecialDayKind.Off, "holiday"));
        Recorder seen = Tiny.Replay(Tiny.Model(calendar: calendar), Tiny.Case(Tiny.At(0, 16, 30), 60));
        Assert.Equal(Tiny.At(2, 8), seen.ResolvedAt[0]);
        // Two working days from Monday 16:30, with Tuesday off: Thursday 16:30.
        Assert.Equal(Tiny.At(3, 16, 30), seen.DueAt[0]);
    }

    [Fact]
    public void A_held_case_goes_on_the_next_morning_with_the_officer_who_has_it()
    {
        Recorder seen = Tiny.Replay(Tiny.Model(2), Tiny.Case(Tiny.At(0, 16, 30), 60));
        Assert.Equal(Tiny.At(1, 8), seen.ResolvedAt[0]);
        Assert.Single(seen.StartedAt[0]);
    }

    [Fact]
    public void Finishing_after_hours_ends_the_case_that_evening_and_counts_as_overtime()
    {
        CityModel model = Tiny.Model() with { EndOfShift = EndOfShift.Finish };
        TracedCase[] cases = [Tiny.Case(Tiny.At(0, 16, 30), 60), Tiny.Case(Tiny.At(0, 16, 40), 30)];
        Recorder seen = Tiny.Replay(model, cases);
        Assert.Equal(Tiny.At(0, 17, 30), seen.ResolvedAt[0]);
        Assert.Equal(Tiny.At(1, 7, 30), seen.StartedAt[1][0]);
        CityOutcome outcome = CityRun.Of(
            Timeline.Of(model, Tiny.Monday, 7) with { Trace = [.. cases] }, 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0.5, outcome.Overtime[0], 9);
    }

    [Fact]
    public void A_case_handed_over_goes_on_with_whoever_is_free_and_only_what_is_left_is_done()
    {
        CityModel model = Tiny.Model() with { EndOfShift = EndOfShift.HandOver };
        Recorder seen = Tiny.Replay(model, Tiny.Case(Tiny.At(0, 16, 30), 60), Tiny.Case(Tiny.At(0, 16, 45), 20, Urgency.Immediate));
        // The urgent one goes first in the morning; the first has 30 minutes left.
        Assert.Equal(Tiny.At(1, 7, 30), seen.StartedAt[1][0]);
        Assert.Equal(Tiny.At(1, 7, 50), seen.StartedAt[0][1]);
        Assert.Equal(Tiny.At(1, 8, 20), seen.ResolvedAt[0]);
    }

    [Fact]
    public void A_break_never_hands_a_case_over()
    {
        CityModel model = Tiny.Model() with { EndOfShift = EndOfShift.HandOver };
        Recorder seen = Tiny.Replay(model, Tiny.Case(Tiny.At(0, 11), 60), Tiny.Case(Tiny.At(0, 11, 5), 20, Urgency.Immediate));
        Assert.Equal(Tiny.At(0, 14), seen.ResolvedAt[0]);
    }

    [Fact]
    public void Who_is_absent_does_no_work_that_day_and_the_case_he_holds_waits_for_him()
    {
        CityModel absent = Tiny.Model(1, 40) with { Offices = [Tiny.Model(1, 40).Offices[0] with { AbsenceShare = 1 }] };
        CityOutcome none = CityRun.Of(Timeline.Of(absent, Tiny.Monday, 14), 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, none.Resolved);
        Assert.Equal(0, none.OnShift[0]);
        Assert.Equal(75, none.Absent[0], 6);
        CityModel half = absent with { Offices = [absent.Offices[0] with { AbsenceShare = 0.5 }] };
        CityOutcome some = CityRun.Of(Timeline.Of(half, Tiny.Monday, 3_500), 1, cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(some.OnShift[0] / (some.OnShift[0] + some.Absent[0]), 0.47, 0.53);
    }

    [Fact]
    public void Hours_without_work_are_told_apart_by_cause()
    {
        CityModel open = Tiny.Model(4, 0) with { Offices = [Tiny.Model(4, 0).Offices[0] with { AbsenceShare = 0.5 }] };
        CityModel shut = open with { Offices = [open.Offices[0] with { IsOpen = false }] };
        Timeline timeline = Timeline.Of(open, Tiny.Monday, 14) with { Phases = [new Phase(Tiny.Monday, open), new Phase(Tiny.Monday.AddDays(7), shut)] };
        CityOutcome outcome = CityRun.Of(timeline, 1, 0, null, TestContext.Current.CancellationToken);
        double week = 4 * 5 * 7.5;
        Assert.Equal(week, outcome.Shut[0], 6);
        Assert.Equal(week, outcome.OnShift[0] + outcome.Absent[0], 6);
        Assert.InRange(outcome.Absent[0], 0.2 * week, 0.8 * week);
        Assert.Equal(0, outcome.Busy[0]);
    }
}
