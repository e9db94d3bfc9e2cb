using System.Buffers;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Faults.Disk;

/// <summary>Takes a batch through the journal's storage format and back, as a real journal does.</summary>
internal static class Serialised
{
    public static CommitBatch Copy(CommitBatch batch)
    {
        CommitBatch copy = new() { Number = batch.Number, Checkpoint = batch.Checkpoint };
        copy.Events.AddRange(batch.Events.Select(e => e with { Event = Again(e.Event) }));
        copy.OutboxAdded.AddRange(batch.OutboxAdded.Select(o => o with { Command = Again(o.Command) }));
        copy.OutboxRemoved.AddRange(batch.OutboxRemoved);
        copy.Snapshots.AddRange(batch.Snapshots.Select(s => s with { State = State(s.State) }));
        return copy;
    }

    // The simulator's own twins are no part of the storage format.
    private static T Again<T>(T value)
        where T : class => value.GetType().Assembly == typeof(TwinEvent).Assembly
            ? (T)JournalJson.Read(JournalJson.NameOf(value.GetType()), Bytes(value))
            : value;

    private static TwinState State(TwinState state) =>
        state.GetType().Assembly == typeof(TwinEvent).Assembly ? JournalJson.ReadState(state.GetType(), Bytes(state)) : state;

    private static ReadOnlySpan<byte> Bytes(object value)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer);
        JournalJson.Write(writer, value);
        writer.Flush();
        return buffer.WrittenSpan;
    }
}
