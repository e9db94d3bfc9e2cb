using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.Benchmarks.Views;

/// <summary>The live view: how fast it is fed, how large a million open cases are, how long lists and the board take on them.</summary>
public sealed class ViewFigures : IFigureSource
{
    private const int OpenCases = 1_000_000;
    private const int Communes = 168;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public string Area => "query";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        progress("feeding the live view with 1,000,000 cases");
        RecordedEvent[] events = Events();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var view = new CityView(WorkCalendar.Usual);
        long began = Stopwatch.GetTimestamp();
        foreach (ref readonly RecordedEvent recorded in events.AsSpan())
        {
            view.Apply(recorded);
        }
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        yield return new Figure(Area, "live view, feed", events.Length / seconds, "events/s", 500_000, Better.Higher, null, "3 events a case, one thread, readers idle");

        long size = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(events);
        yield return new Figure(Area, "live view, memory of 1,000,000 open cases", size / 1e6, "MB", 150, Better.Lower, null, "index and board, managed bytes");

        progress("listing and saving");
        var overdue = new CaseFilter { Office = TwinId.Commune(7), Stage = CaseStage.InProgress };
        yield return new Figure(Area, "list of 50 by deadline, one office of 168", Milliseconds(() => view.Cases.List(new CaseQuery(overdue, CaseOrder.DueAt, false, 50))), "ms", null, Better.Lower, null, "scan of 1,000,000 rows, median of 15");
        yield return new Figure(Area, "list of 50 by deadline, whole city", Milliseconds(() => view.Cases.List(new CaseQuery(new CaseFilter(), CaseOrder.DueAt, false, 50))), "ms", null, Better.Lower, null, "scan of 1,000,000 rows, median of 15");
        yield return new Figure(Area, "board of 168 offices", Milliseconds(() => (view.Board.City(Start), view.Board.Offices(Start))), "ms", null, Better.Lower, null, "median of 15");
        var saved = new ArrayBufferWriter<byte>(128 * 1024 * 1024);
        yield return new Figure(Area, "live view, saving 1,000,000 cases", Milliseconds(() => Save(view, saved)), "ms", null, Better.Lower, null, "median of 15");
        yield return new Figure(Area, "live view, loading 1,000,000 cases", Milliseconds(() => new CityView(WorkCalendar.Usual).Load(saved.WrittenSpan)), "ms", null, Better.Lower, null, "median of 15");
    }

    private static int Save(CityView view, ArrayBufferWriter<byte> into)
    {
        into.ResetWrittenCount();
        view.Save(into);
        return into.WrittenCount;
    }

    private static RecordedEvent[] Events()
    {
        var offices = new TwinId[Communes];
        for (int i = 0; i < Communes; i++)
        {
            offices[i] = TwinId.Commune(i + 1);
        }
        var events = new RecordedEvent[OpenCases * 3];
        for (int i = 0; i < OpenCases; i++)
        {
            TwinId office = offices[i * 31 % Communes];
            var desk = TwinId.Desk((office.Number * 100) + 1 + (i % 4));
            var id = TwinId.Case(((long)i << 17) + 1);
            DateTimeOffset at = Start.AddSeconds(i);
            var filed = new CaseEvent.CaseFiled(
                at, CaseKind.Dossier, "1.000894", office, office, TwinId.Citizen(i % 300_000), Channel.OnlinePortal, Urgency.Normal, at.AddMinutes(i * 7919L % 20_000),
                "civil-status", 20, [], [], null, null);
            events[i] = new RecordedEvent(i + 1, id, 1, 0, at, default, filed);
            events[OpenCases + i] = new RecordedEvent(OpenCases + i + 1, id, 2, i + 1, at, default, new CaseEvent.CaseQueued(at, office, desk));
            events[(2 * OpenCases) + i] = new RecordedEvent((2 * OpenCases) + i + 1, id, 3, OpenCases + i + 1, at, default, new CaseEvent.WorkStarted(at, desk, TwinId.Official((office.Number * 1000) + 1)));
        }
        return events;
    }

    private static double Milliseconds<T>(Func<T> work)
    {
        var times = new double[15];
        for (int i = 0; i < times.Length; i++)
        {
            long began = Stopwatch.GetTimestamp();
            GC.KeepAlive(work());
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[times.Length / 2];
    }
}
