using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Turns;
using Npgsql;
using NpgsqlTypes;

namespace CityTwin.Cluster.Commits;

/// <summary>What a cluster keeps in the journal's schema beside the journal: its order, its deadlines, and who sent a message.</summary>
internal static class ClusterSchema
{
    // The one row is the queue for commits: whoever holds it gives the next positions. A message's sender and moment go with it.
    private const string Tables = """
        CREATE TABLE cluster (
            only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
            position bigint NOT NULL,
            sequence bigint NOT NULL,
            at timestamptz NOT NULL) WITH (fillfactor = 20);
        INSERT INTO cluster VALUES (true, 0, 0, '-infinity');
        CREATE TABLE cluster_deadlines (
            twin bigint PRIMARY KEY,
            due timestamptz NOT NULL,
            claimed timestamptz) WITH (fillfactor = 70);
        CREATE INDEX cluster_deadlines_due ON cluster_deadlines (due);
        ALTER TABLE outbox
            ADD COLUMN sender bigint,
            ADD COLUMN at timestamptz,
            ADD COLUMN stored timestamptz NOT NULL DEFAULT now();
        CREATE INDEX outbox_sender ON outbox (sender);
        """;

    // Apart from the row that commits wait for.
    private const string Clock = """
        CREATE TABLE cluster_clock (
            only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
            driven_at timestamptz NOT NULL) WITH (fillfactor = 20);
        INSERT INTO cluster_clock VALUES (true, '-infinity');
        """;

    // Who was forgotten while nodes ran; the count is in the row that every commit reads.
    private const string Forgotten = """
        ALTER TABLE cluster ADD COLUMN forgotten bigint NOT NULL DEFAULT 0;
        CREATE TABLE cluster_forgotten (
            number bigint PRIMARY KEY,
            subject bigint NOT NULL,
            position bigint NOT NULL);
        """;

    /// <summary>Creates the tables where they are missing, and takes up what a single process has written since a cluster last did.</summary>
    /// <param name="connection">A session that holds the shared lock: no single process writes now.</param>
    public static void Ensure(NpgsqlConnection connection)
    {
        string schema = new NpgsqlConnectionStringBuilder(connection.ConnectionString).SearchPath!;
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({WriterLease.KeyOf(schema)}, 1)");
        foreach ((string table, string sql) in (ReadOnlySpan<(string, string)>)[("cluster", Tables), ("cluster_clock", Clock), ("cluster_forgotten", Forgotten)])
        {
            if (Scalar(connection, $"SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '{table}'") is 0L)
            {
                Execute(connection, sql);
            }
        }
        Execute(connection, "SELECT position FROM cluster FOR UPDATE");
        long known = (long)Scalar(connection, "SELECT position FROM cluster")!;
        long end = (long)Scalar(connection, "SELECT coalesce(max(position), 0) FROM events")!;
        if (end > known)
        {
            TakeUpDeadlines(connection);
            Execute(connection, """
                UPDATE cluster SET
                    position = (SELECT max(position) FROM events),
                    at = (SELECT at FROM events ORDER BY position DESC LIMIT 1),
                    sequence = greatest(sequence, (SELECT coalesce(max(sequence), 0) FROM outbox))
                """);
        }
        transaction.Commit();
    }

    // A row is a hint: a twin that is woken at another moment than the one it waits for writes its row anew. So the deadlines of the last
    // checkpoint will do, with a hint for every twin that has had an event since.
    private static void TakeUpDeadlines(NpgsqlConnection connection)
    {
        DeadlineQueue queue = new();
        using (NpgsqlCommand read = new("SELECT data FROM checkpoints WHERE part = 'deadlines'", connection))
        {
            queue.Load(read.ExecuteScalar() as byte[] ?? []);
        }
        Dictionary<long, long> earliest = [];
        foreach ((Grains.TwinId twin, long due) in queue.Capture())
        {
            earliest[twin.Value] = Math.Min(due, earliest.GetValueOrDefault(twin.Value, long.MaxValue));
        }
        using NpgsqlCommand insert = new("""
            INSERT INTO cluster_deadlines (twin, due)
            SELECT twin, min(due) FROM (
                SELECT * FROM unnest($1::bigint[], $2::timestamptz[]) AS kept (twin, due)
                UNION ALL
                SELECT DISTINCT twin, (SELECT at FROM events ORDER BY position LIMIT 1) FROM events
                WHERE position > (SELECT coalesce(max(position), 0) FROM checkpoints WHERE part = 'deadlines')
            ) AS hints (twin, due) GROUP BY twin
            ON CONFLICT (twin) DO UPDATE SET due = least(cluster_deadlines.due, excluded.due), claimed = NULL
            """, connection);
        insert.Parameters.Add(new NpgsqlParameter { Value = earliest.Keys.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        insert.Parameters.Add(new NpgsqlParameter
        {
            Value = earliest.Values.Select(t => new DateTime(t, DateTimeKind.Utc)).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
        insert.ExecuteNonQuery();
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    private static object? Scalar(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        return command.ExecuteScalar();
    }
}
