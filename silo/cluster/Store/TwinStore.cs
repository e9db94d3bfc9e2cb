using System.Text;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Personal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Turns;
using Npgsql;

namespace CityTwin.Cluster.Store;

/// <summary>Reads twins from the journal's tables, without holding a thread while the server works.</summary>
internal sealed class TwinStore(NpgsqlDataSource source, KeyRing ring) : ITwinStore
{
    private const string Events = $"SELECT {PostgresReader.EventColumns} FROM events e WHERE e.twin = $1 AND e.version > $2 ORDER BY e.version";

    private const string Turn = $"SELECT {PostgresReader.EventColumns} FROM events e WHERE e.twin = $1 AND e.version >= $2 AND e.version < $3 ORDER BY e.version";

    private const string Outbox = "SELECT sequence, target, type, data, at FROM outbox WHERE sender = $1 ORDER BY sequence";

    /// <inheritdoc/>
    public Task<TwinHistory> LoadAsync(TwinId twin, int afterVersion) => Guarded(async () =>
    {
        (List<(RecordedEvent, string, byte[])> rows, List<(TwinId, Letter)> undelivered) = await ReadAsync(twin, afterVersion);
        return new TwinHistory(await DecodeAsync(rows), undelivered);
    });

    /// <inheritdoc/>
    public Task<TwinEvent[]> ReadTurnAsync(TwinId twin, int firstVersion, int count) =>
        Guarded(async () => (await DecodeAsync(await ReadTurnRowsAsync(twin, firstVersion, count))).ConvertAll(e => e.Event).ToArray());

    /// <inheritdoc/>
    public string? WriteState(TwinId twin, TwinState state)
    {
        TwinId subject = PersonalFields.SubjectOf(twin, state);
        if (PersonalFields.HasText(state) && ring.Find(subject) is null)
        {
            return null;
        }
        using PersonalScope scope = new(ring);
        PersonalScope.For(subject);
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            JournalJson.Write(writer, state);
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <inheritdoc/>
    public TwinState ReadState(TwinType type, string state)
    {
        using PersonalScope scope = new(ring);
        return JournalJson.ReadState(type.StateType, Encoding.UTF8.GetBytes(state));
    }

    // Keys are read when the connection has been given back. Who held one and waited for another would wait for ever among equals.
    private async Task<(List<(RecordedEvent, string, byte[])> Events, List<(TwinId, Letter)> Undelivered)> ReadAsync(TwinId twin, int afterVersion)
    {
        await using NpgsqlBatch batch = source.CreateBatch();
        batch.BatchCommands.Add(Command(Events, twin.Value, afterVersion));
        batch.BatchCommands.Add(Command(Outbox, twin.Value));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync();
        List<(RecordedEvent, string, byte[])> rows = await ReadEventsAsync(reader);
        await reader.NextResultAsync();
        List<(TwinId, Letter)> undelivered = [];
        while (await reader.ReadAsync())
        {
            undelivered.Add((TwinId.FromValue(reader.GetInt64(1)), new Letter
            {
                Sequence = reader.GetInt64(0),
                Command = (TwinCommand)JournalJson.Read(reader.GetString(2), reader.GetFieldValue<byte[]>(3)),
                At = new DateTimeOffset(reader.GetDateTime(4), TimeSpan.Zero),
            }));
        }
        return (rows, undelivered);
    }

    private async Task<List<(RecordedEvent, string, byte[])>> ReadTurnRowsAsync(TwinId twin, int firstVersion, int count)
    {
        await using NpgsqlBatch batch = source.CreateBatch();
        batch.BatchCommands.Add(Command(Turn, twin.Value, firstVersion, firstVersion + count));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync();
        return await ReadEventsAsync(reader);
    }

    private static async Task<List<(RecordedEvent Frame, string Type, byte[] Json)>> ReadEventsAsync(NpgsqlDataReader reader)
    {
        List<(RecordedEvent, string, byte[])> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add((PostgresReader.Frame(reader), reader.GetString(6), reader.GetFieldValue<byte[]>(7)));
        }
        return rows;
    }

    private async Task<List<RecordedEvent>> DecodeAsync(List<(RecordedEvent Frame, string Type, byte[] Json)> rows)
    {
        HashSet<long> subjects = [];
        rows.ForEach(r => PersonalTextJson.CollectSubjects(r.Json, subjects));
        if (!ring.Has(subjects))
        {
            await JournalReads.Shared.Run(() => { ring.Fetch(subjects); return true; });
        }
        using PersonalScope scope = new(ring);
        return rows.ConvertAll(r => r.Frame with { Event = (TwinEvent)JournalJson.Read(r.Type, r.Json) });
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        NpgsqlBatchCommand command = new(sql);
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        return command;
    }

    private static async Task<T> Guarded<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            throw new JournalException($"the database cannot be read: {e.Message}", e);
        }
    }
}
