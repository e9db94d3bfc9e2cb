using CityTwin.Grains;

namespace CityTwin.Silo.Journal;

/// <summary>An event as the journal holds it.</summary>
/// <param name="Position">Its place in the city's order: 1, 2, 3 … without gaps.</param>
/// <param name="Twin">To which twin it happened.</param>
/// <param name="Version">Its place in the twin's order: 1, 2, 3 …</param>
/// <param name="Previous">The position of the twin's event before it; 0 for the first.</param>
/// <param name="At">When, UTC; never earlier than that of a lower position.</param>
/// <param name="Command">The command of a caller that made it happen; none for messages and deadlines.</param>
/// <param name="Event">What happened.</param>
public readonly record struct RecordedEvent(
    long Position, TwinId Twin, int Version, long Previous, DateTimeOffset At, CommandId Command, TwinEvent Event)
{
    /// <summary>Whose key its texts are to be stored with; none: the twin's own. Given by the runtime, not read back.</summary>
    public TwinId Subject { get; init; }
}
