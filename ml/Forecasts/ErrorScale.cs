namespace CityTwin.Ml.Forecasts;

/// <summary>How large the errors of a forecast usually are: by steps ahead, and by how much was forecast.</summary>
/// <remarks>An error's size is c(step) · forecast^power. Counts err with the root of what comes (power ½), what grows in
/// proportion with the whole (1), and much with neither (0): the power is the likeliest under errors of Laplace's distribution.</remarks>
internal sealed class ErrorScale
{
    private const double Least = 1e-9;

    // A step seen from fewer origins than this is judged by the curve over all steps rather than by itself.
    private const double OwnOrigins = 3;
    private const double OverallShare = 0.3;

    private static readonly double[] Powers = [0, 0.5, 1];
    private static readonly double[] Growths = [0, 0.25, 0.5, 0.75, 1];

    private readonly double[] byStep;
    private readonly double power, floor;

    private ErrorScale(double[] byStep, double power, double floor) => (this.byStep, this.power, this.floor) = (byStep, power, floor);

    /// <summary>The usual absolute error of a forecast of such a value so many steps ahead; above 0.</summary>
    internal double At(int step, double forecast) => Math.Max(Least, byStep[step] * Weight(forecast, power, floor));

    /// <summary>Learns from what was forecast from past origins.</summary>
    internal static ErrorScale Of(PastErrors past, int horizon, bool isNonNegative)
    {
        double floor = 0.1 * Math.Max(Mean(past.Made), past.History.Average(Math.Abs));
        ErrorScale? best = null;
        double most = double.NegativeInfinity;
        foreach (double power in isNonNegative && floor > Least ? Powers : [0.0])
        {
            ErrorScale scale = new(Steps(past, horizon, power, floor), power, floor);
            double likelihood = scale.Likelihood(past);
            (best, most) = likelihood > most ? (scale, likelihood) : (best, most);
        }
        return best!;
    }

    private static double Weight(double forecast, double power, double floor) =>
        power == 0 ? 1 : Math.Pow(Math.Max(forecast, floor), power);

    private static double Mean(double[][] made) => made.SelectMany(m => m).Select(Math.Abs).DefaultIfEmpty(0).Average();

    private double Likelihood(PastErrors past)
    {
        double sum = 0;
        for (int o = 0; o < past.Actual.Length; o++)
        {
            for (int h = 0; h < past.Actual[o].Length; h++)
            {
                double scale = At(h, past.Made[o][h]);
                sum -= Math.Log(scale) + (Math.Abs(past.Actual[o][h] - past.Made[o][h]) / scale);
            }
        }
        return sum;
    }

    private static double[] Steps(PastErrors past, int horizon, double power, double floor)
    {
        (double[] sum, int[] count) = (new double[horizon], new int[horizon]);
        for (int o = 0; o < past.Actual.Length; o++)
        {
            for (int h = 0; h < past.Actual[o].Length; h++)
            {
                sum[h] += Math.Abs(past.Actual[o][h] - past.Made[o][h]) / Weight(past.Made[o][h], power, floor);
                count[h]++;
            }
        }
        double overall = sum.Sum() / Math.Max(1, count.Sum());
        int reached = Array.FindLastIndex(count, c => c > 0) + 1;
        (double growth, double first) = Curve(sum, count);
        double[] steps = new double[horizon];
        for (int h = 0; h < horizon; h++)
        {
            (double near, int seen) = Near(sum, count, h);
            double curve = first * Math.Pow(h + 1, growth);
            double own = ((1 - OverallShare) * (seen > 0 ? near / seen : overall)) + (OverallShare * overall);
            double share = count[h] / (count[h] + OwnOrigins);
            // Beyond what any origin saw, errors grow at least as those of a random walk do.
            steps[h] = h < reached ? (share * own) + ((1 - share) * curve)
                : Math.Max(curve, steps[reached - 1] * Math.Sqrt((h + 1.0) / reached));
        }
        return steps;
    }

    private static (double Sum, int Count) Near(double[] sum, int[] count, int h)
    {
        int reach = Math.Max(1, sum.Length / 12);
        (double total, int seen) = (0, 0);
        for (int near = Math.Max(0, h - reach); near <= Math.Min(sum.Length - 1, h + reach); near++)
        {
            (total, seen) = (total + sum[near], seen + count[near]);
        }
        return (total, seen);
    }

    private static (double Growth, double First) Curve(double[] sum, int[] count)
    {
        (double growth, double first, double most) = (0, 0, double.NegativeInfinity);
        foreach (double g in Growths)
        {
            (double scaled, double logs, int n) = (0, 0, 0);
            for (int h = 0; h < sum.Length; h++)
            {
                scaled += sum[h] / Math.Pow(h + 1, g);
                logs += count[h] * g * Math.Log(h + 1);
                n += count[h];
            }
            double c = Math.Max(Least, scaled / Math.Max(1, n));
            double likelihood = -(n * Math.Log(c)) - logs;
            (growth, first, most) = likelihood > most ? (g, c, likelihood) : (growth, first, most);
        }
        return (growth, first);
    }
}
