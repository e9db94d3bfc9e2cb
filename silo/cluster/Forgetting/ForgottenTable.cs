using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Operations;
using Npgsql;

namespace CityTwin.Cluster.Forgetting;

/// <summary>Somebody was forgotten.</summary>
/// <param name="Number">Counts up from 1.</param>
/// <param name="Subject">A citizen, or a case that nobody was named for.</param>
/// <param name="Position">The journal's last position then: every event with texts under the destroyed key is at it or before.</param>
internal readonly record struct Forgotten(long Number, TwinId Subject, long Position);

/// <summary>Who was forgotten while nodes were running: told by the database, so that no node misses it.</summary>
internal static class ForgottenTable
{
    /// <summary>Destroys a key, and says so to all nodes in the same transaction. While it runs, no node commits.</summary>
    /// <returns>Whether there was a key.</returns>
    /// <exception cref="JournalException">The keys are being read by a backup, or the database failed: nothing was forgotten.</exception>
    public static bool Add(string journal, TwinId subject)
    {
        try
        {
            NpgsqlConnectionStringBuilder address = new(PostgresAddress.Parse(journal).ConnectionString) { Pooling = false };
            using NpgsqlConnection connection = new(address.ConnectionString);
            connection.Open();
            using (NpgsqlTransaction transaction = connection.BeginTransaction())
            {
                Execute(connection, "SELECT position FROM cluster FOR UPDATE");
                if (!KeyDestruction.Run(sql => Execute(connection, sql), subject))
                {
                    return false;
                }
                Execute(connection, "UPDATE cluster SET forgotten = forgotten + 1");
                Execute(connection, $"INSERT INTO cluster_forgotten SELECT forgotten, {subject.Value}, position FROM cluster");
                transaction.Commit();
            }
            KeyDestruction.TurnLogOver(sql => Execute(connection, sql));
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new JournalException("the keys are being read, by a backup or a verification: nothing was forgotten; try again when that has ended", e);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw new JournalException($"nothing was forgotten: {e.Message}", e);
        }
    }

    /// <summary>The last number given.</summary>
    public static long Last(NpgsqlDataSource source)
    {
        using NpgsqlCommand command = source.CreateCommand("SELECT forgotten FROM cluster");
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Those after a number, in order.</summary>
    public static List<Forgotten> After(NpgsqlDataSource source, long number)
    {
        using NpgsqlCommand command = source.CreateCommand("SELECT number, subject, position FROM cluster_forgotten WHERE number > $1 ORDER BY number");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        using NpgsqlDataReader rows = command.ExecuteReader();
        List<Forgotten> forgotten = [];
        while (rows.Read())
        {
            forgotten.Add(new Forgotten(rows.GetInt64(0), TwinId.FromValue(rows.GetInt64(1)), rows.GetInt64(2)));
        }
        return forgotten;
    }

    private static int Execute(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        return command.ExecuteNonQuery();
    }
}
