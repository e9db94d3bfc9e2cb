using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Journal.Personal;
using SQLitePCL;
using static SQLitePCL.raw;

namespace CityTwin.Silo.Journal.Sqlite;

/// <summary>Writes batches: one transaction each, on one connection, by one thread.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnectionHandle _connection;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly sqlite3_stmt _event;
    private readonly sqlite3_stmt _outboxAdd;
    private readonly sqlite3_stmt _outboxRemove;
    private readonly sqlite3_stmt _snapshot;
    private readonly sqlite3_stmt _checkpoint;
    private readonly sqlite3_stmt _pastSnapshot;
    private readonly sqlite3_stmt _pastView;
    private readonly sqlite3_stmt _key;
    private readonly KeyRing _ring;
    private readonly ArrayBufferWriter<byte> _buffer = new(4_096);
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<Type, byte[]> _names = [];

    /// <summary>Opens the file for writing and makes its tables.</summary>
    public SqliteWriter(string path, KeyRing ring)
    {
        _ring = ring;
        _connection = new SqliteConnectionHandle(path, readOnly: false);
        SqliteSchema.Ensure(_connection, path);
        _begin = _connection.Prepare("BEGIN IMMEDIATE");
        _commit = _connection.Prepare("COMMIT");
        _event = _connection.Prepare("INSERT INTO events VALUES (?1,?2,?3,?4,?5,?6,?7,?8)");
        _outboxAdd = _connection.Prepare("INSERT INTO outbox VALUES (?1,?2,?3,?4)");
        _outboxRemove = _connection.Prepare("DELETE FROM outbox WHERE sequence=?1");
        _snapshot = _connection.Prepare("INSERT OR REPLACE INTO snapshots VALUES (?1,?2,?3,?4,?5,?6)");
        _checkpoint = _connection.Prepare("INSERT OR REPLACE INTO checkpoints VALUES (?1,?2,?3,?4)");
        _pastSnapshot = _connection.Prepare("INSERT INTO past_snapshots VALUES (?1,?2,?3,?4)");
        _pastView = _connection.Prepare("INSERT OR REPLACE INTO past_views VALUES (?1,?2,?3)");
        _key = _connection.Prepare("INSERT INTO keys VALUES (?1,?2)");
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Makes a batch durable.</summary>
    public void Write(CommitBatch batch)
    {
        List<(long Subject, byte[] Key)> keys = _ring.Prepare(batch);
        using PersonalScope scope = new(_ring);
        _connection.Run(_begin);
        foreach ((long subject, byte[] key) in keys)
        {
            sqlite3_bind_int64(_key, 1, subject);
            sqlite3_bind_blob(_key, 2, key);
            _connection.Run(_key);
        }
        foreach (RecordedEvent recorded in batch.Events)
        {
            Insert(recorded);
        }
        foreach (OutboxEntry entry in batch.OutboxAdded)
        {
            sqlite3_bind_int64(_outboxAdd, 1, entry.Sequence);
            sqlite3_bind_int64(_outboxAdd, 2, entry.Target.Value);
            BindNamed(_outboxAdd, 3, entry.Command);
            _connection.Run(_outboxAdd);
        }
        foreach (long sequence in batch.OutboxRemoved)
        {
            sqlite3_bind_int64(_outboxRemove, 1, sequence);
            _connection.Run(_outboxRemove);
        }
        foreach (TwinSnapshot snapshot in batch.Snapshots)
        {
            Insert(snapshot);
        }
        WritePast(batch);
        if (batch.Checkpoint is { } checkpoint)
        {
            Insert(checkpoint, "deadlines", checkpoint.Deadlines);
            foreach ((string name, byte[] saved) in checkpoint.Views)
            {
                Insert(checkpoint, "view:" + name, saved);
            }
        }
        _connection.Run(_commit);
    }

    /// <summary>Moves the log into the file, as a clean end should.</summary>
    public void Truncate() => _connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _connection.Dispose();
    }

    private void WritePast(CommitBatch batch)
    {
        foreach (TwinSnapshot snapshot in batch.PastSnapshots)
        {
            sqlite3_bind_int64(_pastSnapshot, 1, snapshot.Twin.Value);
            sqlite3_bind_int64(_pastSnapshot, 2, snapshot.Position);
            sqlite3_bind_int64(_pastSnapshot, 3, snapshot.Version);
            sqlite3_bind_text(_pastSnapshot, 4, State(snapshot));
            _connection.Run(_pastSnapshot);
        }
        foreach (PastView view in batch.PastViews)
        {
            sqlite3_bind_text(_pastView, 1, view.Name);
            sqlite3_bind_int64(_pastView, 2, view.Position);
            sqlite3_bind_blob(_pastView, 3, view.Saved);
            _connection.Run(_pastView);
        }
    }

    private ReadOnlySpan<byte> State(TwinSnapshot snapshot)
    {
        PersonalScope.For(PersonalFields.SubjectOf(snapshot.Twin, snapshot.State));
        return Json(snapshot.State);
    }

    private void Insert(in RecordedEvent recorded)
    {
        PersonalScope.For(KeyRing.SubjectOf(recorded));
        sqlite3_bind_int64(_event, 1, recorded.Position);
        sqlite3_bind_int64(_event, 2, recorded.Twin.Value);
        sqlite3_bind_int64(_event, 3, recorded.Version);
        sqlite3_bind_int64(_event, 4, recorded.Previous);
        sqlite3_bind_int64(_event, 5, recorded.At.ToUnixTimeMilliseconds());
        if (recorded.Command.IsNone)
        {
            sqlite3_bind_null(_event, 6);
        }
        else
        {
            Span<byte> id = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(id, recorded.Command.Value);
            sqlite3_bind_blob(_event, 6, id);
        }
        BindNamed(_event, 7, recorded.Event);
        _connection.Run(_event);
    }

    private void Insert(TwinSnapshot snapshot)
    {
        sqlite3_bind_int64(_snapshot, 1, snapshot.Twin.Value);
        sqlite3_bind_int64(_snapshot, 2, snapshot.Version);
        sqlite3_bind_int64(_snapshot, 3, snapshot.Position);
        sqlite3_bind_int(_snapshot, 4, snapshot.Finished ? 1 : 0);
        sqlite3_bind_blob(_snapshot, 5, snapshot.Recent);
        sqlite3_bind_text(_snapshot, 6, State(snapshot));
        _connection.Run(_snapshot);
    }

    private void Insert(Checkpoint checkpoint, string part, byte[] saved)
    {
        sqlite3_bind_int64(_checkpoint, 1, checkpoint.Position);
        sqlite3_bind_int64(_checkpoint, 2, checkpoint.At.ToUnixTimeMilliseconds());
        sqlite3_bind_text(_checkpoint, 3, part);
        sqlite3_bind_blob(_checkpoint, 4, saved);
        _connection.Run(_checkpoint);
    }

    private void BindNamed(sqlite3_stmt statement, int index, object value)
    {
        if (!_names.TryGetValue(value.GetType(), out byte[]? name))
        {
            name = Encoding.UTF8.GetBytes(JournalJson.NameOf(value.GetType()));
            _names.Add(value.GetType(), name);
        }
        sqlite3_bind_text(statement, index, name.AsSpan());
        sqlite3_bind_text(statement, index + 1, Json(value));
    }

    private ReadOnlySpan<byte> Json(object value)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        JournalJson.Write(_json, value);
        _json.Flush();
        return _buffer.WrittenSpan;
    }
}
