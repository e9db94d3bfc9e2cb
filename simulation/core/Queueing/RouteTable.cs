namespace CityTwin.Simulation.Queueing;

/// <summary>Where customers go next: cumulated probabilities by station.</summary>
internal sealed class RouteTable
{
    private readonly int[][] _to;
    private readonly double[][] _upTo;

    public RouteTable(NetworkDefinition definition)
    {
        int stations = definition.Stations.Length;
        _to = new int[stations][];
        _upTo = new double[stations][];
        for (int s = 0; s < stations; s++)
        {
            Route[] routes = [.. definition.Routes.Where(r => r.From == s)];
            double sum = 0;
            _to[s] = [.. routes.Select(r => r.To)];
            _upTo[s] = [.. routes.Select(r => sum += r.Probability)];
            if (sum > 1 + 1e-12)
            {
                throw new ArgumentException($"routes from station {s} have a probability of {sum} in all; at most 1", nameof(definition));
            }
        }
    }

    public bool IsEnd(int station) => _to[station].Length == 0;

    /// <summary>The next station, or −1 for leaving, at a uniform number.</summary>
    public int Next(int station, double u)
    {
        double[] upTo = _upTo[station];
        for (int i = 0; i < upTo.Length; i++)
        {
            if (u < upTo[i])
            {
                return _to[station][i];
            }
        }
        return -1;
    }
}
