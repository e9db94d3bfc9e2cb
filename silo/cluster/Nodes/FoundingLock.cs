using CityTwin.Silo.Journal.Postgres;
using Npgsql;

namespace CityTwin.Cluster.Nodes;

/// <summary>Lets one node at a time found the city.</summary>
internal sealed class FoundingLock : IAsyncDisposable
{
    // Another node founds a large city meanwhile.
    private const int PatienceSeconds = 600;

    // Of the schema's advisory locks 0 is the writers', 1 that of making tables, 2 that of readings.
    private const int LockNumber = 3;

    private readonly NpgsqlConnection _connection;
    private readonly int _key;

    private FoundingLock(NpgsqlConnection connection, int key) => (_connection, _key) = (connection, key);

    /// <summary>Waits for the lock.</summary>
    public static async Task<FoundingLock> TakeAsync(NpgsqlDataSource source)
    {
        NpgsqlConnection connection = await source.OpenConnectionAsync();
        int key = WriterLease.KeyOf(new NpgsqlConnectionStringBuilder(source.ConnectionString).SearchPath!);
        await using NpgsqlCommand take = new($"SELECT pg_advisory_lock({key}, {LockNumber})", connection) { CommandTimeout = PatienceSeconds };
        await take.ExecuteNonQueryAsync();
        return new FoundingLock(connection, key);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await using (NpgsqlCommand free = new($"SELECT pg_advisory_unlock({_key}, {LockNumber})", _connection))
        {
            await free.ExecuteNonQueryAsync();
        }
        await _connection.DisposeAsync();
    }
}
