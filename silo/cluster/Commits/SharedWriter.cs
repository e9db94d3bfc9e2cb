using System.Text;
using CityTwin.Grains.Orleans;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Personal;
using CityTwin.Silo.Journal.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CityTwin.Cluster.Commits;

/// <summary>Writes the turns of a node into the journal that it shares with others: one transaction for each group, by one thread.</summary>
/// <remarks>
/// Every transaction begins by locking the cluster's one row, reads there which position comes next, and keeps the lock to its end. So
/// positions follow the order of commits, and a reader never sees a gap that fills later. docs/cluster.md says what that costs.
/// </remarks>
/// <param name="session">Where.</param>
/// <param name="ring">The keys of citizens' texts.</param>
/// <param name="forgotten">The number of the last one whom this node has forgotten.</param>
internal sealed class SharedWriter(SharedSession session, KeyRing ring, Func<long> forgotten) : IDisposable
{
    private readonly CopyRows _rows = new();

    /// <summary>Makes a group durable; all of it, or none.</summary>
    /// <exception cref="StaleTurnsException">The journal knows better about some of the twins.</exception>
    /// <exception cref="ForgottenException">Somebody was forgotten whom this node still remembers.</exception>
    public GroupWrite Write(IReadOnlyList<TurnEntry> entries)
    {
        using NpgsqlTransaction transaction = session.Connection.BeginTransaction();
        GroupWrite write = Lock(entries);
        List<(long Subject, byte[] Key)> keys = ring.Prepare(write.Commit);
        try
        {
            using PersonalScope scope = new(ring);
            CopyEvents(write.Commit.Events);
            WriteRest(write, keys, transaction);
            transaction.Commit();
            return write;
        }
        catch (Exception e)
        {
            ring.Drop(keys.Select(k => k.Subject));
            if (e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                throw new StaleTurnsException("a twin has events that this node does not know of", e);
            }
            throw;
        }
    }

    /// <summary>Finds the twins of a group that the journal knows better about.</summary>
    public HashSet<long> FindStale(IReadOnlyList<TurnEntry> entries)
    {
        HashSet<long> stale = [];
        Dictionary<long, int> expected = [];
        foreach (TurnEntry entry in entries)
        {
            expected.TryAdd(entry.Twin.Id.Value, entry.VersionBefore);
        }
        Dictionary<long, int> versions = Versions([.. expected.Keys]);
        stale.UnionWith(expected.Where(e => versions.GetValueOrDefault(e.Key) != e.Value).Select(e => e.Key));
        long[] taken = [.. entries.Select(e => e.Taken).Where(t => t != 0)];
        HashSet<long> waiting = Waiting(taken);
        foreach (TurnEntry entry in entries.Where(e => e.Taken != 0 && !waiting.Contains(e.Taken)))
        {
            entry.WasTakenBefore = true;
            stale.Add(entry.Twin.Id.Value);
        }
        return stale;
    }

    /// <summary>Cuts the session off, from any thread. For tests.</summary>
    internal void Break()
    {
        using Npgsql.NpgsqlConnection other = new(session.Connection.ConnectionString);
        other.Open();
        using NpgsqlCommand cut = new($"SELECT pg_terminate_backend({session.Connection.ProcessID}, 2000)", other);
        cut.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        session.Dispose();
    }

    private GroupWrite Lock(IReadOnlyList<TurnEntry> entries)
    {
        using NpgsqlCommand command = new("SELECT position, sequence, at, forgotten FROM cluster FOR UPDATE", session.Connection);
        using NpgsqlDataReader row = command.ExecuteReader();
        row.Read();
        if (row.GetInt64(3) != forgotten())
        {
            throw new ForgottenException();
        }
        DateTimeOffset at = row.GetFieldValue<DateTime>(2) is var moment && moment == DateTime.MinValue ? default : new DateTimeOffset(moment, TimeSpan.Zero);
        return GroupWrite.Arrange(entries, row.GetInt64(0), row.GetInt64(1), at);
    }

    private void CopyEvents(List<RecordedEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }
        _rows.Begin();
        foreach (RecordedEvent recorded in events)
        {
            PersonalScope.For(KeyRing.SubjectOf(recorded));
            _rows.Add(recorded);
        }
        _rows.End();
        using NpgsqlRawCopyStream copy = session.Connection.BeginRawBinaryCopy(CopyRows.Statement);
        copy.Write(_rows.Written);
    }

    private void WriteRest(GroupWrite write, List<(long Subject, byte[] Key)> keys, NpgsqlTransaction transaction)
    {
        using NpgsqlBatch rest = new(session.Connection, transaction);
        NpgsqlBatchCommand order = new("UPDATE cluster SET position = $1, sequence = $2, at = $3");
        order.Parameters.Add(new NpgsqlParameter<long> { TypedValue = write.Position });
        order.Parameters.Add(new NpgsqlParameter<long> { TypedValue = write.Sequence });
        order.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = write.At.UtcDateTime });
        rest.BatchCommands.Add(order);
        NpgsqlBatchCommand? take = OutboxRows.Add(rest, write, _rows);
        if (keys.Count > 0)
        {
            NpgsqlBatchCommand add = new("INSERT INTO keys SELECT * FROM unnest($1, $2)");
            Array(add, keys.Select(k => k.Subject).ToArray(), NpgsqlDbType.Bigint);
            Array(add, keys.Select(k => k.Key).ToArray(), NpgsqlDbType.Bytea);
            rest.BatchCommands.Add(add);
        }
        AddDeadlines(rest, write.Due);
        AddPast(rest, write.Commit.PastSnapshots);
        rest.ExecuteNonQuery();
        if (take is not null && (int)take.RecordsAffected != write.Taken.Count)
        {
            throw new StaleTurnsException("a message was taken elsewhere");
        }
    }

    private static void AddDeadlines(NpgsqlBatch rest, Dictionary<long, DateTimeOffset> due)
    {
        long[] none = [.. due.Where(d => d.Value == DateTimeOffset.MinValue).Select(d => d.Key)];
        if (none.Length > 0)
        {
            NpgsqlBatchCommand remove = new("DELETE FROM cluster_deadlines WHERE twin = ANY($1)");
            Array(remove, none, NpgsqlDbType.Bigint);
            rest.BatchCommands.Add(remove);
        }
        if (none.Length < due.Count)
        {
            KeyValuePair<long, DateTimeOffset>[] some = [.. due.Where(d => d.Value != DateTimeOffset.MinValue)];
            NpgsqlBatchCommand keep = new("""
                INSERT INTO cluster_deadlines (twin, due) SELECT * FROM unnest($1, $2)
                ON CONFLICT (twin) DO UPDATE SET due = excluded.due, claimed = NULL
                """);
            Array(keep, some.Select(d => d.Key).ToArray(), NpgsqlDbType.Bigint);
            Array(keep, some.Select(d => d.Value.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz);
            rest.BatchCommands.Add(keep);
        }
    }

    private void AddPast(NpgsqlBatch rest, List<TwinSnapshot> snapshots)
    {
        if (snapshots.Count == 0)
        {
            return;
        }
        List<string> states = [];
        foreach (TwinSnapshot snapshot in snapshots)
        {
            PersonalScope.For(PersonalFields.SubjectOf(snapshot.Twin, snapshot.State));
            states.Add(Encoding.UTF8.GetString(_rows.Json(snapshot.State)));
        }
        NpgsqlBatchCommand add = new("INSERT INTO past_snapshots (twin, position, version, data) SELECT * FROM unnest($1, $2, $3, $4::jsonb[])");
        Array(add, snapshots.Select(s => s.Twin.Value).ToArray(), NpgsqlDbType.Bigint);
        Array(add, snapshots.Select(s => s.Position).ToArray(), NpgsqlDbType.Bigint);
        Array(add, snapshots.Select(s => s.Version).ToArray(), NpgsqlDbType.Integer);
        Array(add, states.ToArray(), NpgsqlDbType.Text);
        rest.BatchCommands.Add(add);
    }

    private Dictionary<long, int> Versions(long[] twins)
    {
        using NpgsqlCommand command = new("SELECT twin, max(version) FROM events WHERE twin = ANY($1) GROUP BY twin", session.Connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = twins });
        using NpgsqlDataReader rows = command.ExecuteReader();
        Dictionary<long, int> versions = [];
        while (rows.Read())
        {
            versions.Add(rows.GetInt64(0), rows.GetInt32(1));
        }
        return versions;
    }

    private HashSet<long> Waiting(long[] sequences)
    {
        using NpgsqlCommand command = new("SELECT sequence FROM outbox WHERE sequence = ANY($1)", session.Connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = sequences });
        using NpgsqlDataReader rows = command.ExecuteReader();
        HashSet<long> waiting = [];
        while (rows.Read())
        {
            waiting.Add(rows.GetInt64(0));
        }
        return waiting;
    }

    internal static void Array<T>(NpgsqlBatchCommand command, T[] values, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
