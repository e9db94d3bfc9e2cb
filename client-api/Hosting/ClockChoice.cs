using System.Globalization;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Hosting;

/// <summary>Makes the clock that the command line names.</summary>
internal static class ClockChoice
{
    // A day in 24 minutes: slow enough to follow, fast enough to see something happen.
    private const string FeedSpeed = "60x";

    /// <summary>wall, driven, or a speed as 60x. A city that is only played begins when its offices open next, so that there is something to see.</summary>
    public static CityClock Read(string? choice, string? start, bool fed, CityDefinition? city, List<string> mistakes)
    {
        string clock = choice ?? (fed ? FeedSpeed : "wall");
        DateTimeOffset from = TimeProvider.System.GetUtcNow();
        if (fed && choice is null && city is not null)
        {
            from = city.Rules.Calendar.NextOpening(from);
        }
        if (start is not null && !Moments.TryParse(start, out from))
        {
            mistakes.Add($"--start: found '{Mistakes.Short(start)}', expected a moment with its zone, as 2026-01-05T07:00:00+07:00");
        }
        if (clock == "wall")
        {
            if (start is not null)
            {
                mistakes.Add("--start: the wall clock cannot be set; choose --clock driven, or a speed as 60x");
            }
            return CityClock.Wall();
        }
        if (clock == "driven")
        {
            return CityClock.Driven(from);
        }
        if (clock.EndsWith('x') && double.TryParse(clock.AsSpan(..^1), NumberStyles.Float, CultureInfo.InvariantCulture, out double speed) && speed is >= 0.001 and <= 100_000)
        {
            return CityClock.Accelerated(from, speed);
        }
        mistakes.Add($"--clock: found '{Mistakes.Short(clock)}', expected wall, driven, or a speed from 0.001x to 100000x");
        return CityClock.Wall();
    }
}
