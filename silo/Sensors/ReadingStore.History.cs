using CityTwin.Grains;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Sensors;

/// <summary>How fine a history is.</summary>
public enum Resolution
{
    /// <summary>As measured.</summary>
    Raw,

    /// <summary>By the minute.</summary>
    Minute,

    /// <summary>By the hour.</summary>
    Hour,
}

/// <summary>One value of a history: a reading, or what a minute or an hour had.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Measure">What.</param>
/// <param name="At">When, or when the minute or hour begins, UTC.</param>
/// <param name="Count">Readings.</param>
/// <param name="Min">The least.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Max">The greatest.</param>
public readonly record struct HistoryPoint(TwinId Sensor, Measure Measure, DateTimeOffset At, long Count, double Min, double Mean, double Max);

/// <content>Reading back.</content>
public sealed partial class ReadingStore
{
    private static readonly TimeSpan WarmUpOver = TimeSpan.FromHours(25);

    /// <summary>The values of some sensors in a period, by sensor, measure and time.</summary>
    /// <param name="sensors">Which.</param>
    /// <param name="measure">One measure, or null for all.</param>
    /// <param name="from">From this moment.</param>
    /// <param name="to">Until before this moment.</param>
    /// <param name="resolution">How fine.</param>
    /// <param name="limit">At most so many points.</param>
    public async ValueTask<IReadOnlyList<HistoryPoint>> HistoryAsync(
        IEnumerable<TwinId> sensors, Measure? measure, DateTimeOffset from, DateTimeOffset to, Resolution resolution, int limit)
    {
        if (Unfolded > 0)
        {
            await FoldAsync();
        }
        List<HistoryPoint> points = [];
        using SqliteConnection connection = new(_readOnly);
        await connection.OpenAsync();
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

    /// <summary>A sensor's raw readings of the last day, folded ones only, for its statistics after a start.</summary>
    internal IEnumerable<Reading> RawForWarmUp(TwinId sensor, DateTimeOffset now)
    {
        List<HistoryPoint> points = [];
        using SqliteConnection connection = new(_readOnly);
        connection.Open();
        AddRaw(connection, sensor, null, now - WarmUpOver, now + WarmUpOver, int.MaxValue, points);
        return points.OrderBy(p => p.At).Select(p => new Reading(p.Sensor, p.Measure, p.At.ToUnixTimeMilliseconds(), p.Mean));
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
