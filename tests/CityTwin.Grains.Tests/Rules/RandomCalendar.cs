using System.Collections.Immutable;

namespace CityTwin.Grains.Tests.Rules;

/// <summary>Weeks and special days as wild as the types allow, from a seed.</summary>
internal static class RandomCalendar
{
    public static OfficeWeek Week(Random random)
    {
        ImmutableArray<ImmutableArray<OfficeHours>> days;
        do
        {
            days = [.. Enumerable.Range(0, 7).Select(_ => Day(random))];
        }
        while (days.All(d => d.IsEmpty));
        return new OfficeWeek(days);
    }

    public static ImmutableArray<SpecialDay> SpecialDays(Random random, DateOnly first, int days, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => first.AddDays(random.Next(days))).Distinct()
            .Select(d => new SpecialDay(d, random.Next(3) == 0 ? SpecialDayKind.Worked : SpecialDayKind.Off, "day"))];

    public static TimeSpan Offset(Random random) => TimeSpan.FromMinutes(random.Next(-14 * 60, (14 * 60) + 1));

    private static ImmutableArray<OfficeHours> Day(Random random)
    {
        int stretches = random.Next(4);
        int[] cuts = [.. Enumerable.Range(0, stretches * 2).Select(_ => random.Next(1440)).Order()];
        return [.. cuts.Chunk(2).Where(c => c[0] < c[1]).Select(c => new OfficeHours(Time(c[0]), Time(c[1])))];
    }

    private static TimeOnly Time(int minute) => new(minute / 60, minute % 60);
}
