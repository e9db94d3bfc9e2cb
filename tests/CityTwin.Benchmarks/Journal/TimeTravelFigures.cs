using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Benchmarks.Runtime;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Operations;
using CityTwin.Silo.Views;

namespace CityTwin.Benchmarks.Journal;

/// <summary>How long the whole board takes as of a past moment of a long journal.</summary>
public sealed class TimeTravelFigures : IFigureSource
{
    private const int Cases = 250_000;
    private const int Together = 1_000;
    private const double TargetMs = 1_000;

    /// <inheritdoc/>
    public string Area => "journal";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        CityDefinition definition = BundledCities.Read("hue");
        string folder = Directory.CreateTempSubdirectory("citytwin-bench-").FullName;
        string file = Path.Combine(folder, "city.db");
        progress("a journal of a million events");
        await using (BenchCity bench = await BenchCity.OpenAsync([new CityView(definition.Rules.Calendar)], configure: o => o.Journal = file))
        {
            for (int n = 0; n < Cases; n += Together)
            {
                Envelope[] filings = [.. Enumerable.Range(n, Together).Select(i => new Envelope(TwinId.Case(i + 1), bench.Report(i), BenchCity.Id(7, i)))];
                await bench.Runtime.SendAsync(filings);
            }
        }
        yield return Measure(file, "SQLite", definition);
        using (BenchServer? server = BenchServer.TryStart())
        {
            if (server is not null)
            {
                progress("the same journal in PostgreSQL");
                JournalTransfer.Migrate(file, server.Address, CityTwins.Types);
                yield return Measure(server.Address, "PostgreSQL", definition);
            }
        }
        Directory.Delete(folder, recursive: true);
    }

    private Figure Measure(string address, string make, CityDefinition definition)
    {
        using IJournal journal = JournalFactory.Open(address, CityTwins.Types);
        List<double> took = [];
        for (int i = 1; i <= 8; i++)
        {
            long began = Stopwatch.GetTimestamp();
            CityView past = new(definition.Rules.Calendar);
            PastViews.Load(journal, past, (journal.Position * i / 8) - 1);
            _ = past.Board.Offices(past.At);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return new Figure(Area, $"the board as of a past moment, {make}, slowest of 8", took.Max(), "ms", TargetMs, Better.Lower, null,
            $"{journal.Position:N0} events, {Cases:N0} open cases at the end; a form kept every {new EmbeddedOptions().PastViewEvery:N0} events; median {took.Order().ElementAt(4):0} ms");
    }
}
