namespace CityTwin.Grains.Tests.Rules;

public class WorkCalendarTests
{
    // Tết 2026 is 16 to 20 February; Saturday 22 August 2026 is worked for Monday 31 August.
    private static readonly WorkCalendar Calendar = new(TimeSpan.FromHours(7), OfficeWeek.Usual,
    [
        .. Enumerable.Range(16, 5).Select(d => new SpecialDay(new DateOnly(2026, 2, d), SpecialDayKind.Off, "Tết")),
        new(new DateOnly(2026, 8, 22), SpecialDayKind.Worked, "Làm bù"),
        new(new DateOnly(2026, 8, 31), SpecialDayKind.Off, "Nghỉ hoán đổi"),
    ]);

    private static readonly TimeLimit SameDay = new(0.5m, new TimeOnly(15, 0));

    [Fact]
    public void The_standard_day_has_seven_and_a_half_hours() => Assert.Equal(TimeSpan.FromHours(7.5), Calendar.StandardDay);

    [Theory]
    [InlineData("2026-03-02 07:29:59", false)]
    [InlineData("2026-03-02 07:30", true)]
    [InlineData("2026-03-02 11:29:59", true)]
    [InlineData("2026-03-02 11:30", false)]
    [InlineData("2026-03-02 13:30", true)]
    [InlineData("2026-03-02 17:00", false)]
    [InlineData("2026-03-01 09:00", false)]
    [InlineData("2026-02-18 09:00", false)]
    [InlineData("2026-08-22 09:00", true)]
    [InlineData("2026-08-31 09:00", false)]
    public void Offices_are_open_from_the_opening_up_to_the_closing(string at, bool open) => Assert.Equal(open, Calendar.IsOpen(Local(at)));

    [Theory]
    [InlineData("2026-03-02 07:30", 0.5, "2026-03-02 11:15")]
    [InlineData("2026-03-02 07:30", 1, "2026-03-02 17:00")]
    [InlineData("2026-03-02 10:00", 1, "2026-03-03 10:00")]
    [InlineData("2026-03-06 16:00", 1, "2026-03-09 16:00")]
    [InlineData("2026-03-08 22:00", 3, "2026-03-11 17:00")]
    [InlineData("2026-02-13 10:00", 1, "2026-02-23 10:00")]
    [InlineData("2026-08-21 10:00", 1, "2026-08-22 10:00")]
    [InlineData("2026-08-28 10:00", 1, "2026-09-01 10:00")]
    [InlineData("2026-03-11 17:00", -3, "2026-03-09 07:30")]
    [InlineData("2026-02-23 07:30", -0.5, "2026-02-13 11:15")]
    public void Working_days_skip_nights_weekends_and_holidays(string from, double days, string expected)
    {
        DateTimeOffset found = Calendar.AddDays(Local(from), (decimal)days);
        Assert.Equal(Local(expected), found);
        Assert.Equal((decimal)days, Calendar.WorkingDaysBetween(Local(from), found));
    }

    [Theory]
    [InlineData("2026-03-02 14:59:59", "2026-03-02 17:00")]
    [InlineData("2026-03-02 15:00", "2026-03-03 17:00")]
    [InlineData("2026-03-02 00:00", "2026-03-02 17:00")]
    [InlineData("2026-03-06 15:30", "2026-03-09 17:00")]
    [InlineData("2026-03-07 09:00", "2026-03-09 17:00")]
    [InlineData("2026-03-07 16:00", "2026-03-09 17:00")]
    [InlineData("2026-02-13 15:01", "2026-02-23 17:00")]
    public void A_same_day_limit_ends_today_before_three_and_on_the_next_working_day_after(string received, string due) =>
        Assert.Equal(Local(due), Calendar.DueAt(Local(received), SameDay));

    [Theory]
    [InlineData("0.5")]
    [InlineData("-2.5")]
    [InlineData("3.0")]
    [InlineData("0.33333")]
    [InlineData("123456.7")]
    [InlineData("-0.0000000001")]
    public void A_working_day_is_the_standard_day_s_time_whatever_the_fraction(string days)
    {
        decimal working = decimal.Parse(days);
        DateTimeOffset from = Local("2026-03-02 10:00");
        var time = new TimeSpan((long)decimal.Round(working * Calendar.StandardDay.Ticks));
        Assert.Equal(Calendar.Add(from, time), Calendar.AddDays(from, working));
    }

    [Fact]
    public void Arithmetic_allocates_nothing()
    {
        DateTimeOffset from = Local("2026-03-02 10:00");
        long sum = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            DateTimeOffset due = Calendar.DueAt(from.AddHours(i), i % 2 == 0 ? SameDay : new TimeLimit(17));
            sum ^= Calendar.Between(from, due).Ticks ^ Calendar.AddDays(due, -1.25m).Ticks ^ Calendar.NextOpening(due).Ticks ^ (Calendar.ClosingOf(due).Ticks + i);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);
    }

    [Fact]
    public void A_limit_of_days_is_counted_from_the_receipt() =>
        Assert.Equal(Local("2026-03-05 10:00"), Calendar.DueAt(Local("2026-03-02 10:00"), new TimeLimit(3)));

    [Theory]
    [InlineData("2026-03-02 09:00", "2026-03-02 09:00", "2026-03-02 17:00")]
    [InlineData("2026-03-02 11:30", "2026-03-02 13:30", "2026-03-02 17:00")]
    [InlineData("2026-03-02 17:00", "2026-03-03 07:30", "2026-03-02 17:00")]
    [InlineData("2026-02-14 12:00", "2026-02-23 07:30", "2026-02-23 17:00")]
    public void Openings_and_closings_are_found(string at, string opening, string closing)
    {
        Assert.Equal(Local(opening), Calendar.NextOpening(Local(at)));
        Assert.Equal(Local(closing), Calendar.ClosingOf(Local(at)));
    }

    [Fact]
    public void A_moment_comes_back_with_the_offset_it_was_given_with()
    {
        var utc = new DateTimeOffset(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);
        DateTimeOffset due = Calendar.AddDays(utc, 1);
        Assert.Equal(TimeSpan.Zero, due.Offset);
        Assert.Equal(utc.AddDays(1), due);
        Assert.Equal(TimeSpan.Zero, Calendar.NextOpening(utc).Offset);
        Assert.Equal(TimeSpan.Zero, Calendar.DueAt(utc, SameDay).Offset);
    }

    [Fact]
    public void Adding_no_time_gives_the_moment_itself_even_when_offices_are_shut() =>
        Assert.Equal(Local("2026-03-01 09:00"), Calendar.Add(Local("2026-03-01 09:00"), TimeSpan.Zero));

    [Fact]
    public void Outside_the_years_with_special_days_the_weekdays_still_count()
    {
        Assert.Equal(Local("2031-03-10 10:00"), Calendar.AddDays(Local("2031-03-07 10:00"), 1));
        Assert.Equal(Local("2019-03-08 10:00"), Calendar.AddDays(Local("2019-03-11 10:00"), -1));
        Assert.Equal(new DateTimeOffset(2125, 3, 2, 10, 0, 0, TimeSpan.FromHours(7)), Calendar.Add(
            Local("1999-03-01 10:00"), Calendar.Between(Local("1999-03-01 10:00"), new DateTimeOffset(2125, 3, 2, 10, 0, 0, TimeSpan.FromHours(7)))));
    }

    [Fact]
    public void A_result_beyond_the_calendar_s_end_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.Add(DateTimeOffset.MaxValue, TimeSpan.FromDays(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.Add(DateTimeOffset.MinValue, TimeSpan.FromDays(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.Add(Local("2026-03-02 10:00"), TimeSpan.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.Add(Local("2026-03-02 10:00"), TimeSpan.FromDays(3_000_000)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddDays(Local("2026-03-02 10:00"), decimal.MinValue));
        Assert.True(Calendar.Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue) > TimeSpan.FromDays(800_000));
    }

    [Fact]
    public void A_holiday_added_later_counts_and_can_be_taken_back()
    {
        DateOnly monday = new(2026, 3, 2);
        WorkCalendar amended = Calendar.With(new SpecialDay(monday, SpecialDayKind.Off, "Storm", FactStatus.Unverified));
        Assert.False(amended.IsWorkingDay(monday));
        Assert.True(Calendar.IsWorkingDay(monday));
        Assert.Equal("Storm", amended.SpecialDayOn(monday)?.Name);
        Assert.True(amended.With(new SpecialDay(monday, SpecialDayKind.Worked, "")).IsWorkingDay(monday));
        Assert.Equal(Calendar, amended.Without(monday));
        Assert.NotEqual(Calendar, amended);
    }

    [Fact]
    public void Calendars_that_cannot_be_are_refused()
    {
        SpecialDay day = new(new DateOnly(2026, 1, 1), SpecialDayKind.Off, "");
        Assert.Throws<ArgumentException>(() => new WorkCalendar(TimeSpan.FromHours(15), OfficeWeek.Usual, []));
        Assert.Throws<ArgumentException>(() => new WorkCalendar(TimeSpan.FromSeconds(30), OfficeWeek.Usual, []));
        Assert.Throws<ArgumentException>(() => new WorkCalendar(TimeSpan.Zero, OfficeWeek.Usual, [day, day]));
        Assert.Throws<ArgumentException>(() => new WorkCalendar(TimeSpan.Zero, OfficeWeek.Usual, [day with { Date = new DateOnly(1899, 1, 1) }]));
        Assert.Throws<ArgumentException>(() => OfficeWeek.MondayToFriday());
        Assert.Throws<ArgumentException>(() => OfficeWeek.MondayToFriday(
            new OfficeHours(new TimeOnly(8, 0), new TimeOnly(12, 0)), new OfficeHours(new TimeOnly(11, 0), new TimeOnly(17, 0))));
    }

    private static DateTimeOffset Local(string text) => new(DateTime.Parse(text), TimeSpan.FromHours(7));
}
