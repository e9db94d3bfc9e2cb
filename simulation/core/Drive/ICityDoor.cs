using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>The way into a city: in-process, or over HTTP.</summary>
/// <remarks>Used by one caller at a time. Every method retries what can be retried, and throws <see cref="DoorShutException"/> when it gives up.</remarks>
public interface ICityDoor
{
    /// <summary>Moves a driven clock to a moment, or waits until a running one shows it.</summary>
    /// <returns>The city's time then: the moment, or later.</returns>
    ValueTask<DateTimeOffset> ReachAsync(DateTimeOffset at, CancellationToken stop);

    /// <summary>Sends intents and gives what became of each, in the same places.</summary>
    /// <remarks>No two intents are about the same case or the same official; a door may send them at once or one by one.</remarks>
    ValueTask PlayAsync(ReadOnlyMemory<Intent> intents, Memory<Outcome> outcomes);

    /// <summary>The journal of a case, folded; null when it has none.</summary>
    ValueTask<CaseAccount?> CaseAsync(TwinId id);

    /// <summary>The journals of many cases, in the same places.</summary>
    ValueTask CasesAsync(ReadOnlyMemory<TwinId> ids, Memory<CaseAccount?> accounts);

    /// <summary>The totals of every office, as the city's board shows them.</summary>
    ValueTask<IReadOnlyList<OfficeAccount>> BoardAsync();
}

/// <summary>The city cannot be reached, or cannot do what is asked; the message is one line for the user.</summary>
public sealed class DoorShutException : Exception
{
    /// <summary>With the line for the user.</summary>
    public DoorShutException(string message)
        : base(message)
    {
    }

    /// <summary>With the line for the user and the cause.</summary>
    public DoorShutException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without detail.</summary>
    public DoorShutException()
        : base("the city cannot be reached")
    {
    }
}
