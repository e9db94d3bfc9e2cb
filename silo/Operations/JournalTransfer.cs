using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Operations;

/// <summary>Copies a whole journal into an empty one, as from SQLite to PostgreSQL or back.</summary>
public static class JournalTransfer
{
    /// <summary>Copies everything as of now, citizens' keys and readings included: wholly or not at all.</summary>
    /// <param name="from">The journal to read; a city on it goes on, but what it adds after this moment is not copied.</param>
    /// <param name="to">The journal to fill.</param>
    /// <param name="types">The kinds of twins.</param>
    /// <param name="progress">Is told rows copied and rows in all.</param>
    /// <returns>The position copied up to.</returns>
    /// <exception cref="JournalException">One cannot be read, or the other has events or is in use.</exception>
    public static long Migrate(string from, string to, TwinTypes types, Action<long, long>? progress = null)
    {
        using JournalRows rows = JournalRows.Open(from);
        using JournalLoad target = JournalLoad.Open(to, types);
        if (target.Position != 0)
        {
            throw new JournalException($"the journal to fill has events up to position {target.Position}: it must be empty");
        }
        using ReadingSeries? series = ReadingSeries.Find(from);
        using ReadingSeries? readings = series is null ? null : ReadingSeries.Make(to);
        long all = JournalTable.All.Sum(rows.Count) + (series is null ? 0 : JournalTable.Readings.Sum(series.Count)), done = 0;
        foreach (JournalTable table in JournalTable.All)
        {
            target.Add(table, rows.Read(table).Select(Told));
        }
        foreach (JournalTable table in series is null ? [] : JournalTable.Readings)
        {
            readings!.Add(table, series!.Read(table).Select(Told));
        }
        readings?.Commit();
        target.Commit();
        return rows.Position;

        object?[] Told(object?[] row)
        {
            progress?.Invoke(++done, all);
            return row;
        }
    }

    /// <summary>Deletes states and views that are kept for reading the past, up to a position, and gives the space back.</summary>
    /// <remarks>No event is deleted: reading the past goes on, from older kept forms and so more slowly.</remarks>
    /// <param name="journal">The journal; no city may run on it.</param>
    /// <param name="types">The kinds of twins.</param>
    /// <param name="upTo">The position, or null for all.</param>
    /// <returns>How many were deleted.</returns>
    public static int Compact(string journal, TwinTypes types, long? upTo = null)
    {
        JournalFactory.MustExist(journal);
        using JournalLoad held = JournalLoad.Open(journal, types);
        long last = upTo ?? held.Position;
        int deleted = held.Execute($"DELETE FROM past_snapshots WHERE position <= {last}") + held.Execute($"DELETE FROM past_views WHERE position <= {last}");
        if (held.IsPostgres)
        {
            held.ExecuteAlone("VACUUM (FULL) past_snapshots", "VACUUM (FULL) past_views", "VACUUM (ANALYZE) events");
        }
        else
        {
            held.ExecuteAlone("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        return deleted;
    }
}
