using CityTwin.Grains;
using Npgsql;

namespace CityTwin.Cluster.Deadlines;

/// <summary>The armed deadlines of all twins. Each due one is claimed by one node for a while; the twin's own turn replaces its row.</summary>
internal sealed class DeadlineTable(NpgsqlDataSource source)
{
    /// <summary>After so long a claim that came to nothing, because its node died, is free again.</summary>
    public static readonly TimeSpan ClaimExpiry = TimeSpan.FromSeconds(5);

    /// <summary>Claims deadlines that are due, the earliest first; rows that another node is claiming at the same time are passed over.</summary>
    public async Task<List<(TwinId Twin, DateTimeOffset Due)>> ClaimAsync(DateTimeOffset now, int most)
    {
        await using NpgsqlCommand command = source.CreateCommand($"""
            UPDATE cluster_deadlines AS d SET claimed = clock_timestamp() FROM (
                SELECT twin FROM cluster_deadlines
                WHERE due <= $1 AND (claimed IS NULL OR claimed < clock_timestamp() - interval '{(int)ClaimExpiry.TotalMilliseconds} milliseconds')
                ORDER BY due LIMIT $2 FOR UPDATE SKIP LOCKED) AS next
            WHERE d.twin = next.twin RETURNING d.twin, d.due
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        List<(TwinId, DateTimeOffset)> due = [];
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            due.Add((TwinId.FromValue(rows.GetInt64(0)), new DateTimeOffset(rows.GetDateTime(1), TimeSpan.Zero)));
        }
        due.Sort(static (a, b) => a.Item2.CompareTo(b.Item2));
        return due;
    }

    /// <summary>Gives claims back that could not be seen to.</summary>
    public async Task ReleaseAsync(IEnumerable<TwinId> twins)
    {
        await using NpgsqlCommand command = source.CreateCommand("UPDATE cluster_deadlines SET claimed = NULL WHERE twin = ANY($1)");
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. twins.Select(t => t.Value)] });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Whether deadlines are due that nobody has seen to yet, claimed or not.</summary>
    public async Task<bool> HasDueAsync(DateTimeOffset now)
    {
        await using NpgsqlCommand command = source.CreateCommand("SELECT EXISTS (SELECT FROM cluster_deadlines WHERE due <= $1)");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
