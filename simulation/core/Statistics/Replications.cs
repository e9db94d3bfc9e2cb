namespace CityTwin.Simulation;

/// <summary>Runs replications in parallel; the results are the same for any number of threads.</summary>
public static class Replications
{
    /// <summary>Runs replications from <paramref name="from"/>, some of them, each by its number.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="count">How many.</param>
    /// <param name="run">One replication; called from several threads.</param>
    /// <param name="threads">How many at a time; 0: one per processor.</param>
    /// <param name="cancellation">Ends between replications.</param>
    public static T[] Run<T>(int from, int count, Func<int, T> run, int threads = 0, CancellationToken cancellation = default)
    {
        T[] results = new T[count];
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        Parallel.For(0, count, options, i => results[i] = run(from + i));
        return results;
    }

    /// <summary>The same on threads of its own that have made themselves ready, as by stepping back behind the rest of the process.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="count">How many.</param>
    /// <param name="run">One replication; called from several threads.</param>
    /// <param name="pace">How many threads, and what each does first; null: as without.</param>
    /// <param name="cancellation">Ends between replications.</param>
    public static T[] Run<T>(int from, int count, Func<int, T> run, RunPace? pace, CancellationToken cancellation)
    {
        if (pace is null)
        {
            return Run(from, count, run, 0, cancellation);
        }
        T[] results = new T[count];
        int next = -1;
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] threads = [.. Enumerable.Range(0, Math.Min(count, pace.Threads)).Select(_ => Task.Factory.StartNew(
            () =>
            {
                pace.EnterThread();
                try
                {
                    for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
                    {
                        ends.Token.ThrowIfCancellationRequested();
                        results[i] = run(from + i);
                    }
                }
                catch
                {
                    ends.Cancel();
                    throw;
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            Task.WaitAll(threads, CancellationToken.None);
        }
        catch (AggregateException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw e.Flatten().InnerExceptions.FirstOrDefault(i => i is not OperationCanceledException) ?? e;
        }
        return results;
    }

    /// <summary>Runs until the half-width of the mean of what is measured is small enough, or the limit is reached.</summary>
    /// <param name="goal">How precise, and how many replications at least and at most.</param>
    /// <param name="run">One replication.</param>
    /// <param name="measure">What the precision is asked of.</param>
    /// <param name="threads">How many at a time; 0: one per processor. Does not change the outcome.</param>
    /// <param name="cancellation">Ends between replications.</param>
    public static IReadOnlyList<T> RunUntil<T>(
        Precision goal, Func<int, T> run, Func<T, double> measure, int threads = 0, CancellationToken cancellation = default)
    {
        List<T> done = [.. Run(0, goal.ReplicationMin, run, threads, cancellation)];
        while (done.Count < goal.ReplicationMax && !goal.IsReached([.. done.Select(measure)]))
        {
            // Blocks of a fixed size: where it stops must not depend on the machine.
            done.AddRange(Run(done.Count, Math.Min(goal.Block, goal.ReplicationMax - done.Count), run, threads, cancellation));
        }
        return done;
    }
}

/// <summary>When a run of replications is precise enough.</summary>
/// <param name="HalfWidth">The half-width to reach; relative to the mean where <paramref name="IsRelative"/>.</param>
/// <param name="IsRelative">Whether the half-width is a share of the mean.</param>
/// <param name="Level">The confidence level, 0 to 1.</param>
/// <param name="ReplicationMin">Replications in any case, 2 or more.</param>
/// <param name="ReplicationMax">Replications at most.</param>
/// <param name="Block">How many are run between two looks, 1 or more.</param>
public sealed record Precision(
    double HalfWidth, bool IsRelative = true, double Level = 0.95, int ReplicationMin = 10, int ReplicationMax = 1000, int Block = 4)
{
    /// <summary>Whether the observations are precise enough.</summary>
    public bool IsReached(ReadOnlySpan<double> observations)
    {
        Interval mean = MeanInterval.Of(observations, Level);
        return mean.HalfWidth <= HalfWidth * (IsRelative ? Math.Abs(mean.Estimate) : 1);
    }
}

/// <summary>How replications may use the machine.</summary>
/// <param name="Threads">How many run at a time, 1 or more.</param>
/// <param name="EnterThread">What each of their threads does first.</param>
public sealed record RunPace(int Threads, Action EnterThread)
{
    /// <summary>Simulates a replication (second) of a variant (first) in another place, with the same outcome; null, and where days of warm-up are to be found first: here.</summary>
    public Func<int, int, WhatIf.ReplicationRecord>? Elsewhere { get; init; }
}
