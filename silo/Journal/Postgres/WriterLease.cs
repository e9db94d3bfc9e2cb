using System.Text;
using Npgsql;

namespace CityTwin.Silo.Journal.Postgres;

/// <summary>The right to write a journal: a lock that ends with the writer's session, and an epoch that every commit checks.</summary>
/// <remarks>
/// Who takes the lease over raises the epoch; whatever an earlier holder still tries to commit finds another epoch and fails. A
/// holder renews the lease once a second. One that lives on without renewing, because its process stands still or its machine
/// is cut off, loses it after <see cref="Expiry"/>: its session is ended by the successor. Docs: docs/postgres.md.
/// </remarks>
internal sealed class WriterLease : IDisposable
{
    /// <summary>After so long without a sign of life the lease can be taken from a holder whose session still stands.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(3);

    /// <summary>A holder gives a sign of life so often, and with every commit.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);

    private const int ReleaseSeconds = 1;

    private readonly NpgsqlConnection _session;
    private readonly NpgsqlDataSource _source;
    private readonly Timer _renewal;

    private WriterLease(NpgsqlConnection session, NpgsqlDataSource source, long epoch, TimeSpan sinceSignOfLife)
    {
        _session = session;
        _source = source;
        Epoch = epoch;
        SinceSignOfLife = sinceSignOfLife;
        _renewal = new Timer(_ => Renew(), null, RenewEvery, RenewEvery);
    }

    /// <summary>Counts the holders so far, this one included.</summary>
    public long Epoch { get; }

    /// <summary>How long before this holder took it the former one gave its last sign of life, by the server's clock; the longest when there was none.</summary>
    public TimeSpan SinceSignOfLife { get; }

    /// <summary>The key of a schema's advisory locks.</summary>
    public static int KeyOf(string schema)
    {
        // FNV-1a (Fowler, Noll, Vo), so that every process computes the same.
        uint hash = 2_166_136_261;
        foreach (byte b in Encoding.UTF8.GetBytes("citytwin:" + schema))
        {
            unchecked
            {
                hash = (hash ^ b) * 16_777_619;
            }
        }
        return unchecked((int)hash);
    }

    /// <summary>Takes the lease for a session, or returns null and who holds it.</summary>
    /// <param name="session">The connection with which the lease lives and on which the journal is written.</param>
    /// <param name="source">Where connections for renewing come from.</param>
    /// <param name="patience">How long to wait for the session of a process that has just ended to be cleared away; zero: not at all.</param>
    /// <param name="holder">Who holds the lease, when it cannot be had.</param>
    public static WriterLease? TryTake(NpgsqlConnection session, NpgsqlDataSource source, TimeSpan patience, out string holder)
    {
        int key = KeyOf(new NpgsqlConnectionStringBuilder(session.ConnectionString).SearchPath!);
        holder = "";
        if (!TryLock(session, key, patience))
        {
            (holder, bool expired) = ReadHolder(session);
            if (!expired)
            {
                return null;
            }
            using NpgsqlCommand end = new(
                $"SELECT pg_terminate_backend(pid, 2000) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = {unchecked((uint)key)} AND objid = 0", session);
            end.ExecuteNonQuery();
            if (!TryLock(session, key, Expiry))
            {
                return null;
            }
        }
        return Take(session, source);
    }

    /// <summary>Says for the statements of a commit that this holder still has the lease; fails with a division by zero when it has not, so that what follows is not done.</summary>
    public NpgsqlBatchCommand Check() => new($"WITH held AS ({Renewal} RETURNING 1) SELECT 1 / count(*) FROM held");

    private string Renewal => $"UPDATE writer SET renewed = clock_timestamp() WHERE epoch = {Epoch}";

    /// <summary>Stops renewing: as if the process stood still. For tests.</summary>
    internal void Suspend() => _renewal.Change(Timeout.Infinite, Timeout.Infinite);

    /// <summary>Stops renewing, and gives the lease back before its session ends: whoever waits need not wait until the server has noticed the end.</summary>
    public void Dispose()
    {
        _renewal.Dispose();
        if (_session.State != System.Data.ConnectionState.Open)
        {
            return;
        }
        try
        {
            using NpgsqlCommand unlock = new($"SELECT pg_advisory_unlock({KeyOf(new NpgsqlConnectionStringBuilder(_session.ConnectionString).SearchPath!)}, 0)", _session)
            {
                CommandTimeout = ReleaseSeconds,
            };
            unlock.ExecuteNonQuery();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException or IOException)
        {
            // The session is cut, or within a transaction that failed: it ends now, and the lock with it.
        }
    }

    private static bool TryLock(NpgsqlConnection session, int key, TimeSpan patience)
    {
        if (patience <= TimeSpan.Zero)
        {
            using NpgsqlCommand attempt = new($"SELECT pg_try_advisory_lock({key}, 0)", session);
            return (bool)attempt.ExecuteScalar()!;
        }
        try
        {
            using NpgsqlBatch batch = new(session);
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"SET lock_timeout = {Math.Max(1, (int)patience.TotalMilliseconds)}"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT pg_advisory_lock({key}, 0)"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SET lock_timeout = 0"));
            batch.ExecuteNonQuery();
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private static WriterLease Take(NpgsqlConnection session, NpgsqlDataSource source)
    {
        using NpgsqlCommand take = new(
            """
            WITH before AS (SELECT extract(epoch FROM clock_timestamp() - nullif(renewed, '-infinity'))::float8 AS silence FROM writer)
            UPDATE writer SET epoch = epoch + 1, holder = $1, renewed = clock_timestamp() FROM before RETURNING epoch, before.silence
            """,
            session);
        take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"process {Environment.ProcessId} on {Environment.MachineName}" });
        using NpgsqlDataReader taken = take.ExecuteReader();
        taken.Read();
        return new WriterLease(session, source, taken.GetInt64(0), taken.IsDBNull(1) ? TimeSpan.MaxValue : TimeSpan.FromSeconds(taken.GetDouble(1)));
    }

    private static (string Holder, bool Expired) ReadHolder(NpgsqlConnection session)
    {
        using NpgsqlCommand read = new(
            $"SELECT holder, renewed < clock_timestamp() - interval '{(int)Expiry.TotalMilliseconds} milliseconds' FROM writer", session);
        using NpgsqlDataReader row = read.ExecuteReader();
        return row.Read() ? (row.GetString(0), row.GetBoolean(1)) : ("another session", false);
    }

    private void Renew()
    {
        try
        {
            using NpgsqlCommand renew = _source.CreateCommand(Renewal);
            renew.ExecuteNonQuery();
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException or TimeoutException or InvalidOperationException)
        {
            // The database is away or the journal is closed. The next commit finds out; a lease that lapses meanwhile is what a lapse is for.
        }
    }
}
