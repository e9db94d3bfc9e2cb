namespace CityTwin.Simulation.Drive;

/// <summary>Draws a place of a list by weight.</summary>
internal sealed class Shares
{
    private readonly double[] _cumulative;

    /// <summary>Places 0 … n-1 with weights of 0 or more.</summary>
    public Shares(ReadOnlySpan<double> weights)
    {
        _cumulative = new double[weights.Length];
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            _cumulative[i] = sum;
        }
        Total = sum;
    }

    /// <summary>The sum of the weights; 0: nothing can be drawn.</summary>
    public double Total { get; }

    /// <summary>The place for a number of [0, 1).</summary>
    public int Pick(double unit) => Pick(unit, out _);

    /// <summary>The place, and how far into its share the number lies, [0, 1).</summary>
    public int Pick(double unit, out double within)
    {
        double wanted = unit * Total;
        int low = 0;
        int high = _cumulative.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_cumulative[middle] > wanted)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }
        double before = low == 0 ? 0 : _cumulative[low - 1];
        double weight = _cumulative[low] - before;
        within = weight <= 0 ? 0 : Math.Clamp((wanted - before) / weight, 0, 1);
        return low;
    }
}
