namespace CityTwin.Ml.Forecasts.Models;

/// <summary>The usual deviation from the level at each place in a season, by means over recent cycles.</summary>
internal static class SeasonalProfile
{
    internal const int CyclesMax = 12;

    /// <summary>The profile, one value a place counted from the first value; it adds up to nought.</summary>
    internal static double[] Of(ReadOnlySpan<double> values, int season)
    {
        double[] profile = new double[season];
        if (season <= 1)
        {
            return profile;
        }
        int cycles = Math.Min(CyclesMax, values.Length / season);
        int first = values.Length - (cycles * season);
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            ReadOnlySpan<double> one = values.Slice(first + (cycle * season), season);
            double mean = System.Numerics.Tensors.TensorPrimitives.Sum(one) / season;
            for (int i = 0; i < season; i++)
            {
                profile[(first + (cycle * season) + i) % season] += (one[i] - mean) / cycles;
            }
        }
        return profile;
    }
}
