using System.Runtime.InteropServices;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Queries;

/// <summary>How rows are written into the saved form of the view.</summary>
internal static class SavedRows
{
    /// <summary>Reads one row.</summary>
    public delegate TRow Reader<TRow>(ref SavedReader reader);

    /// <summary>Writes all rows that are there.</summary>
    public static void Save<TRow>(SavedWriter writer, TwinTable<TRow> table, Action<SavedWriter, TRow> write)
        where TRow : struct, ITwinRow
    {
        writer.Number(table.Count);
        for (int place = 0; place < table.Extent; place++)
        {
            if (table[place].IsThere)
            {
                write(writer, table[place]);
            }
        }
    }

    /// <summary>Reads rows into an empty table.</summary>
    public static void Load<TRow>(ref SavedReader reader, TwinTable<TRow> table, Reader<TRow> read, long position)
        where TRow : struct, ITwinRow
    {
        for (long n = reader.Number(); n > 0; n--)
        {
            table.Set(read(ref reader), 0);
        }
        table.Changes.Clear(position);
    }

    /// <summary>A case, as its bytes.</summary>
    public static void Write(SavedWriter writer, CaseEntry row) => writer.Bytes(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in row, 1)));

    /// <summary>A case.</summary>
    public static CaseEntry ReadCase(ref SavedReader reader) => MemoryMarshal.Read<CaseEntry>(reader.Bytes());

    /// <summary>A state, as JSON.</summary>
    public static void Write<TState>(SavedWriter writer, StateRow<TState> row)
        where TState : class
    {
        writer.Number(row.Id.Value);
        writer.Number(row.Position);
        writer.Bytes(JsonSerializer.SerializeToUtf8Bytes(row.State!, JournalJson.Format));
    }

    /// <summary>A state.</summary>
    public static StateRow<TState> ReadState<TState>(ref SavedReader reader)
        where TState : class =>
        new(TwinId.FromValue(reader.Number()), reader.Number(), JsonSerializer.Deserialize<TState>(reader.Bytes(), JournalJson.Format));

    /// <summary>A ledger's counts; there may be a million of them.</summary>
    public static void Write(SavedWriter writer, StateRow<LedgerFigures> row)
    {
        writer.Number(row.Id.Value);
        writer.Number(row.Position);
        foreach (long count in (ReadOnlySpan<long>)[row.State!.Checks, row.State.Needed, row.State.Reused, row.State.Missing, row.State.LastAt.UtcTicks])
        {
            writer.Number(count);
        }
    }

    /// <summary>A ledger's counts.</summary>
    public static StateRow<LedgerFigures> ReadLedger(ref SavedReader reader) => new(
        TwinId.FromValue(reader.Number()), reader.Number(),
        new LedgerFigures(reader.Number(), reader.Number(), reader.Number(), reader.Number(), new DateTimeOffset(reader.Number(), TimeSpan.Zero)));
}
