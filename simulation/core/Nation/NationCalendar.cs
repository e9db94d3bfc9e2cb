using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.Nation;

/// <summary>The public holidays of 2026, from the Labour Code and the government's plan for Tết and 2 September.</summary>
internal static class NationCalendar
{
    private static readonly string[] Off =
        ["01-01", "02-16", "02-17", "02-18", "02-19", "02-20", "04-27", "04-30", "05-01", "08-31", "09-01", "09-02"];

    public static WorkCalendar Of2026 { get; } = new(
        TimeSpan.FromHours(7),
        OfficeWeek.Usual,
        [.. Off.Select(d => new SpecialDay(DateOnly.Parse($"2026-{d}"), SpecialDayKind.Off, "holiday")),
            new SpecialDay(new DateOnly(2026, 8, 22), SpecialDayKind.Worked, "worked for 31 August")]);
}
