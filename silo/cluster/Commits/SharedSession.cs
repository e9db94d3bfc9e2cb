using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using Npgsql;

namespace CityTwin.Cluster.Commits;

/// <summary>The session on which a node writes the journal: it holds the writers' lock as one of several, and a tag of its own.</summary>
/// <remarks>
/// A single process takes the same lock for itself alone, so the two kinds of host keep each other out. The lock ends with the session.
/// As a single holder does, nodes give a sign of life once a second. The tag keeps the case numbers of nodes apart.
/// </remarks>
internal sealed class SharedSession : IDisposable
{
    /// <summary>How many tags there are: 128.</summary>
    public const int Tags = 128;

    private const int FirstTag = 1_000;
    private const int WriteBufferBytes = 256 * 1024;

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);

    private readonly string _address;
    private readonly Timer _renewal;

    private SharedSession(NpgsqlConnection connection, string address, int tag)
    {
        Connection = connection;
        Tag = tag;
        _address = address;
        _renewal = new Timer(_ => RenewElsewhere(), null, RenewEvery, RenewEvery);
    }

    /// <summary>The connection; for one thread at a time.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>0 to <see cref="Tags"/> - 1, different for every node that lives.</summary>
    public int Tag { get; }

    /// <summary>Opens a session, preferably with the tag that the node had before.</summary>
    /// <exception cref="JournalException">A single process writes the journal, or the server does not answer.</exception>
    public static SharedSession Open(NpgsqlConnectionStringBuilder address, int preferredTag)
    {
        NpgsqlConnection connection = new(
            new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, KeepAlive = 5, WriteBufferSize = WriteBufferBytes }.ConnectionString);
        try
        {
            connection.Open();
            PostgresSchema.Ensure(connection);
            int key = WriterLease.KeyOf(address.SearchPath!);
            if (!Try(connection, $"SELECT pg_try_advisory_lock_shared({key}, 0)"))
            {
                throw new JournalException("the journal is in use by a single process: a cluster's nodes and a process alone cannot share one. Stop that process first");
            }
            ClusterSchema.Ensure(connection);
            // Its statements find rows by key; a table that was empty when last looked at must not be scanned when it is full. What is
            // scanned all the same, the one row of cluster, counts as infinitely dear then, and would be compiled by LLVM at each commit.
            using (NpgsqlCommand keys = new("SET enable_seqscan = off; SET jit = off", connection))
            {
                keys.ExecuteNonQuery();
            }
            int tag = TakeTag(connection, key, preferredTag);
            Renew(connection);
            return new SharedSession(connection, address.ConnectionString, tag);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            connection.Dispose();
            throw new JournalException($"the database failed: {e.Message}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _renewal.Dispose();
        Connection.Dispose();
    }

    // A process alone takes the journal from a holder that gives no sign of life.
    private void RenewElsewhere()
    {
        try
        {
            using NpgsqlConnection connection = new(_address);
            connection.Open();
            Renew(connection);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            // The database is away: the next commit finds out.
        }
    }

    private static void Renew(NpgsqlConnection connection)
    {
        using NpgsqlCommand renew = new("UPDATE writer SET holder = 'a cluster of nodes', renewed = clock_timestamp()", connection);
        renew.ExecuteNonQuery();
    }

    private static int TakeTag(NpgsqlConnection connection, int key, int preferred)
    {
        for (int i = 0; i < Tags; i++)
        {
            int tag = (preferred + i) % Tags;
            if (Try(connection, $"SELECT pg_try_advisory_lock({key}, {FirstTag + tag})"))
            {
                return tag;
            }
        }
        throw new JournalException($"{Tags} nodes share the journal already: there is no place for another one");
    }

    private static bool Try(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        return (bool)command.ExecuteScalar()!;
    }
}
