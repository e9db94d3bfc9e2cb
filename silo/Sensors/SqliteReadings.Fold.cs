using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Sensors;

/// <content>Folding blocks into chunks, minutes and hours; retention.</content>
internal sealed partial class SqliteReadings
{
    /// <inheritdoc/>
    public override async ValueTask ExpireAsync(DateTimeOffset now, SensorOptions options)
    {
        await WriteAsync(transaction =>
        {
            Delete("DELETE FROM chunk WHERE start < $before", (now - options.KeepRaw).ToUnixTimeMilliseconds(), transaction);
            Delete($"DELETE FROM rollup WHERE span = {MinuteSeconds} AND start < $before", (now - options.KeepMinutes).ToUnixTimeSeconds(), transaction);
            Delete($"DELETE FROM rollup WHERE span = {HourSeconds} AND start < $before", (now - options.KeepHours).ToUnixTimeSeconds(), transaction);
        });
    }

    private protected override ValueTask FoldAsync(ReadingGroup[] groups) => WriteAsync(transaction => Fold(groups, transaction));

    private protected override ValueTask DeleteAsync(long upTo) => WriteAsync(transaction =>
    {
        Mark(transaction);
        using SqliteCommand delete = Prepared("DELETE FROM block WHERE number <= $a", transaction, 1);
        Run(delete, upTo).ExecuteNonQuery();
    });

    private void Fold(ReadingGroup[] groups, SqliteTransaction transaction)
    {
        using SqliteCommand read = Prepared("SELECT packed FROM chunk WHERE sensor = $a AND measure = $b AND start = $c", transaction, 3);
        using SqliteCommand write = Prepared("INSERT OR REPLACE INTO chunk VALUES ($a, $b, $c, $d)", transaction, 4);
        using SqliteCommand minute = Prepared($"INSERT OR REPLACE INTO rollup VALUES ({MinuteSeconds}, $a, $b, $c, $d, $e, $f, $g)", transaction, 7);
        using SqliteCommand hour = Prepared(
            $"""
            INSERT OR REPLACE INTO rollup SELECT {HourSeconds}, sensor, measure, $c, sum(count), sum(sum), min(min), max(max)
            FROM rollup WHERE span = {MinuteSeconds} AND sensor = $a AND measure = $b AND start >= $c AND start < $c + {HourSeconds}
            """, transaction, 3);
        foreach (ReadingGroup group in groups)
        {
            (long sensor, long measure) = (group.Sensor.Value, (long)group.Measure);
            if (group.AddTo(Run(read, sensor, measure, group.StartMs).ExecuteScalar() as byte[]) is not { } folded)
            {
                continue;
            }
            Run(write, sensor, measure, group.StartMs, folded.Packed).ExecuteNonQuery();
            foreach (MinuteValue m in folded.Minutes)
            {
                Run(minute, sensor, measure, m.Start, m.Count, m.Sum, m.Min, m.Max).ExecuteNonQuery();
            }
            Run(hour, sensor, measure, group.HourStart).ExecuteNonQuery();
        }
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
