using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using Npgsql;

namespace CityTwin.Cluster.Membership;

/// <summary>Makes the tables in which Orleans keeps its members and snapshots, where the schema has none yet.</summary>
/// <remarks>
/// Orleans reads its statements from a table, by name, and gives them parameters by name: that is its contract for databases. These
/// are statements of our own to that contract. A schema that was prepared with the scripts of Orleans is left as it is.
/// </remarks>
internal static class OrleansTables
{
    private const string Tables = """
        CREATE TABLE orleansquery (querykey varchar(64) PRIMARY KEY, querytext text NOT NULL);
        CREATE TABLE orleansmembershipversiontable (
            deploymentid varchar(150) PRIMARY KEY, timestamp timestamptz NOT NULL DEFAULT now(), version integer NOT NULL DEFAULT 0);
        CREATE TABLE orleansmembershiptable (
            deploymentid varchar(150) NOT NULL REFERENCES orleansmembershipversiontable,
            address varchar(45) NOT NULL, port integer NOT NULL, generation integer NOT NULL,
            siloname varchar(150) NOT NULL, hostname varchar(150) NOT NULL, status integer NOT NULL, proxyport integer,
            suspecttimes text, starttime timestamptz NOT NULL, iamalivetime timestamptz NOT NULL,
            PRIMARY KEY (deploymentid, address, port, generation));
        CREATE TABLE orleansstorage (
            grainidn0 bigint NOT NULL, grainidn1 bigint NOT NULL, grainidhash integer NOT NULL, graintypehash integer NOT NULL,
            graintypestring text NOT NULL, grainidextensionstring text NOT NULL, serviceid text NOT NULL,
            payloadbinary bytea, modifiedon timestamptz NOT NULL DEFAULT now(), version integer NOT NULL DEFAULT 1,
            PRIMARY KEY (grainidn1, grainidn0, graintypestring, serviceid, grainidextensionstring));
        """;

    private const string Member = "deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation";

    private const string Members = """
        SELECT v.deploymentid, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport, m.suspecttimes, m.starttime, m.iamalivetime, v.version
        FROM orleansmembershipversiontable v LEFT JOIN orleansmembershiptable m ON m.deploymentid = v.deploymentid
        """;

    private const string Snapshot = """
        grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1 AND graintypestring = @GrainTypeString AND serviceid = @ServiceId
        AND grainidextensionstring = coalesce(@GrainIdExtensionString::text, '')
        """;

    private static readonly (string Key, string Text)[] Statements =
    [
        ("InsertMembershipVersionKey", """
            WITH added AS (INSERT INTO orleansmembershipversiontable (deploymentid) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*)::integer FROM added
            """),
        ("InsertMembershipKey", $"""
            WITH turned AS (
                UPDATE orleansmembershipversiontable SET version = version + 1, timestamp = now()
                WHERE deploymentid = @DeploymentId AND version = @Version AND NOT EXISTS (SELECT FROM orleansmembershiptable WHERE {Member})
                RETURNING 1),
            added AS (
                INSERT INTO orleansmembershiptable
                    (deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
                SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM turned
                RETURNING 1)
            SELECT count(*)::integer FROM added
            """),
        ("UpdateMembershipKey", $"""
            WITH turned AS (
                UPDATE orleansmembershipversiontable SET version = version + 1, timestamp = now()
                WHERE deploymentid = @DeploymentId AND version = @Version AND EXISTS (SELECT FROM orleansmembershiptable WHERE {Member})
                RETURNING 1),
            changed AS (
                UPDATE orleansmembershiptable SET status = @Status, suspecttimes = @SuspectTimes, iamalivetime = @IAmAliveTime FROM turned WHERE {Member}
                RETURNING 1)
            SELECT count(*)::integer FROM changed
            """),
        ("UpdateIAmAlivetimeKey", $"UPDATE orleansmembershiptable SET iamalivetime = @IAmAliveTime WHERE {Member}"),
        ("MembershipReadRowKey", $"{Members} AND m.address = @Address AND m.port = @Port AND m.generation = @Generation WHERE v.deploymentid = @DeploymentId"),
        ("MembershipReadAllKey", $"{Members} WHERE v.deploymentid = @DeploymentId"),
        ("GatewaysQueryKey", """
            SELECT address, proxyport, generation FROM orleansmembershiptable
            WHERE deploymentid = @DeploymentId AND status = @Status AND proxyport > 0
            """),
        ("DeleteMembershipTableEntriesKey", """
            DELETE FROM orleansmembershiptable WHERE deploymentid = @DeploymentId;
            DELETE FROM orleansmembershipversiontable WHERE deploymentid = @DeploymentId
            """),
        ("CleanupDefunctSiloEntriesKey", """
            DELETE FROM orleansmembershiptable WHERE deploymentid = @DeploymentId AND iamalivetime < @IAmAliveTime AND status <> 3
            """),
        ("ReadFromStorageKey", $"SELECT payloadbinary, now() AT TIME ZONE 'utc', version FROM orleansstorage WHERE {Snapshot}"),
        ("WriteToStorageKey", $"""
            WITH changed AS (
                UPDATE orleansstorage SET payloadbinary = @PayloadBinary::bytea, modifiedon = now(), version = version + 1
                WHERE {Snapshot} AND version = @GrainStateVersion::integer RETURNING version),
            added AS (
                INSERT INTO orleansstorage (grainidn0, grainidn1, grainidhash, graintypehash, graintypestring, grainidextensionstring, serviceid, payloadbinary)
                SELECT @GrainIdN0, @GrainIdN1, @GrainIdHash, @GrainTypeHash, @GrainTypeString, coalesce(@GrainIdExtensionString::text, ''), @ServiceId, @PayloadBinary::bytea
                WHERE @GrainStateVersion::integer IS NULL ON CONFLICT DO NOTHING RETURNING version)
            SELECT coalesce((SELECT version FROM changed), (SELECT version FROM added), @GrainStateVersion::integer) AS newgrainstateversion
            """),
        ("ClearStorageKey", $"""
            UPDATE orleansstorage SET payloadbinary = NULL, modifiedon = now(), version = version + 1
            WHERE {Snapshot} AND version = @GrainStateVersion::integer RETURNING version AS newgrainstateversion
            """),
        ("DeleteStorageKey", $"DELETE FROM orleansstorage WHERE {Snapshot} AND version = @GrainStateVersion::integer RETURNING version + 1 AS newgrainstateversion"),
    ];

    /// <summary>Makes the journal's schema and, in it, the tables of Orleans.</summary>
    /// <exception cref="JournalException">The server does not answer, or the schema is of something else.</exception>
    public static void Ensure(string journal)
    {
        NpgsqlConnectionStringBuilder address = PostgresAddress.Parse(journal);
        try
        {
            using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false }.ConnectionString);
            connection.Open();
            PostgresSchema.Ensure(connection);
            using NpgsqlTransaction transaction = connection.BeginTransaction();
            Execute(connection, $"SELECT pg_advisory_xact_lock({WriterLease.KeyOf(address.SearchPath!)}, 1)");
            using NpgsqlCommand find = new("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'orleansquery'", connection);
            if (find.ExecuteScalar() is 0L)
            {
                Execute(connection, Tables);
                foreach ((string key, string text) in Statements)
                {
                    using NpgsqlCommand add = new("INSERT INTO orleansquery VALUES ($1, $2)", connection);
                    add.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
                    add.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
                    add.ExecuteNonQuery();
                }
            }
            transaction.Commit();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            throw new JournalException($"the database failed: {e.Message}", e);
        }
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }
}
