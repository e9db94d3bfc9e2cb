namespace CityTwin.Simulation.Tests.Queueing;

/// <summary>Exact values of queueing theory; times are in units of the mean service time where it is 1.</summary>
internal static class Exact
{
    /// <summary>Mean wait of M/M/c with µ = 1 (Erlang C).</summary>
    public static double WaitOfMmc(int servers, double rho)
    {
        double load = servers * rho;
        double term = 1;
        double sum = 0;
        for (int k = 0; k < servers; k++)
        {
            sum += term;
            term *= load / (k + 1);
        }
        double waits = term / (1 - rho);
        return waits / (sum + waits) / (servers - load);
    }

    /// <summary>Mean wait of M/G/1 by Pollaczek and Khinchine.</summary>
    public static double WaitOfMg1(double rate, double mean, double secondMoment) => rate * secondMoment / (2 * (1 - (rate * mean)));

    /// <summary>Mean number of broken machines: birth-death chain of machines that fail at a rate and are repaired by some at rate 1.</summary>
    public static double BrokenMachines(int machines, int repairers, double failureRate)
    {
        double probability = 1;
        double sum = 1;
        double weighted = 0;
        for (int n = 0; n < machines; n++)
        {
            probability *= (machines - n) * failureRate / Math.Min(n + 1, repairers);
            sum += probability;
            weighted += (n + 1) * probability;
        }
        return weighted / sum;
    }
}
