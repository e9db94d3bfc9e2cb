using Npgsql;

namespace CityTwin.Silo.Sensors;

/// <content>Folding blocks into chunks, minutes and hours; retention.</content>
internal sealed partial class PostgresReadings
{
    /// <inheritdoc/>
    public override async ValueTask ExpireAsync(DateTimeOffset now, SensorOptions options)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
        await using NpgsqlBatch batch = new(connection);
        batch.BatchCommands.Add(With("DELETE FROM reading_chunks WHERE start < $1", (now - options.KeepRaw).ToUnixTimeMilliseconds()));
        batch.BatchCommands.Add(With($"DELETE FROM reading_rollups WHERE span = {MinuteSeconds} AND start < $1", (now - options.KeepMinutes).ToUnixTimeSeconds()));
        batch.BatchCommands.Add(With($"DELETE FROM reading_rollups WHERE span = {HourSeconds} AND start < $1", (now - options.KeepHours).ToUnixTimeSeconds()));
        await batch.ExecuteNonQueryAsync();
    }

    private protected override async ValueTask FoldAsync(ReadingGroup[] groups)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        Dictionary<(long, short, long), byte[]> stored = await ChunksAsync(connection, groups);
        List<(ReadingGroup Group, byte[] Packed, List<MinuteValue> Minutes)> changed = [];
        foreach (ReadingGroup group in groups)
        {
            if (group.AddTo(stored.GetValueOrDefault(KeyOf(group))) is { } folded)
            {
                changed.Add((group, folded.Packed, folded.Minutes));
            }
        }
        if (changed.Count > 0)
        {
            await using NpgsqlBatch batch = new(connection);
            batch.BatchCommands.Add(WriteChunks(changed));
            batch.BatchCommands.Add(WriteMinutes(changed));
            batch.BatchCommands.Add(WriteHours(changed));
            await batch.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask SaveAsync(IReadOnlyList<StoredWatch> watches)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
        await using NpgsqlCommand save = new(
            """
            INSERT INTO reading_watches (sensor, number, state) SELECT * FROM unnest($1, $2, $3)
            ON CONFLICT (sensor) DO UPDATE SET number = excluded.number, state = excluded.state WHERE excluded.number >= reading_watches.number
            """, connection);
        save.Parameters.Add(Column(watches, w => w.Sensor.Value));
        save.Parameters.Add(Column(watches, w => w.Number));
        save.Parameters.Add(Column(watches, w => w.State));
        await save.ExecuteNonQueryAsync();
    }

    private protected override async ValueTask DeleteAsync(long upTo)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
        await using NpgsqlBatch batch = new(connection);
        batch.BatchCommands.Add(Mark());
        batch.BatchCommands.Add(With("DELETE FROM reading_blocks WHERE number <= $1", upTo));
        await batch.ExecuteNonQueryAsync();
    }

    private static async ValueTask<Dictionary<(long, short, long), byte[]>> ChunksAsync(NpgsqlConnection connection, ReadingGroup[] groups)
    {
        await using NpgsqlCommand read = new(
            "SELECT sensor, measure, start, packed FROM reading_chunks JOIN unnest($1, $2, $3) k (sensor, measure, start) USING (sensor, measure, start)", connection);
        read.Parameters.Add(Column(groups, g => g.Sensor.Value));
        read.Parameters.Add(Column(groups, g => (short)g.Measure));
        read.Parameters.Add(Column(groups, g => g.StartMs));
        Dictionary<(long, short, long), byte[]> stored = [];
        await using NpgsqlDataReader rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            stored.Add((rows.GetInt64(0), rows.GetInt16(1), rows.GetInt64(2)), rows.GetFieldValue<byte[]>(3));
        }
        return stored;
    }

    private static NpgsqlBatchCommand WriteChunks(List<(ReadingGroup Group, byte[] Packed, List<MinuteValue> Minutes)> changed)
    {
        NpgsqlBatchCommand write = new(
            """
            INSERT INTO reading_chunks (sensor, measure, start, packed) SELECT * FROM unnest($1, $2, $3, $4)
            ON CONFLICT (sensor, measure, start) DO UPDATE SET packed = excluded.packed
            """);
        write.Parameters.Add(Column(changed, c => c.Group.Sensor.Value));
        write.Parameters.Add(Column(changed, c => (short)c.Group.Measure));
        write.Parameters.Add(Column(changed, c => c.Group.StartMs));
        write.Parameters.Add(Column(changed, c => c.Packed));
        return write;
    }

    private static NpgsqlBatchCommand WriteMinutes(List<(ReadingGroup Group, byte[] Packed, List<MinuteValue> Minutes)> changed)
    {
        (ReadingGroup Group, MinuteValue Minute)[] all = [.. changed.SelectMany(c => c.Minutes.Select(m => (c.Group, m)))];
        NpgsqlBatchCommand write = new(
            $"""
            INSERT INTO reading_rollups (span, sensor, measure, start, count, sum, min, max)
            SELECT {MinuteSeconds}, * FROM unnest($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (span, sensor, measure, start) DO UPDATE SET count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max
            """);
        write.Parameters.Add(Column(all, m => m.Group.Sensor.Value));
        write.Parameters.Add(Column(all, m => (short)m.Group.Measure));
        write.Parameters.Add(Column(all, m => m.Minute.Start));
        write.Parameters.Add(Column(all, m => m.Minute.Count));
        write.Parameters.Add(Column(all, m => m.Minute.Sum));
        write.Parameters.Add(Column(all, m => m.Minute.Min));
        write.Parameters.Add(Column(all, m => m.Minute.Max));
        return write;
    }

    private static NpgsqlBatchCommand WriteHours(List<(ReadingGroup Group, byte[] Packed, List<MinuteValue> Minutes)> changed)
    {
        ReadingGroup[] hours = [.. changed.Select(c => c.Group).DistinctBy(g => (g.Sensor, g.Measure, g.HourStart))];
        NpgsqlBatchCommand write = new(
            $"""
            INSERT INTO reading_rollups (span, sensor, measure, start, count, sum, min, max)
            SELECT {HourSeconds}, k.sensor, k.measure, k.hour, sum(r.count), sum(r.sum), min(r.min), max(r.max)
            FROM unnest($1, $2, $3) k (sensor, measure, hour) JOIN reading_rollups r
                ON r.span = {MinuteSeconds} AND r.sensor = k.sensor AND r.measure = k.measure AND r.start >= k.hour AND r.start < k.hour + {HourSeconds}
            GROUP BY k.sensor, k.measure, k.hour
            ON CONFLICT (span, sensor, measure, start) DO UPDATE SET count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max
            """);
        write.Parameters.Add(Column(hours, h => h.Sensor.Value));
        write.Parameters.Add(Column(hours, h => (short)h.Measure));
        write.Parameters.Add(Column(hours, h => h.HourStart));
        return write;
    }

    private static (long, short, long) KeyOf(ReadingGroup group) => (group.Sensor.Value, (short)group.Measure, group.StartMs);

    private static NpgsqlParameter<TValue[]> Column<TRow, TValue>(IEnumerable<TRow> rows, Func<TRow, TValue> value) => new() { TypedValue = [.. rows.Select(value)] };

    private static NpgsqlBatchCommand With(string sql, long value)
    {
        NpgsqlBatchCommand command = new(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value });
        return command;
    }
}
