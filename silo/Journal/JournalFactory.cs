using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Journal.Sqlite;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Journal;

/// <summary>Opens the journal that one option names: a PostgreSQL address, or the path of an SQLite file.</summary>
public static class JournalFactory
{
    /// <summary>Opens or creates a journal, for writing.</summary>
    /// <param name="journal">As <c>Host=…;Database=…</c> or <c>postgres://…</c>; anything else is a path.</param>
    /// <param name="types">The kinds of twins in it.</param>
    /// <exception cref="JournalException">Another process has it, it is something else, or disk or server refuse.</exception>
    public static IJournal Open(string journal, TwinTypes types) =>
        PostgresAddress.Is(journal) ? PostgresJournal.Open(journal, types) : SqliteJournal.Open(journal, types);

    /// <summary>For work that needs a journal and makes none.</summary>
    /// <exception cref="JournalException">There is no such file.</exception>
    internal static void MustExist(string journal)
    {
        if (!PostgresAddress.Is(journal) && !File.Exists(journal))
        {
            throw new JournalException($"there is no journal '{journal}'");
        }
    }
}
