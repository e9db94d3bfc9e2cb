namespace CityTwin.Simulation.Sensors;

/// <summary>
/// A flood wave in the manner of the one on the Hương of 27 and 28 October 2025: at Kim Long it passes 1.0, 2.0 and 3.5 m, peaks at
/// 5.05 m after 22 hours and is gone after 54. The shape is our own: straight lines between turning points.
/// </summary>
public static class FloodWave
{
    private const double SpeedKmPerHour = 6;

    private const double FadesOverKm = 60;

    private const double UsualLevel = 0.5;

    private static readonly (double Hour, double Level)[] Turns = [(0, 0.6), (6, 1.2), (14, 3.0), (22, 5.05), (30, 4.2), (44, 1.6), (54, 0.5)];

    /// <summary>The greatest level at the gauge, m.</summary>
    public const double Peak = 5.05;

    /// <summary>How long it takes to pass the gauge.</summary>
    public static TimeSpan Passes { get; } = TimeSpan.FromHours(Turns[^1].Hour);

    /// <summary>The level at a distance below the gauge (above it: negative), m.</summary>
    /// <param name="hour">Hours since the wave began at the gauge.</param>
    /// <param name="belowKm">Kilometres downstream: the wave comes later and lower.</param>
    public static double LevelAt(double hour, double belowKm = 0)
    {
        double there = AtGauge(hour - (belowKm / SpeedKmPerHour));
        return UsualLevel + ((there - UsualLevel) * Math.Exp(-Math.Abs(belowKm) / FadesOverKm));
    }

    private static double AtGauge(double hour)
    {
        int next = Array.FindIndex(Turns, t => t.Hour >= hour);
        if (next <= 0)
        {
            return next == 0 ? Turns[0].Level : UsualLevel;
        }
        (double h0, double l0) = Turns[next - 1];
        (double h1, double l1) = Turns[next];
        return l0 + ((hour - h0) / (h1 - h0) * (l1 - l0));
    }
}
