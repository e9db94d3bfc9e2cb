using CityTwin.Grains;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Sensors;

/// <content>Reading back.</content>
internal sealed partial class SqliteReadings
{
    private protected override IReadOnlyList<HistoryPoint> Read(
        IEnumerable<TwinId> sensors, Measure? measure, DateTimeOffset from, DateTimeOffset to, Resolution resolution, int limit)
    {
        List<HistoryPoint> points = [];
        using SqliteConnection connection = new(_readOnly);
        connection.Open();
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

    private static void AddRaw(
        SqliteConnection connection, TwinId sensor, Measure? measure, DateTimeOffset from, DateTimeOffset to, int limit, List<HistoryPoint> points)
    {
        long fromMs = from.ToUnixTimeMilliseconds();
        long toMs = to.ToUnixTimeMilliseconds();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT measure, start, packed FROM chunk
            WHERE sensor = $sensor AND ($measure IS NULL OR measure = $measure) AND start >= $from AND start < $to ORDER BY measure, start
            """;
        command.Parameters.AddWithValue("$sensor", sensor.Value);
        command.Parameters.AddWithValue("$measure", measure is { } m ? (long)m : DBNull.Value);
        command.Parameters.AddWithValue("$from", ReadingChunk.StartOf(fromMs));
        command.Parameters.AddWithValue("$to", toMs);
        using SqliteDataReader rows = command.ExecuteReader();
        SortedList<long, double> values = [];
        while (rows.Read() && points.Count < limit)
        {
            values.Clear();
            ReadingChunk.Read(rows.GetInt64(1), (byte[])rows[2], values);
            foreach ((long at, double value) in values.Where(v => v.Key >= fromMs && v.Key < toMs).Take(limit - points.Count))
            {
                points.Add(new HistoryPoint(sensor, (Measure)rows.GetByte(0), DateTimeOffset.FromUnixTimeMilliseconds(at), 1, value, value, value));
            }
        }
    }

    private static void AddRollups(
        SqliteConnection connection, TwinId sensor, Measure? measure, DateTimeOffset from, DateTimeOffset to, int span, int limit, List<HistoryPoint> points)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT measure, start, count, min, sum / count, max FROM rollup
            WHERE span = $span AND sensor = $sensor AND ($measure IS NULL OR measure = $measure) AND start >= $from AND start < $to
            ORDER BY measure, start LIMIT $limit
            """;
        command.Parameters.AddWithValue("$span", span);
        command.Parameters.AddWithValue("$sensor", sensor.Value);
        command.Parameters.AddWithValue("$measure", measure is { } m ? (long)m : DBNull.Value);
        command.Parameters.AddWithValue("$from", from.ToUnixTimeSeconds() / span * span);
        command.Parameters.AddWithValue("$to", to.ToUnixTimeSeconds());
        command.Parameters.AddWithValue("$limit", limit - points.Count);
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            points.Add(new HistoryPoint(
                sensor, (Measure)rows.GetByte(0), DateTimeOffset.FromUnixTimeSeconds(rows.GetInt64(1)), rows.GetInt64(2), rows.GetDouble(3),
                rows.GetDouble(4), rows.GetDouble(5)));
        }
    }
}
