using CityTwin.Grains;
using Npgsql;
using NpgsqlTypes;

namespace CityTwin.Silo.Sensors;

/// <content>Reading back.</content>
internal sealed partial class PostgresReadings
{
    private protected override IReadOnlyList<HistoryPoint> Read(
        IEnumerable<TwinId> sensors, Measure? measure, DateTimeOffset from, DateTimeOffset to, Resolution resolution, int limit)
    {
        List<HistoryPoint> points = [];
        using NpgsqlConnection connection = _source.OpenConnection();
        foreach (TwinId sensor in sensors)
        {
            if (points.Count >= limit)
            {
                break;
            }
            if (resolution == Resolution.Raw)
            {
                AddRaw(connection, sensor, measure, from, to, limit, points);
            }
            else
            {
                AddRollups(connection, sensor, measure, from, to, resolution == Resolution.Minute ? MinuteSeconds : HourSeconds, limit, points);
            }
        }
        return points;
    }

    /// <inheritdoc/>
    public override IEnumerable<StoredWatch> Watches()
    {
        using NpgsqlCommand command = _source.CreateCommand("SELECT sensor, number, state FROM reading_watches");
        using NpgsqlDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return new StoredWatch(TwinId.FromValue(rows.GetInt64(0)), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2));
        }
    }

    private static void AddRaw(
        NpgsqlConnection connection, TwinId sensor, Measure? measure, DateTimeOffset from, DateTimeOffset to, int limit, List<HistoryPoint> points)
    {
        long fromMs = from.ToUnixTimeMilliseconds();
        long toMs = to.ToUnixTimeMilliseconds();
        using NpgsqlCommand command = new(
            "SELECT measure, start, packed FROM reading_chunks WHERE sensor = $1 AND ($2 IS NULL OR measure = $2) AND start >= $3 AND start < $4 ORDER BY measure, start", connection);
        AddKey(command, sensor, measure);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = ReadingChunk.StartOf(fromMs) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = toMs });
        using NpgsqlDataReader rows = command.ExecuteReader();
        SortedList<long, double> values = [];
        while (rows.Read() && points.Count < limit)
        {
            values.Clear();
            ReadingChunk.Read(rows.GetInt64(1), rows.GetFieldValue<byte[]>(2), values);
            foreach ((long at, double value) in values.Where(v => v.Key >= fromMs && v.Key < toMs).Take(limit - points.Count))
            {
                points.Add(new HistoryPoint(sensor, (Measure)rows.GetInt16(0), DateTimeOffset.FromUnixTimeMilliseconds(at), 1, value, value, value));
            }
        }
    }

    private static void AddRollups(
        NpgsqlConnection connection, TwinId sensor, Measure? measure, DateTimeOffset from, DateTimeOffset to, int span, int limit, List<HistoryPoint> points)
    {
        using NpgsqlCommand command = new(
            """
            SELECT measure, start, count, min, sum / count, max FROM reading_rollups
            WHERE sensor = $1 AND ($2 IS NULL OR measure = $2) AND span = $3 AND start >= $4 AND start < $5 ORDER BY measure, start LIMIT $6
            """, connection);
        AddKey(command, sensor, measure);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = span });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from.ToUnixTimeSeconds() / span * span });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = to.ToUnixTimeSeconds() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = limit - points.Count });
        using NpgsqlDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            points.Add(new HistoryPoint(
                sensor, (Measure)rows.GetInt16(0), DateTimeOffset.FromUnixTimeSeconds(rows.GetInt64(1)), rows.GetInt64(2), rows.GetDouble(3),
                rows.GetDouble(4), rows.GetDouble(5)));
        }
    }

    private static void AddKey(NpgsqlCommand command, TwinId sensor, Measure? measure)
    {
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = sensor.Value });
        command.Parameters.Add(new NpgsqlParameter { Value = measure is { } m ? (short)m : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Smallint });
    }
}
