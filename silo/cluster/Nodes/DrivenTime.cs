using Npgsql;

namespace CityTwin.Cluster.Nodes;

/// <summary>The moment to which a driven clock was moved, shared by all nodes.</summary>
internal sealed class DrivenTime(NpgsqlDataSource source)
{
    // It need not outlive a crash of the server, for events have their moments: nobody waits for the disk.
    private const string Move = """
        UPDATE cluster_clock SET driven_at = greatest(driven_at, $1) WHERE set_config('synchronous_commit', 'off', true) IS NOT NULL
        """;

    /// <summary>Writes the moment, unless a later one stands there.</summary>
    public async Task WriteAsync(DateTimeOffset moment)
    {
        await using NpgsqlCommand command = source.CreateCommand(Move);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = moment.UtcDateTime });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The moment; null when no clock was ever driven.</summary>
    public DateTimeOffset? Read()
    {
        using NpgsqlCommand command = source.CreateCommand("SELECT driven_at FROM cluster_clock WHERE driven_at > '-infinity'");
        return command.ExecuteScalar() is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }
}
