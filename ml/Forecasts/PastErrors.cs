namespace CityTwin.Ml.Forecasts;

/// <summary>What a forecast would have said from past origins, and what came true.</summary>
/// <param name="Made">By origin and step.</param>
/// <param name="Actual">By origin and step; those near the end know fewer steps.</param>
/// <param name="Days">How many different steps of the series were forecast from one origin or another.</param>
/// <param name="History">The whole series.</param>
/// <param name="Season">How many steps a season has; 1 where there is none.</param>
internal sealed record PastErrors(double[][] Made, double[][] Actual, int Days, double[] History, int Season)
{
    /// <summary>The further standard deviation of each step ahead, for what is known of that day and no past origin met; empty: none.</summary>
    internal double[] Unsure { get; init; } = [];

    /// <summary>How far the series may stray for what is known beside it, as a standard deviation.</summary>
    internal double Doubt { get; init; }

    /// <summary>How many errors that do not depend on each other these are worth: errors a step apart are much alike.</summary>
    internal double Independent(ErrorScale scale)
    {
        (double cross, double square) = (0, 0);
        for (int o = 0; o < Actual.Length; o++)
        {
            double before = 0;
            for (int h = 0; h < Actual[o].Length; h++)
            {
                double error = (Actual[o][h] - Made[o][h]) / scale.At(h, Made[o][h]);
                (cross, square, before) = (cross + (error * before), square + (error * error), error);
            }
        }
        double likeness = square > 0 ? Math.Clamp(cross / square, 0, 0.95) : 0;
        return Days * (1 - likeness) / (1 + likeness);
    }
}
