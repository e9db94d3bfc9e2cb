using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Queries;

namespace CityTwin.Benchmarks.Query;

/// <summary>Queries over a million open cases of 3,321 communes while the city goes on at 5,000 events a second.</summary>
public sealed class QueryFigures : IFigureSource
{
    private const int OpenCases = 1_000_000;
    private const int Communes = 3_321;
    private const int EventsPerSecond = 5_000;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);
    private static readonly CityRules Rules = BundledCities.Read("hue").Rules;

    /// <inheritdoc/>
    public string Area => "query";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        progress("filling the query view with 1,000,000 open cases of 3,321 communes");
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var view = new QueryView();
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < OpenCases; i++)
        {
            view.Apply(Filed(i));
        }
        for (int i = 0; i < OpenCases; i++)
        {
            view.Apply(Later(i, OpenCases + i + 1));
        }
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        yield return new Figure(Area, "query view, feed", 2 * OpenCases / seconds, "events/s", 100_000, Better.Higher, null, "2 events a case, one thread, readers idle");
        yield return new Figure(Area, "query view, memory of 1,000,000 open cases", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6, "MB", 250, Better.Lower, null, "rows, four indexes and 65,536 changes, managed bytes");

        var engine = new QueryEngine(view);
        using var feed = new PacedFeed(view, 2 * OpenCases, EventsPerSecond, Later);
        progress("indexed queries during the feed");
        (double median, double p99) = Measure(2_000, i => engine.Answer(Read($"commune==commune/{1 + (i * 37 % Communes)};overdue==true", "deadline", 50), Now));
        yield return new Figure(Area, "commune + overdue, first 50 by deadline, p99", p99, "ms", 5, Better.Lower, null, $"2,000 queries, 1,000,000 open cases, 3,321 communes, feed of 5,000 events/s; median {median:0.###} ms");

        progress("the whole city in order during the feed");
        (median, p99) = Measure(1_000, i => engine.Answer(Read(i % 2 == 0 ? "open==true" : "open==true;urgency>=high", "deadline", 50), Now));
        yield return new Figure(Area, "whole city, first 50 open by deadline, p99", p99, "ms", 10, Better.Lower, null, $"1,000 queries, no commune, every other for one case in seven, during the feed; median {median:0.###} ms");
        (median, p99) = Measure(1_000, _ => engine.Answer(Read("overdue==true", "!deadline", 50), Now));
        yield return new Figure(Area, "whole city, first 50 overdue, latest deadline first, p99", p99, "ms", null, Better.Lower, null, $"1,000 queries, one case in three, during the feed; median {median:0.###} ms");

        progress("full scans during the feed");
        CityQuery scan = CityQuery.Read(new QueryRequest { Type = "case", Q = "urgency>=high;open==true;deadline<now + 400 working hours", GroupBy = "commune", Aggregate = "count" }, Rules.Calendar);
        (median, p99) = Measure(40, _ => engine.Answer(scan, Now));
        yield return new Figure(Area, "full scan, filter and group by commune, median", median, "ms", 150, Better.Lower, null, $"40 queries, 3 conditions, 3,321 groups, during the feed; slowest {p99:0.#} ms");
        CityQuery quantiles = CityQuery.Read(new QueryRequest { Type = "case", Q = "overdue==true", GroupBy = "service,stage", Aggregate = "count,mean(worked),p50(worked),p90(worked)" }, Rules.Calendar);
        (median, p99) = Measure(20, _ => engine.Answer(quantiles, Now));
        yield return new Figure(Area, "full scan, quantiles by service and stage, median", median, "ms", null, Better.Lower, null, $"20 queries during the feed; slowest {p99:0.#} ms");
        (int fed, TimeSpan behind) = feed.Stop();
        yield return new Figure(Area, "feed during the queries", fed / feed.Elapsed.TotalSeconds, "events/s", EventsPerSecond * 0.95, Better.Higher, null, $"5,000 asked for; latest event {behind.TotalMilliseconds:0.#} ms late at most");

        progress("waiting for a position");
        yield return new Figure(Area, "after=: from the feed's flush to the answer, p99", await AfterAsync(view, engine), "ms", 5, Better.Lower, null, "500 queries that wait for the next event, one event a flush");
    }

    private static QueryCircumstances Now => new(Start.AddSeconds(OpenCases), Rules);

    private static CityQuery Read(string q, string order, int limit) =>
        CityQuery.Read(new QueryRequest { Type = "case", Q = q, OrderBy = order, Limit = limit }, Rules.Calendar);

    private static TwinId CommuneOf(long i) => TwinId.Commune((int)(1 + (i * 31 % Communes)));

    private static TwinId CaseOf(long i) => TwinId.Case((i << 17) + 1);

    private static RecordedEvent Filed(int i)
    {
        DateTimeOffset at = Start.AddSeconds(i);
        TwinId commune = CommuneOf(i);
        var filed = new CaseEvent.CaseFiled(
            at, CaseKind.Dossier, i % 3 == 0 ? "1.000894" : "1.004859", commune, commune, TwinId.Citizen(i % 300_000), Channel.OnlinePortal, (Urgency)(i % 7 == 0 ? 1 : 0),
            at.AddMinutes(i * 7919L % 20_000), "civil-status", 20, [], [], null, null);
        return new RecordedEvent(i + 1, CaseOf(i), 1, 0, at, default, filed);
    }

    // Cases are queued, and every third of them passes its deadline, again and again: the city's rows change and stay open.
    private static RecordedEvent Later(long i, long position)
    {
        i %= OpenCases;
        DateTimeOffset at = Start.AddSeconds(OpenCases + (position / 1000.0));
        CaseEvent happened = i % 3 == 0
            ? new CaseEvent.CaseBecameOverdue(at, at)
            : new CaseEvent.CaseQueued(at, CommuneOf(i), TwinId.Desk((CommuneOf(i).Number * 100) + 1 + (i % 4)));
        return new RecordedEvent(position, CaseOf(i), 2, 0, at, default, happened);
    }

    private static async Task<double> AfterAsync(QueryView view, QueryEngine engine)
    {
        var times = new double[500];
        for (int i = 0; i < times.Length; i++)
        {
            long position = view.Position + 1;
            Task<long> answered = Task.Run(async () =>
            {
                await view.WaitAsync(position, TimeSpan.FromSeconds(10), CancellationToken.None);
                engine.Answer(Read($"id=={CaseOf(i)}", "id", 1), Now);
                return Stopwatch.GetTimestamp();
            });
            await Task.Yield();
            view.Apply(Later(i, position));
            long flushed = Stopwatch.GetTimestamp();
            view.Flush(position, Start);
            times[i] = Stopwatch.GetElapsedTime(flushed, await answered).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[(int)(times.Length * 0.99)];
    }

    private static (double Median, double P99) Measure(int count, Func<int, QueryAnswer> ask)
    {
        ask(0);
        var times = new double[count];
        for (int i = 0; i < count; i++)
        {
            long began = Stopwatch.GetTimestamp();
            GC.KeepAlive(ask(i));
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        Array.Sort(times);
        return (times[count / 2], times[Math.Min(count - 1, (int)(count * 0.99))]);
    }
}
