using System.Buffers;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Views;

/// <summary>An in-memory read model, fed from the journal in order and from events alone, so that it can be rebuilt from zero.</summary>
/// <remarks>Fed by one thread; whatever it lets others read must be safe for them at any time.</remarks>
public interface IView
{
    /// <summary>A stable name: its saved form is kept under it.</summary>
    string Name { get; }

    /// <summary>Takes in one event. Called once for each position, in order.</summary>
    void Apply(in RecordedEvent recorded);

    /// <summary>Called after a group of events: what can be told to watchers at once is told now.</summary>
    void Flush(long position, DateTimeOffset at);

    /// <summary>A citizen, or a case that nobody was named for, was forgotten: whatever the view holds of their texts goes.</summary>
    void Forget(TwinId subject)
    {
    }

    /// <summary>Writes everything that <see cref="Load"/> needs to go on from here.</summary>
    void Save(IBufferWriter<byte> output);

    /// <summary>Takes up a saved form; returns false, leaving the view empty, when it is of another format.</summary>
    bool Load(ReadOnlySpan<byte> saved);
}
