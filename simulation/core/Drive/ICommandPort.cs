using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>A command on its way to a twin of the same process.</summary>
/// <param name="Target">The twin.</param>
/// <param name="Command">The command.</param>
/// <param name="Id">Who repeats it repeats its id.</param>
public readonly record struct SentCommand(TwinId Target, TwinCommand Command, CommandId Id);

/// <summary>The answer to a command.</summary>
/// <param name="Stands">Accepted, or nothing to change; durable.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="Events">What it made happen to the twin.</param>
/// <param name="State">The twin afterwards; null when refused.</param>
public readonly record struct CommandAnswer(bool Stands, Refusal Refusal, IReadOnlyList<TwinEvent> Events, TwinState? State);

/// <summary>What runs the twins, as the driver needs it: a program that hosts a runtime lays this over it.</summary>
public interface ICommandPort
{
    /// <summary>Moves a driven clock to a moment, or waits until a running one shows it.</summary>
    /// <returns>The city's time then.</returns>
    ValueTask<DateTimeOffset> ReachAsync(DateTimeOffset at, CancellationToken stop);

    /// <summary>Sends commands in order, and gives every answer once durable; what could not be taken is sent again under its id.</summary>
    ValueTask SendAsync(ReadOnlyMemory<SentCommand> commands, Memory<CommandAnswer> answers);

    /// <summary>The durable state of a twin.</summary>
    ValueTask<TwinState> ReadAsync(TwinId twin);

    /// <summary>All events of a twin, oldest first.</summary>
    ValueTask<IReadOnlyList<TwinEvent>> HistoryAsync(TwinId twin);
}
