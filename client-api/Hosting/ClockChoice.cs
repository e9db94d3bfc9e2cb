using System.Globalization;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Hosting;

/// <summary>Makes the clock that the command line names.</summary>
internal static class ClockChoice
{
    /// <summary>wall, driven, or a speed as 60x.</summary>
    public static CityClock Read(string clock, string? start, List<string> mistakes)
    {
        DateTimeOffset from = TimeProvider.System.GetUtcNow();
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
