using System.Data.Common;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using Npgsql;

namespace CityTwin.Cluster.Nodes;

/// <summary>The journal's address as a node uses it.</summary>
internal static class NodeAddress
{
    private const int PoolMax = 10;

    /// <summary>Reads the address; unless it says otherwise, each of a node's three pools keeps at most 10 connections.</summary>
    /// <exception cref="JournalException">It is not a connection string.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string journal)
    {
        NpgsqlConnectionStringBuilder address = PostgresAddress.Parse(journal);
        // The builder of Npgsql says of every word it knows that it has it; its text has those that were given.
        DbConnectionStringBuilder given = new() { ConnectionString = address.ConnectionString };
        if (!given.ContainsKey("Maximum Pool Size"))
        {
            address.MaxPoolSize = PoolMax;
        }
        return address;
    }
}
