using System.Diagnostics;

namespace CityTwin.Benchmarks.Grains;

/// <summary>What one run of an action costs on this thread.</summary>
/// <param name="Nanoseconds">Time of one run: the best of several rounds, since other programs only ever add.</param>
/// <param name="Bytes">Bytes allocated by one run, exact.</param>
public readonly record struct TurnCost(double Nanoseconds, double Bytes)
{
    private const int Rounds = 7;

    /// <summary>Measures an action, after as many unmeasured runs as one round has.</summary>
    public static TurnCost Of(Action turn, int runs = 200_000)
    {
        double nanoseconds = double.MaxValue;
        double bytes = 0;
        for (int round = 0; round <= Rounds; round++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; i < runs; i++)
            {
                turn();
            }
            double taken = Stopwatch.GetElapsedTime(began).TotalNanoseconds / runs;
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)runs;
            nanoseconds = round == 0 ? nanoseconds : Math.Min(nanoseconds, taken);
        }
        return new TurnCost(nanoseconds, bytes);
    }
}
