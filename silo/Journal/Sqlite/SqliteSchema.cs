namespace CityTwin.Silo.Journal.Sqlite;

/// <summary>The tables of an SQLite journal. docs/journal.md describes them for those who query the file.</summary>
internal static class SqliteSchema
{
    /// <summary>The version that this program writes, in <c>PRAGMA user_version</c>.</summary>
    public const int Version = 2;

    // 'CTwn': says what the file is, in PRAGMA application_id.
    private const int ApplicationId = 0x4354776E;

    // Version 2 added past states, past views and citizens' keys: new tables only, so that making what is missing is the migration.
    // Events have no second index: a twin's history is a chain through "previous", from its snapshot or the memory of the
    // runtime. That keeps every insert at the end of the file, which is what makes group commit fast.
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS events (
            position INTEGER PRIMARY KEY,
            twin INTEGER NOT NULL,
            version INTEGER NOT NULL,
            previous INTEGER NOT NULL,
            at INTEGER NOT NULL,
            command BLOB,
            type TEXT NOT NULL,
            data TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS outbox (
            sequence INTEGER PRIMARY KEY,
            target INTEGER NOT NULL,
            type TEXT NOT NULL,
            data TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS snapshots (
            twin INTEGER PRIMARY KEY,
            version INTEGER NOT NULL,
            position INTEGER NOT NULL,
            finished INTEGER NOT NULL,
            recent BLOB,
            data TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS checkpoints (
            position INTEGER NOT NULL,
            at INTEGER NOT NULL,
            part TEXT PRIMARY KEY,
            data BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS past_snapshots (
            twin INTEGER NOT NULL,
            position INTEGER NOT NULL,
            version INTEGER NOT NULL,
            data TEXT NOT NULL,
            PRIMARY KEY (twin, position)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS past_views (
            name TEXT NOT NULL,
            position INTEGER NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (name, position));
        CREATE TABLE IF NOT EXISTS keys (
            subject INTEGER PRIMARY KEY,
            key BLOB NOT NULL);
        """;

    /// <summary>Creates or checks the tables.</summary>
    /// <exception cref="JournalException">The file is something else, or of a newer version.</exception>
    public static void Ensure(SqliteConnectionHandle connection, string path)
    {
        long application = connection.Scalar("PRAGMA application_id");
        long version = connection.Scalar("PRAGMA user_version");
        bool isEmpty = connection.Scalar("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isEmpty && application != ApplicationId)
        {
            throw new JournalException($"'{path}' is an SQLite file, but not a CityTwin journal");
        }
        if (version > Version)
        {
            throw new JournalException($"'{path}' is of journal version {version}; this program knows versions up to {Version}");
        }
        connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=16000; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;");
        connection.Execute($"BEGIN; {Tables} PRAGMA application_id={ApplicationId}; PRAGMA user_version={Version}; COMMIT;");
    }
}
