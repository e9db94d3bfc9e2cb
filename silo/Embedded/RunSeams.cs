using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Embedded;

/// <summary>Where a run waits, and where it works beside its own threads: all that decides in which order things happen.</summary>
/// <param name="Wait">Waits, with the lock on the object held, until another thread has changed what it guards.</param>
/// <param name="Elsewhere">Executes reads of the journal that must hold up neither turns nor commits.</param>
/// <remarks>The fault simulator brings its own, and so runs the whole city on one thread, in an order that follows from a seed.</remarks>
internal sealed record RunSeams(Action<object> Wait, TaskScheduler Elsewhere)
{
    /// <summary>Real threads.</summary>
    public static RunSeams Threads { get; } = new(gate => Monitor.Wait(gate), JournalReads.Shared.Scheduler);

    /// <summary>Executes some work elsewhere.</summary>
    public Task<T> Run<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Elsewhere);
}
