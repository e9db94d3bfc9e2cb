using System.Text;
using CityTwin.Silo.Journal.Personal;
using Npgsql;
using NpgsqlTypes;

namespace CityTwin.Silo.Journal.Postgres;

/// <summary>Writes batches: one transaction each, on the session that holds the lease, by one thread.</summary>
internal sealed class PostgresWriter(NpgsqlConnection session, WriterLease lease, KeyRing ring) : IDisposable
{
    private readonly CopyRows _rows = new();
    private readonly List<string> _texts = [];

    /// <summary>Makes a batch durable.</summary>
    /// <exception cref="JournalException">Another process has taken the lease over.</exception>
    public void Write(CommitBatch batch)
    {
        List<(long Subject, byte[] Key)> keys = ring.Prepare(batch);
        using PersonalScope scope = new(ring);
        using NpgsqlTransaction transaction = session.BeginTransaction();
        if (batch.Events.Count > 0)
        {
            CopyEvents(batch.Events);
        }
        using NpgsqlBatch rest = new(session, transaction);
        rest.BatchCommands.Add(lease.Check());
        AddKeys(rest, keys);
        AddOutbox(rest, batch);
        AddSnapshots(rest, batch);
        AddPast(rest, batch);
        AddCheckpoint(rest, batch.Checkpoint);
        // In the same round trip: where the check finds that the lease is gone it fails, and there is nothing to commit any more.
        rest.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        try
        {
            rest.ExecuteNonQuery();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            throw new JournalException("another process has taken the journal over: nothing more can be written by this one", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private void CopyEvents(List<RecordedEvent> events)
    {
        _rows.Begin();
        foreach (RecordedEvent recorded in events)
        {
            PersonalScope.For(KeyRing.SubjectOf(recorded));
            _rows.Add(recorded);
        }
        _rows.End();
        using NpgsqlRawCopyStream copy = session.BeginRawBinaryCopy(CopyRows.Statement);
        copy.Write(_rows.Written);
    }

    private static void AddKeys(NpgsqlBatch rest, List<(long Subject, byte[] Key)> keys)
    {
        if (keys.Count > 0)
        {
            NpgsqlBatchCommand command = new("INSERT INTO keys SELECT * FROM unnest($1, $2)");
            Array(command, keys.Select(k => k.Subject).ToArray(), NpgsqlDbType.Bigint);
            Array(command, keys.Select(k => k.Key).ToArray(), NpgsqlDbType.Bytea);
            rest.BatchCommands.Add(command);
        }
    }

    private void AddOutbox(NpgsqlBatch rest, CommitBatch batch)
    {
        if (batch.OutboxAdded.Count > 0)
        {
            NpgsqlBatchCommand add = new("INSERT INTO outbox SELECT * FROM unnest($1, $2, $3, $4::jsonb[])");
            Array(add, batch.OutboxAdded.Select(o => o.Sequence).ToArray(), NpgsqlDbType.Bigint);
            Array(add, batch.OutboxAdded.Select(o => o.Target.Value).ToArray(), NpgsqlDbType.Bigint);
            Array(add, batch.OutboxAdded.Select(o => JournalJson.NameOf(o.Command.GetType())).ToArray(), NpgsqlDbType.Text);
            Array(add, batch.OutboxAdded.Select(o => Encoding.UTF8.GetString(_rows.Json(o.Command))).ToArray(), NpgsqlDbType.Text);
            rest.BatchCommands.Add(add);
        }
        if (batch.OutboxRemoved.Count > 0)
        {
            NpgsqlBatchCommand remove = new("DELETE FROM outbox WHERE sequence = ANY($1)");
            Array(remove, batch.OutboxRemoved.ToArray(), NpgsqlDbType.Bigint);
            rest.BatchCommands.Add(remove);
        }
    }

    private void AddSnapshots(NpgsqlBatch rest, CommitBatch batch)
    {
        if (batch.Snapshots.Count == 0)
        {
            return;
        }
        NpgsqlBatchCommand command = new("""
            INSERT INTO snapshots (twin, position, version, finished, recent, data) SELECT * FROM unnest($1, $2, $3, $4, $5, $6::jsonb[])
            ON CONFLICT (twin) DO UPDATE SET position = excluded.position, version = excluded.version, finished = excluded.finished,
                recent = excluded.recent, data = excluded.data
            """);
        AddTwins(command, batch.Snapshots);
        Array(command, batch.Snapshots.Select(s => s.Finished).ToArray(), NpgsqlDbType.Boolean);
        Array(command, batch.Snapshots.Select(s => s.Recent).ToArray(), NpgsqlDbType.Bytea);
        Array(command, States(batch.Snapshots), NpgsqlDbType.Text);
        rest.BatchCommands.Add(command);
    }

    private void AddPast(NpgsqlBatch rest, CommitBatch batch)
    {
        if (batch.PastSnapshots.Count > 0)
        {
            NpgsqlBatchCommand command = new("INSERT INTO past_snapshots (twin, position, version, data) SELECT * FROM unnest($1, $2, $3, $4::jsonb[])");
            AddTwins(command, batch.PastSnapshots);
            Array(command, States(batch.PastSnapshots), NpgsqlDbType.Text);
            rest.BatchCommands.Add(command);
        }
        foreach (PastView view in batch.PastViews)
        {
            NpgsqlBatchCommand command = new("INSERT INTO past_views VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = view.Name });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = view.Position });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = view.Saved });
            rest.BatchCommands.Add(command);
        }
    }

    private static void AddCheckpoint(NpgsqlBatch rest, Checkpoint? checkpoint)
    {
        if (checkpoint is null)
        {
            return;
        }
        foreach ((string part, byte[] saved) in checkpoint.Views.Select(v => ("view:" + v.Key, v.Value)).Append(("deadlines", checkpoint.Deadlines)))
        {
            NpgsqlBatchCommand command = new("""
                INSERT INTO checkpoints VALUES ($1, $2, $3, $4)
                ON CONFLICT (part) DO UPDATE SET position = excluded.position, at = excluded.at, data = excluded.data
                """);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = part });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = checkpoint.Position });
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = checkpoint.At.UtcDateTime });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = saved });
            rest.BatchCommands.Add(command);
        }
    }

    private static void AddTwins(NpgsqlBatchCommand command, List<TwinSnapshot> snapshots)
    {
        Array(command, snapshots.Select(s => s.Twin.Value).ToArray(), NpgsqlDbType.Bigint);
        Array(command, snapshots.Select(s => s.Position).ToArray(), NpgsqlDbType.Bigint);
        Array(command, snapshots.Select(s => s.Version).ToArray(), NpgsqlDbType.Integer);
    }

    private string[] States(List<TwinSnapshot> snapshots)
    {
        _texts.Clear();
        foreach (TwinSnapshot snapshot in snapshots)
        {
            PersonalScope.For(PersonalFields.SubjectOf(snapshot.Twin, snapshot.State));
            _texts.Add(Encoding.UTF8.GetString(_rows.Json(snapshot.State)));
        }
        return [.. _texts];
    }

    private static void Array<T>(NpgsqlBatchCommand command, T[] values, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
