namespace CityTwin.Simulation.City;

/// <summary>Draws one of several things by their weights in constant time.</summary>
/// <remarks>The alias method: Vose, "A linear algorithm for generating random numbers with a given distribution", IEEE TSE 17 (1991).</remarks>
internal sealed class AliasTable
{
    private readonly double[] _threshold;
    private readonly int[] _alias;

    /// <summary>A table of weights, 0 or more, one above 0.</summary>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        int n = weights.Length;
        double sum = 0;
        foreach (double w in weights)
        {
            sum += w;
        }
        _threshold = new double[n];
        _alias = new int[n];
        Stack<int> small = [];
        Stack<int> large = [];
        for (int i = 0; i < n; i++)
        {
            _threshold[i] = weights[i] / sum * n;
            _alias[i] = i;
            (_threshold[i] < 1 ? small : large).Push(i);
        }
        while (small.Count > 0 && large.Count > 0)
        {
            int low = small.Pop();
            int high = large.Peek();
            _alias[low] = high;
            _threshold[high] -= 1 - _threshold[low];
            if (_threshold[high] < 1)
            {
                small.Push(large.Pop());
            }
        }
        foreach (int rest in small.Concat(large))
        {
            _threshold[rest] = 1;
        }
    }

    /// <summary>The thing at a uniform number.</summary>
    public int At(double u)
    {
        double place = u * _threshold.Length;
        int i = (int)place;
        return place - i < _threshold[i] ? i : _alias[i];
    }
}
