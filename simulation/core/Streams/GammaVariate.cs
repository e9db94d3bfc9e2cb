namespace CityTwin.Simulation;

/// <summary>Gamma variates by rejection.</summary>
/// <remarks>
/// Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000). Rejection takes a number of
/// draws that chance decides; they come from a stream of the variate's own, so that the caller's stream advances by one.
/// </remarks>
internal static class GammaVariate
{
    /// <summary>A variate with a shape above 0 and scale 1, from the stream that has a key.</summary>
    public static double Of(double shape, ulong key)
    {
        RandomStream stream = RandomStream.Keyed(key);
        double boost = 1;
        if (shape < 1)
        {
            boost = Math.Pow(stream.NextUnit(), 1 / shape);
            shape += 1;
        }
        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = NormalQuantile.Of(stream.NextUnit());
            double v = 1 + (c * x);
            if (v <= 0)
            {
                continue;
            }
            v = v * v * v;
            double u = stream.NextUnit();
            if (Math.Log(u) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return boost * d * v;
            }
        }
    }
}
