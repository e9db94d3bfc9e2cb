using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo;

/// <summary>What runs the twins of one city: the seam between the program's edges and either host.</summary>
/// <remarks>
/// The promises, the same on every host: one turn at a time for each twin; a reply only after its events are durable; a command
/// repeated under its id gives the first answer and changes nothing; messages between twins take effect exactly once; bounded
/// queues. All members are safe to call from any thread.
/// </remarks>
public interface ICityRuntime
{
    /// <summary>The city's clock: the only source of time at the edges.</summary>
    CityClock Clock { get; }

    /// <summary>The rules in force now.</summary>
    CityRules Rules { get; }

    /// <summary>The journal position up to which everything is durable.</summary>
    long Position { get; }

    /// <summary>Whether commands are taken: false while starting, recovering or stopping.</summary>
    bool IsReady { get; }

    /// <summary>Sends a command; the reply comes after its events are durable.</summary>
    /// <param name="target">The twin.</param>
    /// <param name="command">A command of the twin's kind.</param>
    /// <param name="id">Who repeats a command repeats its id.</param>
    /// <exception cref="ArgumentException">The command is not of the twin's kind.</exception>
    ValueTask<Reply> SendAsync(TwinId target, TwinCommand command, CommandId id);

    /// <summary>Sends commands in order, as one queue entry; replies in the same order. Each stands or is refused on its own.</summary>
    /// <param name="envelopes">1 to 1,000 commands.</param>
    ValueTask<Reply[]> SendAsync(ReadOnlyMemory<Envelope> envelopes);

    /// <summary>The durable state of a twin, now; its <see cref="TwinReading.Version"/> is 0 if nothing ever happened to it.</summary>
    /// <exception cref="RuntimeUnavailableException">The runtime is overloaded, recovering or stopping.</exception>
    ValueTask<TwinReading> ReadAsync(TwinId twin);

    /// <summary>The state of a twin as of a past moment: after all events at or before it.</summary>
    ValueTask<TwinReading> ReadAsync(TwinId twin, DateTimeOffset at);

    /// <summary>The events of a twin, oldest first.</summary>
    /// <param name="twin">The twin.</param>
    /// <param name="after">Events of a higher version than this; 0 for all.</param>
    /// <param name="limit">At most so many, 1 to 10,000.</param>
    ValueTask<IReadOnlyList<RecordedEvent>> HistoryAsync(TwinId twin, int after, int limit);

    /// <summary>Moves a driven clock forward: every deadline up to the moment fires, in order, and is durable on return.</summary>
    /// <exception cref="InvalidOperationException">The clock is not driven.</exception>
    ValueTask AdvanceAsync(DateTimeOffset to);
}

/// <summary>A command on its way to a twin.</summary>
/// <param name="Target">The twin.</param>
/// <param name="Command">A command of the twin's kind.</param>
/// <param name="Id">Who repeats a command repeats its id.</param>
public readonly record struct Envelope(TwinId Target, TwinCommand Command, CommandId Id);

/// <summary>A twin as it was at a version.</summary>
/// <param name="Twin">The twin.</param>
/// <param name="State">Its state; the initial one if nothing ever happened to it.</param>
/// <param name="Version">How many events it had; 0: none.</param>
/// <param name="Position">The journal position of its last event; 0: none.</param>
public readonly record struct TwinReading(TwinId Twin, TwinState State, int Version, long Position);
