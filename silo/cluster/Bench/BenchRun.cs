using System.Diagnostics;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.Cluster.Bench;

/// <summary>Some commands sent by many callers, and how long they took.</summary>
/// <param name="Commands">How many.</param>
/// <param name="PerSecond">Acknowledged a second.</param>
/// <param name="ProcessorMicroseconds">Processor time of the node's process for each.</param>
/// <param name="Sorted">Milliseconds to the answer, the shortest first.</param>
internal sealed record BenchRun(int Commands, double PerSecond, double ProcessorMicroseconds, double[] Sorted)
{
    /// <summary>The milliseconds within which such a share was answered.</summary>
    public double Milliseconds(double share) => Sorted[(int)(share * (Sorted.Length - 1))];

    /// <summary>Sends the commands; all must be accepted.</summary>
    public static Task<BenchRun> OfAsync(ICityRuntime runtime, int callers, int commands, Func<int, (TwinId Target, TwinCommand Command)> make, int series)
    {
        CommandId id = new CommandId((UInt128)Random.Shared.NextInt64()).Derive((ulong)series);
        return OfAsync(callers, commands, async n =>
        {
            (TwinId target, TwinCommand command) = make(n);
            Reply reply = await runtime.SendAsync(target, command, id.Derive((ulong)n));
            if (reply.Status != ReplyStatus.Accepted)
            {
                throw new InvalidOperationException($"{target}: {reply.Status} {reply.Refusal}");
            }
        });
    }

    /// <summary>Makes calls, so many at once.</summary>
    public static async Task<BenchRun> OfAsync(int callers, int calls, Func<int, Task> call)
    {
        int next = 0;
        double[] took = new double[calls];
        TimeSpan worked = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        worked = Environment.CpuUsage.TotalTime - worked;
        Array.Sort(took);
        return new BenchRun(calls, calls / seconds, worked.TotalMicroseconds / calls, took);

        async Task CallAsync()
        {
            for (int n = Interlocked.Increment(ref next) - 1; n < calls; n = Interlocked.Increment(ref next) - 1)
            {
                long sent = Stopwatch.GetTimestamp();
                await call(n);
                took[n] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            }
        }
    }
}
