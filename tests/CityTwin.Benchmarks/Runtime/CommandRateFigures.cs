using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;

namespace CityTwin.Benchmarks.Runtime;

/// <summary>Acknowledged commands per second of the embedded runtime, every one of them durable before its reply.</summary>
public sealed class CommandRateFigures : IFigureSource
{
    private const int Callers = 1_000;
    private const int Cases = 200_000;

    /// <inheritdoc/>
    public string Area => "runtime";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using BenchCity bench = await BenchCity.OpenAsync([]);
        progress("filing cases");
        Run filing = await Run.OfAsync(bench, Callers, Cases, n => (TwinId.Case(n + 1), bench.Report(n)), 1);
        progress("withdrawing cases");
        Run withdrawing = await Run.OfAsync(bench, Callers, Cases, n => (TwinId.Case(n + 1), new CaseCommand.Withdraw("đã tự xử lý")), 2);
        progress("single-turn commands");
        TwinId[] citizens = [.. Enumerable.Range(1, Cases).Select(n => TwinId.Citizen(n))];
        Run single = await Run.OfAsync(bench, Callers, 2 * Cases, n => (citizens[n % Cases], new CitizenCommand.CheckDocuments(TwinId.Case(n % Cases + 1), ["cccd"], ["cccd"])), 3, distinctCase: true);
        string conditions = $"{Callers:N0} concurrent callers in-process, SQLite WAL synchronous=FULL, Huế";
        yield return new Figure(Area, "acknowledged commands, one turn each", single.PerSecond, "commands/s", 100_000, Better.Higher, null,
            $"{2 * Cases:N0} commands, one event each; {conditions}");
        yield return new Figure(Area, "acknowledged filings, four turns each", filing.PerSecond, "commands/s", null, Better.Higher, null,
            $"{Cases:N0} reports: case, commune, desk and case again; {conditions}; p50 {filing.P50Ms:0.0} ms, p99 {filing.P99Ms:0.0} ms");
        yield return new Figure(Area, "acknowledged withdrawals, three turns each", withdrawing.PerSecond, "commands/s", null, Better.Higher, null,
            $"{Cases:N0} withdrawals: case, desk and commune; {conditions}");
        yield return new Figure(Area, "turns", filing.TurnsPerSecond, "turns/s", null, Better.Higher, null, $"while filing; {conditions}");
        yield return new Figure("journal", "bytes per event", bench.City.Journal.SizeBytes / (double)bench.Runtime.Position, "B", null, Better.Lower, null,
            $"SQLite file and log over {bench.Runtime.Position:N0} events");
        yield return new Figure("journal", "events per commit", bench.City.Statistics.Events / (double)bench.City.Statistics.Batches, "events", null, Better.Higher, null, conditions);
    }

    private sealed record Run(double PerSecond, double TurnsPerSecond, double P50Ms, double P99Ms)
    {
        public static async Task<Run> OfAsync(
            BenchCity bench, int callers, int commands, Func<int, (TwinId Target, TwinCommand Command)> make, int series, bool distinctCase = false)
        {
            int next = 0;
            double[] latencies = new double[commands];
            long events = bench.Runtime.Position;
            long began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            Array.Sort(latencies);
            return new Run(commands / seconds, (bench.Runtime.Position - events) / seconds, latencies[commands / 2], latencies[commands * 99 / 100]);

            async Task CallAsync()
            {
                for (int n = Interlocked.Increment(ref next) - 1; n < commands; n = Interlocked.Increment(ref next) - 1)
                {
                    (TwinId target, TwinCommand command) = make(n);
                    long sent = Stopwatch.GetTimestamp();
                    Reply reply = await bench.Runtime.SendAsync(target, command, BenchCity.Id(series, n));
                    latencies[n] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                    if (reply.Status != ReplyStatus.Accepted)
                    {
                        throw new InvalidOperationException($"{target}: {reply.Status} {reply.Refusal}");
                    }
                }
            }
        }
    }
}
