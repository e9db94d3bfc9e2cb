using System.Buffers;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Personal;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Queries;

/// <summary>Limits of the query view.</summary>
public sealed class QueryViewOptions
{
    /// <summary>Finished cases that can be asked for; the oldest go first. 0 to 100,000,000, default 1,000,000 (about 170 bytes each).</summary>
    public int FinishedCasesMax { get; init; } = 1_000_000;

    /// <summary>
    /// Changes of cases that are kept, so that pages and live subscriptions can go on from a slightly earlier position without the journal.
    /// 1,024 to 10,000,000, default 65,536 (about 210 bytes each; a quarter as many of every other kind).
    /// </summary>
    public int ChangesMax { get; init; } = 65_536;

    /// <summary>Whether the words of what citizens report can be searched. Default true.</summary>
    public bool SearchesTexts { get; init; } = true;
}

/// <summary>The live state of every twin, to be asked for by queries: rows and indexes, made of events alone.</summary>
/// <remarks>
/// Fed by one thread; queries may run on any thread, and let the feed go on after every thousand rows. The words of reports are not in
/// the saved form: after a restart they come back from the live states, see <see cref="NeedsTexts"/>.
/// </remarks>
public sealed class QueryView : IView
{
    private const long Format = 0x43545156_00000001;

    private readonly QueryViewOptions _options;
    private readonly PositionWaiters _waiters = new();
    private long _position;
    private long _atTicks;
    private bool _needsTexts;

    /// <summary>An empty view.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit out of its range.</exception>
    public QueryView(QueryViewOptions? options = null)
    {
        _options = options ?? new QueryViewOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.FinishedCasesMax, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.FinishedCasesMax, 100_000_000, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.ChangesMax, 1_024, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.ChangesMax, 10_000_000, nameof(options));
        Tables = new QueryTables(_options, Texts);
    }

    /// <inheritdoc/>
    public string Name => "queries";

    /// <summary>The journal position up to which everything is taken in.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>The moment of the last event taken in, UTC.</summary>
    public DateTimeOffset At => new(Volatile.Read(ref _atTicks), TimeSpan.Zero);

    /// <summary>Whether the words of some reports are not known: the view was taken up from a saved form and nobody has filled them in since.</summary>
    public bool NeedsTexts => Volatile.Read(ref _needsTexts);

    /// <summary>Guards the tables: held for one event, or while a thousand rows are copied.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>The tables.</summary>
    internal QueryTables Tables { get; }

    /// <summary>The words of reports.</summary>
    internal TextIndex Texts { get; } = new();

    /// <summary>Waits until a position is taken in.</summary>
    /// <returns>False when that took longer than allowed.</returns>
    public Task<bool> WaitAsync(long position, TimeSpan timeMax, CancellationToken cancellation) => _waiters.WaitAsync(() => Position, position, timeMax, cancellation);

    /// <inheritdoc/>
    public void Apply(in RecordedEvent recorded)
    {
        lock (Gate)
        {
            Tables.Apply(recorded);
            Volatile.Write(ref _atTicks, recorded.At.UtcTicks);
            Volatile.Write(ref _position, recorded.Position);
        }
    }

    /// <inheritdoc/>
    public void Flush(long position, DateTimeOffset at) => _waiters.Reached(Position);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> output)
    {
        lock (Gate)
        {
            SavedFrame.Save(output, Format, _position, _atTicks, Tables.Save);
        }
    }

    /// <inheritdoc/>
    public bool Load(ReadOnlySpan<byte> saved)
    {
        lock (Gate)
        {
            Clear();
            if (SavedFrame.Load(saved, Format, Tables.Load) is not { } stand)
            {
                Clear();
                return false;
            }
            Volatile.Write(ref _atTicks, stand.AtTicks);
            Volatile.Write(ref _position, stand.Position);
            Volatile.Write(ref _needsTexts, Tables.Cases.Count > 0 && _options.SearchesTexts);
            return true;
        }
    }

    /// <summary>The cases whose words are to be filled in: reports that are in the view.</summary>
    public IReadOnlyList<TwinId> Reports()
    {
        List<TwinId> reports = [];
        lock (Gate)
        {
            for (int place = 0; place < Tables.Cases.Extent; place++)
            {
                ref readonly CaseEntry row = ref Tables.Cases[place];
                if (row.IsThere && row.Row.Kind == CaseKind.Feedback)
                {
                    reports.Add(TwinId.Case(row.Number));
                }
            }
        }
        return reports;
    }

    /// <summary>Fills in what was reported, as the live state has it; nothing for a case that has left the view.</summary>
    public void FillText(TwinId report, string text)
    {
        lock (Gate)
        {
            if (_options.SearchesTexts && text != PersonalTextJson.Erased && Tables.Cases.Find(report.Number) >= 0)
            {
                Texts.Add(report.Number, text);
            }
        }
    }

    /// <summary>Says that all texts are filled in.</summary>
    public void TextsFilled() => Volatile.Write(ref _needsTexts, false);

    /// <inheritdoc/>
    /// <remarks>Of a citizen, the words of everything reported; of a case that nobody was named for, its words.</remarks>
    public void Forget(TwinId subject)
    {
        List<long> numbers = [];
        lock (Gate)
        {
            for (int place = 0; place < Tables.Cases.Extent; place++)
            {
                ref readonly CaseEntry row = ref Tables.Cases[place];
                if (row.IsThere && (row.Row.Citizen == subject.Value || TwinId.Case(row.Number) == subject))
                {
                    numbers.Add(row.Number);
                }
            }
        }
        numbers.ForEach(Texts.Remove);
    }

    private void Clear()
    {
        Tables.Clear();
        Volatile.Write(ref _position, 0);
        Volatile.Write(ref _atTicks, 0);
    }
}
