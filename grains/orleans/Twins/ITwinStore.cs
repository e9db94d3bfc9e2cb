using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;

namespace CityTwin.Grains.Orleans;

/// <summary>What is durable of a twin beyond a version.</summary>
/// <param name="Events">Its events, oldest first.</param>
/// <param name="Undelivered">What it sent and nobody has taken yet, oldest first, with the receivers.</param>
public sealed record TwinHistory(IReadOnlyList<RecordedEvent> Events, IReadOnlyList<(TwinId Target, Letter Letter)> Undelivered);

/// <summary>Reads twins from the city's journal. Safe to call from any thread.</summary>
public interface ITwinStore
{
    /// <summary>Reads what a twin has had since a version.</summary>
    /// <exception cref="JournalException">The database does not answer.</exception>
    Task<TwinHistory> LoadAsync(TwinId twin, int afterVersion);

    /// <summary>Reads the events that one command made happen, to give its answer again.</summary>
    /// <exception cref="JournalException">The database does not answer.</exception>
    Task<TwinEvent[]> ReadTurnAsync(TwinId twin, int firstVersion, int count);

    /// <summary>Writes a state for a snapshot, citizens' texts encrypted; null when that cannot be done now.</summary>
    string? WriteState(TwinId twin, TwinState state);

    /// <summary>Reads what <see cref="WriteState"/> wrote.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is of another version of the program.</exception>
    TwinState ReadState(TwinType type, string state);
}
