using Npgsql;

namespace CityTwin.Cluster.Nodes;

/// <summary>The moment to which a driven clock was moved, shared by all nodes.</summary>
internal sealed class DrivenTime(NpgsqlDataSource source)
{
    /// <summary>Writes the moment, unless a later one stands there.</summary>
    public async Task WriteAsync(DateTimeOffset moment)
    {
        await using NpgsqlCommand command = source.CreateCommand("UPDATE cluster SET driven_at = greatest(driven_at, $1)");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = moment.UtcDateTime });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The moment; null when no clock was ever driven.</summary>
    public DateTimeOffset? Read()
    {
        using NpgsqlCommand command = source.CreateCommand("SELECT driven_at FROM cluster");
        return command.ExecuteScalar() is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }
}
