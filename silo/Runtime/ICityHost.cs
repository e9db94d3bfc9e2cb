using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo;

/// <summary>A running city as the program's edges see it: the same for a city inside this process and for a node of a cluster.</summary>
/// <remarks>All members are safe to call from any thread.</remarks>
public interface ICityHost : IAsyncDisposable
{
    /// <summary>The seam to send and read through.</summary>
    ICityRuntime Runtime { get; }

    /// <summary>Counters for metrics.</summary>
    RuntimeStatistics Statistics { get; }

    /// <summary>Commands that wait.</summary>
    int QueueDepth { get; }

    /// <summary>How far a process that stands by is behind the one that writes; null when this one does not stand by.</summary>
    StandbyLag? StandbyLag { get; }

    /// <summary>The journal, for reading.</summary>
    /// <exception cref="RuntimeUnavailableException">It is not open now.</exception>
    IJournal Journal { get; }

    /// <summary>The state of a twin as of a journal position: after all events at or before it.</summary>
    /// <exception cref="RuntimeUnavailableException">The runtime is overloaded, recovering or stopping.</exception>
    ValueTask<TwinReading> ReadAsync(TwinId twin, long position);

    /// <summary>Makes everything personal about a citizen, or a case that nobody was named for, unreadable for good.</summary>
    /// <returns>Whether there was anything to forget.</returns>
    /// <exception cref="ArgumentException">Neither a citizen nor a case.</exception>
    /// <exception cref="JournalException">The key could not be destroyed.</exception>
    /// <exception cref="RuntimeUnavailableException">The city stands by, recovers or stops.</exception>
    Task<bool> ForgetAsync(TwinId subject);
}

/// <summary>How far a process that stands by is behind the one that writes.</summary>
/// <param name="Events">Events in the journal that it has not taken in, as of its last look.</param>
/// <param name="Time">How long ago it had taken in everything.</param>
public readonly record struct StandbyLag(long Events, TimeSpan Time);
