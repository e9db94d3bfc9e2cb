using Npgsql;

namespace CityTwin.Silo.Journal.Postgres;

/// <summary>The tables of a PostgreSQL journal: made and brought up to date by the program itself. docs/postgres.md describes them.</summary>
internal static class PostgresSchema
{
    // One step for each version, never changed once released: a later program runs those that a database lacks.
    private static readonly string[] Steps = [FirstTables, PostgresViews.Sql, NoKeysElsewhere, PostgresViews.Defaults];

    /// <summary>The version that this program writes.</summary>
    public static int Version => Steps.Length;

    // Fixed-width columns first, so that no row has padding. Positions and (twin, version) are unique: a second writer, or a
    // twin's event written twice, cannot go unnoticed. Rows of events are never changed, so their pages are filled whole.
    private const string FirstTables = """
        CREATE TABLE events (
            position bigint PRIMARY KEY,
            twin bigint NOT NULL,
            previous bigint NOT NULL,
            at timestamptz NOT NULL,
            command uuid,
            version integer NOT NULL,
            type text COLLATE "C" NOT NULL,
            data jsonb NOT NULL,
            UNIQUE (twin, version));
        ALTER TABLE events ALTER COLUMN data SET STORAGE MAIN;
        CREATE TABLE outbox (
            sequence bigint PRIMARY KEY,
            target bigint NOT NULL,
            type text COLLATE "C" NOT NULL,
            data jsonb NOT NULL);
        CREATE TABLE snapshots (
            twin bigint PRIMARY KEY,
            position bigint NOT NULL,
            version integer NOT NULL,
            finished boolean NOT NULL,
            recent bytea NOT NULL,
            data jsonb NOT NULL) WITH (fillfactor = 80);
        CREATE TABLE past_snapshots (
            twin bigint NOT NULL,
            position bigint NOT NULL,
            version integer NOT NULL,
            data jsonb NOT NULL,
            PRIMARY KEY (twin, position));
        CREATE TABLE past_views (
            name text COLLATE "C" NOT NULL,
            position bigint NOT NULL,
            data bytea NOT NULL,
            PRIMARY KEY (name, position));
        CREATE TABLE checkpoints (
            part text COLLATE "C" PRIMARY KEY,
            position bigint NOT NULL,
            at timestamptz NOT NULL,
            data bytea NOT NULL);
        CREATE TABLE keys (
            subject bigint PRIMARY KEY,
            key bytea NOT NULL);
        CREATE TABLE writer (
            only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
            epoch bigint NOT NULL,
            holder text NOT NULL,
            renewed timestamptz NOT NULL) WITH (fillfactor = 20);
        INSERT INTO writer VALUES (true, 0, '', '-infinity');
        """;

    // Statistics would put some of the keys into the system catalogue, where destroying a key does not reach them.
    private const string NoKeysElsewhere = "ALTER TABLE keys ALTER COLUMN key SET STATISTICS 0; ANALYZE keys;";

    /// <summary>Creates the schema, or takes it up to this program's version.</summary>
    /// <exception cref="JournalException">It is of a later version, or is something else.</exception>
    public static void Ensure(NpgsqlConnection connection)
    {
        string schema = new NpgsqlConnectionStringBuilder(connection.ConnectionString).SearchPath!;
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({WriterLease.KeyOf(schema)}, 1)");
        Execute(connection, $"CREATE SCHEMA IF NOT EXISTS {schema}");
        bool isOther = Scalar(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'events'") > 0
            && Scalar(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'journal_version'") == 0;
        if (isOther)
        {
            throw new JournalException($"the schema '{schema}' has tables of something else, not a CityTwin journal");
        }
        Execute(connection, "CREATE TABLE IF NOT EXISTS journal_version (version integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())");
        int version = (int)Scalar(connection, "SELECT coalesce(max(version), 0) FROM journal_version");
        if (version > Version)
        {
            throw new JournalException($"the journal in schema '{schema}' is of version {version}; this program knows versions up to {Version}");
        }
        for (int step = version; step < Version; step++)
        {
            Execute(connection, Steps[step]);
            Execute(connection, $"INSERT INTO journal_version (version) VALUES ({step + 1})");
        }
        transaction.Commit();
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    private static long Scalar(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        return Convert.ToInt64(command.ExecuteScalar(), null);
    }
}
