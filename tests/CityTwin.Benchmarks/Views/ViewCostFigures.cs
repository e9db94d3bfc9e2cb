using System.Buffers;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Benchmarks.Runtime;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.Benchmarks.Views;

/// <summary>What each view that the program feeds costs a command: processor time and memory, over events that a city really made.</summary>
public sealed class ViewCostFigures : IFigureSource
{
    private const int Filings = 30_000;
    private const int Rounds = 3;

    /// <inheritdoc/>
    public string Area => "views";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var recorder = new Recorder();
        await using BenchCity bench = await BenchCity.OpenAsync([recorder]);
        progress("filing reports and dossiers, and taking some back");
        int commands = await LiveAsync(bench);
        await bench.City.DisposeAsync();
        RecordedEvent[] events = [.. recorder.Events];

        progress("feeding each view alone");
        (double Microseconds, double Bytes) sum = default;
        var options = new ServeOptions { City = bench.Definition, Journal = Path.Combine(bench.Folder, "unused.db"), Clock = CityClock.Driven(BenchCity.Start) };
        for (int n = 0; n < new CityViews(options).All.Count; n++)
        {
            (double Microseconds, double Bytes) best = (double.MaxValue, 0);
            string name = "";
            for (int round = 0; round < Rounds; round++)
            {
                IView view = new CityViews(options).All[n];
                name = view.Name;
                (double microseconds, double bytes) = Feed(view, events, commands);
                best = microseconds < best.Microseconds ? (microseconds, bytes) : best;
            }
            sum = (sum.Microseconds + best.Microseconds, sum.Bytes + best.Bytes);
            yield return new Figure(Area, $"view '{name}', processor time a command", best.Microseconds, "µs", null, Better.Lower, null, $"{best.Bytes:N0} bytes allocated; the best of {Rounds} rounds over {events.Length:N0} events of {commands:N0} commands");
        }
        yield return new Figure(Area, "all views, processor time a command", sum.Microseconds, "µs", 20, Better.Lower, null, $"{sum.Bytes:N0} bytes allocated; reports and dossiers filed, every third taken back; {(double)events.Length / commands:0.0} events a command");
    }

    private static async Task<int> LiveAsync(BenchCity bench)
    {
        await SendAsync(bench, 1, Filings, n => (TwinId.Case(n + 1), n % 3 == 2 ? Dossier(bench, n) : bench.Report(n)));
        await SendAsync(bench, 2, Filings / 3, n => (TwinId.Case((3 * n) + 1), new CaseCommand.Withdraw("đã tự xử lý")));
        return Filings + (Filings / 3);
    }

    private static CaseCommand.FileDossier Dossier(BenchCity bench, int n) =>
        new("1.000894", bench.Definition.Offices[n % 40].Profile.Id, TwinId.Citizen((n % 5_000) + 1), Channel.OnlinePortal, []);

    private static async Task SendAsync(BenchCity bench, int series, int count, Func<int, (TwinId Target, TwinCommand Command)> make)
    {
        for (int from = 0; from < count; from += 1_000)
        {
            await Task.WhenAll(Enumerable.Range(from, Math.Min(1_000, count - from)).Select(async n =>
            {
                (TwinId target, TwinCommand command) = make(n);
                Reply reply = await bench.Runtime.SendAsync(target, command, BenchCity.Id(series, n));
                if (reply.Status != ReplyStatus.Accepted)
                {
                    throw new InvalidOperationException($"{target}: {reply.Status} {reply.Refusal}");
                }
            }));
        }
    }

    private static (double Microseconds, double Bytes) Feed(IView view, RecordedEvent[] events, int commands)
    {
        GC.Collect();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan began = ThreadClock.Now;
        foreach (ref readonly RecordedEvent recorded in events.AsSpan())
        {
            view.Apply(recorded);
        }
        double microseconds = (ThreadClock.Now - began).TotalMicroseconds;
        return (microseconds / commands, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)commands);
    }

    private sealed class Recorder : IView
    {
        public List<RecordedEvent> Events { get; } = [];

        public string Name => "recorder";

        public void Apply(in RecordedEvent recorded) => Events.Add(recorded);

        public void Flush(long position, DateTimeOffset at)
        {
        }

        public void Save(IBufferWriter<byte> output)
        {
        }

        public bool Load(ReadOnlySpan<byte> saved) => false;
    }
}
