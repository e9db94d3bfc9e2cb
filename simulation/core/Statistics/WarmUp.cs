namespace CityTwin.Simulation;

/// <summary>Where the warm-up of a run that starts empty ends.</summary>
/// <remarks>MSER-5: White, Cobb and Spratt, "A comparison of five steady-state truncation heuristics", WSC 2000.</remarks>
public static class WarmUp
{
    private const int Batch = 5;

    /// <summary>
    /// How many leading observations to drop so that the standard error of the rest is smallest; a multiple of 5.
    /// Never more than half: a minimum in the second half means that the run is too short, and −1 says so.
    /// </summary>
    public static int Mser5(ReadOnlySpan<double> series)
    {
        int batches = series.Length / Batch;
        if (batches < 4)
        {
            return -1;
        }
        double[] means = new double[batches];
        for (int b = 0; b < batches; b++)
        {
            means[b] = MeanInterval.MeanOf(series.Slice(b * Batch, Batch));
        }
        double sum = 0;
        double squares = 0;
        double best = double.PositiveInfinity;
        int bestFrom = -1;
        // From the end towards the start, so that each candidate costs one addition. The last few batches are too few to judge by.
        for (int from = batches - 1; from >= 0; from--)
        {
            sum += means[from];
            squares += means[from] * means[from];
            int kept = batches - from;
            double statistic = (squares - (sum * sum / kept)) / ((double)kept * kept);
            if (kept >= 5 && statistic <= best)
            {
                best = statistic;
                bestFrom = from;
            }
        }
        return bestFrom > batches / 2 ? -1 : bestFrom * Batch;
    }
}
