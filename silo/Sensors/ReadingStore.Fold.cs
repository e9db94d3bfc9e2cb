using CityTwin.Grains;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Sensors;

/// <content>Folding blocks into chunks, minutes and hours; retention.</content>
public sealed partial class ReadingStore
{
    /// <summary>Minutes have spans of 60 s, hours of 3,600 s.</summary>
    internal const int MinuteSeconds = 60;

    internal const int HourSeconds = 3_600;

    private const int ChunksPerTransaction = 100;

    private const int BlockReadingsMax = 500_000;

    /// <summary>Folds the blocks that were followed. A crash in between is mended by folding again.</summary>
    public async ValueTask FoldAsync()
    {
        await _folding.WaitAsync();
        try
        {
            while (ReadSome(Followed) is { Count: > 0 } some)
            {
                foreach (var slice in some.Groups.Chunk(ChunksPerTransaction))
                {
                    await WriteAsync(transaction => FoldSlice(slice, transaction));
                }
                await WriteAsync(transaction => Forget(some.LastNumber, transaction));
            }
        }
        finally
        {
            _folding.Release();
        }
    }

    /// <summary>Deletes what is older than it is kept.</summary>
    public async ValueTask ExpireAsync(DateTimeOffset now, SensorOptions options)
    {
        await WriteAsync(transaction =>
        {
            Delete("DELETE FROM chunk WHERE start < $before", (now - options.KeepRaw).ToUnixTimeMilliseconds(), transaction);
            Delete($"DELETE FROM rollup WHERE span = {MinuteSeconds} AND start < $before", (now - options.KeepMinutes).ToUnixTimeSeconds(), transaction);
            Delete($"DELETE FROM rollup WHERE span = {HourSeconds} AND start < $before", (now - options.KeepHours).ToUnixTimeSeconds(), transaction);
        });
    }

    private (int Count, long LastNumber, List<IGrouping<(TwinId Sensor, Measure Measure, long Start), Reading>> Groups) ReadSome(long upTo)
    {
        List<Reading> readings = [];
        long last = 0;
        foreach ((long number, Reading[] block) in BatchesAfter(0))
        {
            if (number > upTo || readings.Count >= BlockReadingsMax)
            {
                break;
            }
            readings.AddRange(block);
            last = number;
        }
        return (readings.Count, last, [.. readings.GroupBy(r => (r.Sensor, r.Measure, ReadingChunk.StartOf(r.AtMs)))]);
    }

    private void FoldSlice(IGrouping<(TwinId Sensor, Measure Measure, long Start), Reading>[] groups, SqliteTransaction transaction)
    {
        using SqliteCommand read = Prepared("SELECT packed FROM chunk WHERE sensor = $a AND measure = $b AND start = $c", transaction, 3);
        using SqliteCommand write = Prepared("INSERT OR REPLACE INTO chunk VALUES ($a, $b, $c, $d)", transaction, 4);
        using SqliteCommand minute = Prepared($"INSERT OR REPLACE INTO rollup VALUES ({MinuteSeconds}, $a, $b, $c, $d, $e, $f, $g)", transaction, 7);
        using SqliteCommand hour = Prepared(
            $"""
            INSERT OR REPLACE INTO rollup SELECT {HourSeconds}, sensor, measure, $c, sum(count), sum(sum), min(min), max(max)
            FROM rollup WHERE span = {MinuteSeconds} AND sensor = $a AND measure = $b AND start >= $c AND start < $c + {HourSeconds}
            """, transaction, 3);
        foreach (var group in groups)
        {
            (TwinId sensor, Measure measure, long start) = group.Key;
            SortedList<long, double> values = [];
            if (Run(read, sensor.Value, (long)measure, start).ExecuteScalar() is byte[] packed)
            {
                ReadingChunk.Read(start, packed, values);
            }
            HashSet<long> minutes = [];
            foreach (Reading reading in group)
            {
                if (values.TryAdd(reading.AtMs, reading.Value))
                {
                    minutes.Add(reading.AtMs / 1000 / MinuteSeconds * MinuteSeconds);
                }
            }
            if (minutes.Count == 0)
            {
                continue;
            }
            Run(write, sensor.Value, (long)measure, start, ReadingChunk.Write(start, values)).ExecuteNonQuery();
            foreach (var m in values.GroupBy(v => v.Key / 1000 / MinuteSeconds * MinuteSeconds).Where(m => minutes.Contains(m.Key)))
            {
                Run(minute, sensor.Value, (long)measure, m.Key, (long)m.Count(), m.Sum(v => v.Value), m.Min(v => v.Value), m.Max(v => v.Value)).ExecuteNonQuery();
            }
            Run(hour, sensor.Value, (long)measure, start / 1000 / HourSeconds * HourSeconds).ExecuteNonQuery();
        }
    }

    private void Forget(long upTo, SqliteTransaction transaction)
    {
        Mark(transaction);
        using SqliteCommand count = Prepared("SELECT coalesce(sum(count), 0) FROM block WHERE number <= $a", transaction, 1);
        long gone = (long)Run(count, upTo).ExecuteScalar()!;
        using SqliteCommand delete = Prepared("DELETE FROM block WHERE number <= $a", transaction, 1);
        Run(delete, upTo).ExecuteNonQuery();
        Interlocked.Add(ref _unfolded, -gone);
    }

    private void Delete(string sql, long before, SqliteTransaction transaction)
    {
        using SqliteCommand command = Command(sql);
        command.Transaction = transaction;
        command.Parameters.AddWithValue("$before", before);
        command.ExecuteNonQuery();
    }

    private async ValueTask WriteAsync(Action<SqliteTransaction> write)
    {
        await _writing.WaitAsync();
        try
        {
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
            write(transaction);
            transaction.Commit();
        }
        finally
        {
            _writing.Release();
        }
    }

    private SqliteCommand Prepared(string sql, SqliteTransaction transaction, int parameters)
    {
        SqliteCommand command = Command(sql);
        command.Transaction = transaction;
        for (int i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${(char)('a' + i)}" });
        }
        return command;
    }

    private static SqliteCommand Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
        return command;
    }
}
