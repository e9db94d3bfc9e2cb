using System.Collections.Immutable;

namespace CityTwin.Grains.Tests.Rules;

public class WorkCalendarPropertyTests(ITestOutputHelper output)
{
    private static readonly DateOnly First = new(2025, 12, 1);

    [Fact]
    public void Arithmetic_agrees_with_a_calendar_that_counts_minutes()
    {
        int seed = Seed();
        for (int round = 0; round < 40; round++)
        {
            var random = new Random(seed + round);
            OfficeWeek week = RandomCalendar.Week(random);
            TimeSpan offset = RandomCalendar.Offset(random);
            ImmutableArray<SpecialDay> special = RandomCalendar.SpecialDays(random, First, 60, random.Next(12));
            var calendar = new WorkCalendar(offset, week, special);
            var minutes = new MinuteCalendar(offset, week, special, First, 60);
            for (int i = 0; i < 500; i++)
            {
                int a = random.Next(minutes.Minutes);
                int b = random.Next(minutes.Minutes);
                int working = random.Next(-3000, 3000);
                Assert.Equal(minutes.IsOpen(a), calendar.IsOpen(minutes.At(a)));
                Assert.Equal(minutes.Between(a, b), calendar.Between(minutes.At(a), minutes.At(b)).TotalMinutes);
                if (minutes.Add(a, working) is >= 0 and var sum)
                {
                    Assert.Equal(minutes.At(sum), calendar.Add(minutes.At(a), TimeSpan.FromMinutes(working)));
                }
                if (minutes.NextOpening(a) is >= 0 and var opening)
                {
                    Assert.Equal(minutes.At(opening), calendar.NextOpening(minutes.At(a)));
                }
            }
        }
    }

    [Fact]
    public void Adding_is_exact_in_both_directions_from_any_moment_of_any_century()
    {
        int seed = Seed();
        var random = new Random(seed);
        long first = new DateTime(40, 1, 1).Ticks;
        long last = new DateTime(9900, 1, 1).Ticks;
        for (int round = 0; round < 200; round++)
        {
            WorkCalendar calendar = Calendar(random);
            for (int i = 0; i < 100; i++)
            {
                long at = random.Next(2) == 0 ? random.NextInt64(first, last) : Near(random);
                var from = new DateTimeOffset(at, RandomCalendar.Offset(random));
                var working = new TimeSpan(random.NextInt64(-2000 * calendar.StandardDay.Ticks / 8, 2000 * calendar.StandardDay.Ticks / 8));
                DateTimeOffset to = calendar.Add(from, working);
                Assert.Equal(working, calendar.Between(from, to));
                Assert.Equal(-working, calendar.Between(to, from));
                Assert.Equal(from.Offset, to.Offset);
                if (working != TimeSpan.Zero)
                {
                    TimeSpan short_ = calendar.Between(from, to.AddTicks(-Math.Sign(working.Ticks)));
                    Assert.Equal(working.Duration() - TimeSpan.FromTicks(1), short_.Duration());
                }
                Assert.Equal(working.Duration(), calendar.Between(calendar.Add(to, -working), to).Duration());
            }
        }
    }

    [Fact]
    public void Time_between_moments_adds_up()
    {
        int seed = Seed();
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            WorkCalendar calendar = Calendar(random);
            DateTimeOffset a = new(Near(random), TimeSpan.Zero);
            DateTimeOffset b = new(Near(random), TimeSpan.Zero);
            DateTimeOffset c = new(Near(random), TimeSpan.Zero);
            Assert.Equal(calendar.Between(a, c), calendar.Between(a, b) + calendar.Between(b, c));
        }
    }

    [Fact]
    public void A_day_s_hours_are_what_is_worked_on_it()
    {
        int seed = Seed();
        var random = new Random(seed);
        for (int round = 0; round < 100; round++)
        {
            WorkCalendar calendar = Calendar(random);
            DateOnly date = new DateOnly(2020, 1, 1).AddDays(random.Next(4000));
            TimeSpan listed = TimeSpan.Zero;
            foreach (OfficeHours stretch in calendar.HoursOf(date))
            {
                listed += stretch.Duration;
                Assert.True(calendar.IsOpen(calendar.At(date, stretch.Opens)));
            }
            DateTimeOffset midnight = calendar.At(date, TimeOnly.MinValue);
            Assert.Equal(listed, calendar.Between(midnight, midnight.AddDays(1)));
            Assert.Equal(listed > TimeSpan.Zero, calendar.IsWorkingDay(date));
        }
    }

    private static WorkCalendar Calendar(Random random) => new(
        RandomCalendar.Offset(random), RandomCalendar.Week(random),
        RandomCalendar.SpecialDays(random, new DateOnly(2025, 1, 1), 1095, random.Next(80)));

    private static long Near(Random random) =>
        random.NextInt64(new DateTime(2024, 6, 1).Ticks, new DateTime(2028, 6, 1).Ticks);

    private int Seed()
    {
        int seed = Environment.GetEnvironmentVariable("CITYTWIN_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        output.WriteLine($"seed {seed}: set CITYTWIN_SEED to repeat");
        return seed;
    }
}
