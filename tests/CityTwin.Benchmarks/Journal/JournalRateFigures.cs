using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Benchmarks.Runtime;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;

namespace CityTwin.Benchmarks.Journal;

/// <summary>Acknowledged commands per second over SQLite and PostgreSQL, with group commit and, as the baseline, with one transaction a command.</summary>
/// <remarks>The baseline uses the same journals and the same rows, one batch for each command, in the same run.</remarks>
public sealed class JournalRateFigures : IFigureSource
{
    private const int Callers = 1_000;
    private const int Commands = 400_000;
    private const int Citizens = 100_000;
    private const int NaiveCommands = 4_000;
    private const double TargetPerSecond = 50_000;

    /// <inheritdoc/>
    public string Area => "journal";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("citytwin-bench-").FullName;
        progress("SQLite, one transaction a command");
        Rate naive = Naive(Path.Combine(folder, "naive.db"));
        yield return Of("SQLite, one transaction a command", naive, null, null);
        progress("SQLite, group commit");
        Rate grouped = await GroupedAsync(Path.Combine(folder, "city.db"));
        yield return Of("SQLite, group commit", grouped, null, naive.PerSecond);
        Directory.Delete(folder, recursive: true);
        using BenchServer? server = BenchServer.TryStart();
        if (server is null)
        {
            progress("PostgreSQL is not installed (Debian's package postgresql): not measured");
            yield break;
        }
        progress("PostgreSQL, one transaction a command");
        naive = Naive(server.Address.Replace("citytwin", "naive", StringComparison.Ordinal));
        yield return Of("PostgreSQL, one transaction a command", naive, null, null);
        Rate pooled = await NaiveInserts.MeasureAsync(server.Address.Replace("citytwin", "inserts", StringComparison.Ordinal));
        yield return Of("PostgreSQL, one bare insert a command, 32 connections", pooled, null, null);
        progress("PostgreSQL, group commit");
        grouped = await GroupedAsync(server.Address);
        yield return Of("PostgreSQL, group commit", grouped, TargetPerSecond, naive.PerSecond);
        yield return new Figure(Area, "PostgreSQL, group commit over one transaction a command", grouped.PerSecond / naive.PerSecond, "times", 10, Better.Higher, null,
            "both of this run, the same journal with one writer");
        yield return new Figure(Area, "PostgreSQL, group commit over bare inserts on 32 connections", grouped.PerSecond / pooled.PerSecond, "times", null, Better.Higher, null,
            "both of this run; the inserts have no twin, no version check, no fence and no order without gaps");
    }

    private Figure Of(string name, Rate rate, double? target, double? baseline) => new(
        Area, name, rate.PerSecond, "commands/s", target, Better.Higher, baseline,
        $"{rate.Commands:N0} commands of one event, {rate.Callers:N0} callers, default durability (fsync, synchronous); p50 {rate.P50Ms:0.00} ms, p99 {rate.P99Ms:0.00} ms");

    private static Rate Naive(string address)
    {
        using IJournal journal = JournalFactory.Open(address, CityTwins.Types);
        double[] latencies = new double[NaiveCommands];
        long began = Stopwatch.GetTimestamp();
        for (int n = 0; n < NaiveCommands; n++)
        {
            long sent = Stopwatch.GetTimestamp();
            CommitBatch batch = new() { Number = n + 1 };
            DateTimeOffset at = BenchCity.Start.AddMilliseconds(n);
            batch.Events.Add(new RecordedEvent(n + 1, TwinId.Citizen(n + 1), 1, 0, at, BenchCity.Id(9, n),
                new CitizenEvent.LedgerChecked(at, TwinId.Case(n + 1), [new GivenDocument("cccd", null)], [], [])));
            journal.Append(batch);
            latencies[n] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        }
        return Rate.Of(1, NaiveCommands, Stopwatch.GetElapsedTime(began), latencies);
    }

    private static async Task<Rate> GroupedAsync(string address)
    {
        await using BenchCity bench = await BenchCity.OpenAsync([], configure: o => o.Journal = address);
        await CallAsync(bench, 50_000, 4);
        return await CallAsync(bench, Commands, 5);
    }

    private static async Task<Rate> CallAsync(BenchCity bench, int commands, int series)
    {
        int next = 0;
        double[] latencies = new double[commands];
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (int n = Interlocked.Increment(ref next) - 1; n < commands; n = Interlocked.Increment(ref next) - 1)
            {
                long sent = Stopwatch.GetTimestamp();
                Reply reply = await bench.Runtime.SendAsync(
                    TwinId.Citizen((n % Citizens) + 1), new CitizenCommand.CheckDocuments(TwinId.Case(n + 1), ["cccd"], ["cccd"]), BenchCity.Id(series, n));
                latencies[n] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                if (reply.Status != ReplyStatus.Accepted)
                {
                    throw new InvalidOperationException($"{reply.Status} {reply.Refusal}");
                }
            }
        })));
        return Rate.Of(Callers, commands, Stopwatch.GetElapsedTime(began), latencies);
    }

}

/// <summary>A measured rate with its latencies.</summary>
internal sealed record Rate(int Callers, int Commands, double PerSecond, double P50Ms, double P99Ms)
{
    /// <summary>Of latencies in milliseconds, which are sorted.</summary>
    public static Rate Of(int callers, int commands, TimeSpan took, double[] latencies)
    {
        Array.Sort(latencies);
        return new Rate(callers, commands, commands / took.TotalSeconds, latencies[commands / 2], latencies[commands * 99 / 100]);
    }
}
