using System.Diagnostics;
using CityTwin.Benchmarks.Runtime;
using CityTwin.Silo;
using CityTwin.Silo.Journal.Postgres;
using Npgsql;

namespace CityTwin.Benchmarks.Journal;

/// <summary>The usual way to store events: every command inserts its own and commits, on one of 32 pooled connections, into the same table.</summary>
internal static class NaiveInserts
{
    private const int Connections = 32;
    private const int Commands = 20_000;

    /// <summary>Measures the rate.</summary>
    public static async Task<Rate> MeasureAsync(string address)
    {
        PostgresJournal.Open(address, CityTwins.Types).Dispose();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(address + ";Max Auto Prepare=8;Maximum Pool Size=" + Connections);
        int next = 0;
        double[] latencies = new double[Commands];
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            for (int n = Interlocked.Increment(ref next) - 1; n < Commands; n = Interlocked.Increment(ref next) - 1)
            {
                long sent = Stopwatch.GetTimestamp();
                await using NpgsqlCommand insert = source.CreateCommand(
                    "INSERT INTO events (position, twin, version, previous, at, command, type, data) VALUES ($1, $2, 1, 0, $3, gen_random_uuid(), 'LedgerChecked', $4::jsonb)");
                insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = n + 1 });
                insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = n + 1 });
                insert.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = BenchCity.Start.AddMilliseconds(n).UtcDateTime });
                insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = """{"at":"2026-07-01T01:00:00+00:00","case":"case/000000000001","recorded":[{"document":"cccd"}]}""" });
                await insert.ExecuteNonQueryAsync();
                latencies[n] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            }
        })));
        return Rate.Of(Connections, Commands, Stopwatch.GetElapsedTime(began), latencies);
    }
}
