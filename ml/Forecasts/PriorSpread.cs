using CityTwin.Ml.Forecasts.Models;

namespace CityTwin.Ml.Forecasts;

/// <summary>How far a series strays by itself: what is believed of the errors of a forecast before any of them is known.</summary>
/// <remarks>From how far apart its values lie, by how many steps lie between them; drawn on to the horizon. A history so short
/// that nothing strayed is no proof that nothing will: counts stray by chance, and shares by what so few of them can't exclude.</remarks>
internal sealed class PriorSpread
{
    private const double GrowthMax = 0.75;

    // The mean distance of two independent normal values is 2/√π of their deviation.
    private const double DistanceOfDeviation = 1.128;

    private readonly double first, growth, chance;

    private PriorSpread(double first, double growth, double chance) => (this.first, this.growth, this.chance) = (first, growth, chance);

    /// <summary>The standard deviation so many steps ahead.</summary>
    internal double At(int step)
    {
        double strayed = first * Math.Pow(step + 1, growth);
        return Math.Sqrt((strayed * strayed) + chance);
    }

    internal static PriorSpread Of(PastErrors past, ForecastOptions options)
    {
        double[] values = [.. past.History];
        if (past.Season > 1 && values.Length >= 3 * past.Season)
        {
            double[] profile = SeasonalProfile.Of(values, past.Season);
            values = [.. values.Select((v, t) => v - profile[t % past.Season])];
        }
        List<(double Lag, double Distance)> seen = [];
        for (int lag = 1; lag <= values.Length / 2; lag *= 2)
        {
            double sum = 0;
            for (int t = lag; t < values.Length; t++)
            {
                sum += Math.Abs(values[t] - values[t - lag]);
            }
            seen.Add((Math.Log(lag), sum / (values.Length - lag) / DistanceOfDeviation));
        }
        double logs = seen.Average(s => s.Lag);
        double level = seen.Average(s => Math.Log(s.Distance + 1e-12));
        double square = seen.Sum(s => (s.Lag - logs) * (s.Lag - logs));
        double slope = square == 0 ? 0 : seen.Sum(s => (s.Lag - logs) * (Math.Log(s.Distance + 1e-12) - level)) / square;
        double growth = Math.Clamp(slope, 0, GrowthMax);
        return new(Math.Exp(level - (growth * logs)), growth, Chance(past.History, options) + (past.Doubt * past.Doubt));
    }

    private static double Chance(double[] history, ForecastOptions options)
    {
        if (options.Ceiling is { } ceiling)
        {
            double share = (history.Sum() + (0.5 * ceiling)) / (history.Length + 1) / ceiling;
            return ceiling * ceiling * Math.Max(0, share * (1 - share)) / 2;
        }
        bool areCounts = options.NonNegative && history.All(v => v == Math.Floor(v));
        return areCounts ? Math.Max(0, history.Sum() + 0.5) / history.Length : 0;
    }
}
