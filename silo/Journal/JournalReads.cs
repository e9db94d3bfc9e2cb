namespace CityTwin.Silo.Journal;

/// <summary>Where journals are read that hold a thread while they are: so many at once, and no more.</summary>
/// <remarks>
/// A read that waits for the database keeps its thread. Were hundreds begun at once, as when hundreds of callers ask for histories, the
/// thread pool would have none left, not even for the answers that the reads wait for; a node of a cluster that is silent that long is
/// declared dead. Those that wait their turn here hold no thread.
/// </remarks>
/// <param name="max">How many reads run at once, 1 or more.</param>
public sealed class JournalReads(int max)
{
    /// <summary>Those of this process: two for each processor, 4 at least.</summary>
    public static JournalReads Shared { get; } = new(Math.Max(4, 2 * Environment.ProcessorCount));

    /// <summary>Executes that many tasks at once on the thread pool.</summary>
    public TaskScheduler Scheduler { get; } = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, max).ConcurrentScheduler;

    /// <summary>Executes a read when its turn has come. A read must not wait for another one.</summary>
    /// <param name="read">What is read.</param>
    /// <typeparam name="T">What comes of it.</typeparam>
    public Task<T> Run<T>(Func<T> read) => Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler);
}
