using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Benchmarks.Runtime;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Exports;
using CityTwin.Silo.Journal;

namespace CityTwin.Benchmarks.Journal;

/// <summary>How fast a journal becomes an event log for process mining, and that the log has every event of the journal and no other.</summary>
public sealed class ProcessLogFigures : IFigureSource
{
    private const int Cases = 30_000;

    /// <inheritdoc/>
    public string Area => "journal";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        progress("filing and withdrawing reports");
        await using BenchCity bench = await BenchCity.OpenAsync([]);
        for (int from = 0; from < Cases; from += 1_000)
        {
            await Task.WhenAll(Enumerable.Range(from, 1_000).Select(async n => await bench.Runtime.SendAsync(TwinId.Case(n + 1), bench.Report(n), BenchCity.Id(1, n))));
            await Task.WhenAll(Enumerable.Range(from, 1_000).Where(n => n % 3 == 0).Select(async n => await bench.Runtime.SendAsync(TwinId.Case(n + 1), new CaseCommand.Withdraw(null), BenchCity.Id(2, n))));
        }
        await bench.City.DisposeAsync();
        string journal = Path.Combine(bench.Folder, "city.db");
        (long cases, long events) = Count(journal);
        foreach (LogFormat format in Enum.GetValues<LogFormat>())
        {
            progress($"writing {format}");
            string file = Path.Combine(bench.Folder, "log");
            long began = Stopwatch.GetTimestamp();
            LogTotals totals = ProcessLogExport.Write(journal, file, format, new LogScope());
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            yield return new Figure(Area, $"event log, {format}", totals.Events / seconds, "events/s", null, Better.Higher, null, $"{totals.Cases:N0} cases, {totals.Events:N0} events, {new FileInfo(file).Length / 1e6:0.0} MB");
            yield return new Figure(Area, $"event log, {format}: difference from the journal", Math.Abs(totals.Events - events) + Math.Abs(totals.Cases - cases), "events and cases", 0, Better.Lower, null,
                $"the journal read event by event has {cases:N0} cases with {events:N0} events");
        }
    }

    private static (long Cases, long Events) Count(string path)
    {
        using IJournal journal = JournalFactory.Open(path, CityTwins.Types);
        HashSet<TwinId> cases = [];
        long events = 0;
        foreach (RecordedEvent recorded in journal.ReadForward(0, journal.Position))
        {
            if (recorded.Event is CaseEvent)
            {
                cases.Add(recorded.Twin);
                events++;
            }
        }
        return (cases.Count, events);
    }
}
