namespace CityTwin.Simulation.City;

/// <summary>Arrival rates of an office's two streams (counter, online), and which services they bring.</summary>
internal sealed class DemandTable
{
    public DemandTable(CityModel model)
    {
        int offices = model.Offices.Length;
        Rate = new double[offices * 2];
        Marks = new AliasTable[offices * 2];
        AliasTable? last = null;
        double[] lastWeights = [];
        for (int o = 0; o < offices; o++)
        {
            for (int mode = 0; mode < 2; mode++)
            {
                double[] weights = new double[model.Services.Length];
                for (int s = 0; s < weights.Length; s++)
                {
                    double online = model.Services[s].OnlineShare;
                    weights[s] = model.Offices[o].CasesPerDay[s] * (mode == 1 ? online : 1 - online);
                }
                double sum = weights.Sum();
                Rate[(o * 2) + mode] = sum;
                Normalise(weights, sum);
                // Most communes have the same mix: they share the table.
                if (last is null || !Alike(weights, lastWeights))
                {
                    last = new AliasTable(weights);
                    lastWeights = weights;
                }
                Marks[(o * 2) + mode] = last;
            }
        }
        Demand = model.Demand;
    }

    /// <summary>Mean cases per ordinary working day, by stream.</summary>
    public double[] Rate { get; }

    public AliasTable[] Marks { get; }

    public DemandProfile Demand { get; }

    private static void Normalise(double[] weights, double sum)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = sum > 0 ? weights[i] / sum : 1.0 / weights.Length;
        }
    }

    private static bool Alike(double[] a, double[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (Math.Abs(a[i] - b[i]) > 1e-12)
            {
                return false;
            }
        }
        return true;
    }
}
