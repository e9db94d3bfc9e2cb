using System.Collections.Immutable;

namespace CityTwin.Simulation.Queueing;

/// <summary>A rate that is constant on equal stretches of a cycle; turns unit-rate gaps into arrival times exactly (no thinning).</summary>
internal sealed class CyclicRate
{
    private readonly double[] _rates;
    private readonly double _stretch;

    public CyclicRate(ImmutableArray<double> profile, double cycle, double meanRate)
    {
        double scale = meanRate * profile.Length / profile.Sum();
        _rates = [.. profile.Select(p => p * scale)];
        _stretch = cycle / profile.Length;
    }

    /// <summary>The time at which the integral of the rate from <paramref name="now"/> reaches <paramref name="mass"/>.</summary>
    public double After(double now, double mass)
    {
        long index = (long)(now / _stretch);
        while (true)
        {
            double rate = _rates[index % _rates.Length];
            double end = (index + 1) * _stretch;
            double available = rate * (end - now);
            if (mass < available)
            {
                return now + (mass / rate);
            }
            mass -= available;
            now = end;
            index++;
        }
    }
}
