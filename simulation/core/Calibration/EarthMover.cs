namespace CityTwin.Simulation.Calibration;

/// <summary>How far the mass of one distribution must be moved to make another (Wasserstein-1).</summary>
public static class EarthMover
{
    /// <summary>The distance of two samples, in their unit.</summary>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public static double Distance(IEnumerable<double> first, IEnumerable<double> second)
    {
        double[] a = [.. first.Order()];
        double[] b = [.. second.Order()];
        if (a.Length == 0 || b.Length == 0)
        {
            throw new ArgumentException("both samples need one value or more");
        }
        // The area between the two distribution functions.
        double area = 0;
        int i = 0;
        int j = 0;
        double at = Math.Min(a[0], b[0]);
        while (i < a.Length || j < b.Length)
        {
            double next = i == a.Length ? b[j] : j == b.Length ? a[i] : Math.Min(a[i], b[j]);
            area += Math.Abs(((double)i / a.Length) - ((double)j / b.Length)) * (next - at);
            at = next;
            while (i < a.Length && a[i] == at)
            {
                i++;
            }
            while (j < b.Length && b[j] == at)
            {
                j++;
            }
        }
        return area;
    }
}
