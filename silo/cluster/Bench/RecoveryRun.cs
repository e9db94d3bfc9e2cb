using System.Diagnostics;
using System.Globalization;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.Cluster.Bench;

/// <summary>Three nodes, of which one is killed while callers file cases at another.</summary>
internal static class RecoveryRun
{
    private const int Callers = 64;
    private const int FirstCase = 10_000_000;

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(15);

    /// <summary>The longest time to an answer, in seconds, of all commands sent from shortly before the kill until long after it.</summary>
    public static async Task<double> MeasureAsync(ICityRuntime runtime, string journal, int port, CancellationToken stop)
    {
        using Process second = Start(journal, port + 1);
        using Process third = Start(journal, port + 2);
        try
        {
            await UpAsync(second, stop);
            await UpAsync(third, stop);
            using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            int next = FirstCase;
            double longest = 0;
            Lock gate = new();
            Task[] calling = [.. Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
            {
                while (!end.IsCancellationRequested)
                {
                    int n = Interlocked.Increment(ref next);
                    long sent = Stopwatch.GetTimestamp();
                    Reply reply = await runtime.SendAsync(TwinId.Case(n), BenchCommand.Report(n), new CommandId((UInt128)n));
                    double took = Stopwatch.GetElapsedTime(sent).TotalSeconds;
                    lock (gate)
                    {
                        longest = Math.Max(longest, reply.Status == ReplyStatus.Accepted ? took : double.PositiveInfinity);
                    }
                }
            }, CancellationToken.None))];
            await Task.Delay(Before, stop);
            third.Kill();
            await Task.Delay(After, stop);
            await end.CancelAsync();
            await Task.WhenAll(calling);
            return longest;
        }
        finally
        {
            second.Kill();
            third.Kill();
        }
    }

    private static Process Start(string journal, int port)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--city", "hue", "--journal", journal, "--cluster", "citytwin-bench", "--urls", "http://127.0.0.1:0",
                "--silo", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            },
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Insert(0, typeof(RecoveryRun).Assembly.Location);
        }
        return Process.Start(start)!;
    }

    // A node says in one line that it is up.
    private static async Task UpAsync(Process node, CancellationToken stop)
    {
        while (await node.StandardOutput.ReadLineAsync(stop) is { } line)
        {
            if (line.Contains("is up", StringComparison.Ordinal))
            {
                return;
            }
        }
        throw new InvalidOperationException("a node ended before it was up");
    }
}
