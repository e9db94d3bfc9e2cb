using System.Buffers;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Views;

/// <summary>Limits of the live view.</summary>
public sealed class CityViewOptions
{
    /// <summary>Finished cases that stay in lists; the oldest go first. 0 to 100,000,000, default 1,000,000 (64 bytes each).</summary>
    public int FinishedCasesMax { get; init; } = 1_000_000;
}

/// <summary>The live view of the whole city: the board and the index of cases, fed together so that they always agree.</summary>
/// <remarks>Made of events alone, so that it can be rebuilt from zero, or as of any past moment. Readers may be on any thread.</remarks>
public sealed class CityView : IView
{
    private const long Format = 0x43545649_00000003;

    // Before the latest events were saved.
    private const long FormatBefore = 0x43545649_00000002;

    private readonly Lock _gate = new();
    private readonly CityNames _names = new();
    private readonly RecentEvents _recent = new();
    private readonly BoardLedger _ledger;
    private long _position;
    private long _atTicks;

    /// <summary>An empty view.</summary>
    /// <param name="calendar">The city's calendar at its founding; days set since come from events.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit out of its range.</exception>
    public CityView(WorkCalendar calendar, CityViewOptions? options = null)
    {
        int finishedMax = (options ?? new CityViewOptions()).FinishedCasesMax;
        ArgumentOutOfRangeException.ThrowIfNegative(finishedMax, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(finishedMax, 100_000_000, nameof(options));
        _ledger = new BoardLedger(_names, calendar);
        Cases = new CaseIndex(_gate, _names, finishedMax);
        Board = new BoardView(_gate, _names, _ledger, _recent);
    }

    /// <inheritdoc/>
    public string Name => "city";

    /// <summary>The journal position up to which everything is taken in.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>The moment of the last event taken in, UTC.</summary>
    public DateTimeOffset At => new(Volatile.Read(ref _atTicks), TimeSpan.Zero);

    /// <summary>The cases, to be listed.</summary>
    public CaseIndex Cases { get; }

    /// <summary>The board.</summary>
    public BoardView Board { get; }

    /// <inheritdoc/>
    public void Apply(in RecordedEvent recorded)
    {
        lock (_gate)
        {
            switch (recorded.Event)
            {
                case CaseEvent e:
                    if (Cases.Apply(recorded.Twin, e, out CaseRow before, out CaseRow after))
                    {
                        _ledger.Apply(before, after, e);
                        _recent.Add(recorded, _names.Offices[after.Office], _names.Services[after.Service]);
                    }
                    break;
                case DeskEvent e:
                    _ledger.Apply(recorded.Twin, e);
                    break;
                case OfficeEvent e:
                    _ledger.Apply(recorded.Twin, e);
                    break;
                case CityEvent e:
                    _ledger.Apply(e);
                    _recent.Add(recorded, default, "");
                    break;
                default:
                    break;
            }
            Volatile.Write(ref _position, recorded.Position);
            Volatile.Write(ref _atTicks, recorded.At.UtcTicks);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Watchers poll <see cref="Position"/>, so there is nobody to tell.</remarks>
    public void Flush(long position, DateTimeOffset at)
    {
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> output)
    {
        lock (_gate)
        {
            SavedFrame.Save(output, Format, _position, _atTicks, writer =>
            {
                _names.Save(writer);
                _ledger.Save(writer);
                Cases.Save(writer);
                _recent.Save(writer);
            });
        }
    }

    /// <inheritdoc/>
    public bool Load(ReadOnlySpan<byte> saved)
    {
        lock (_gate)
        {
            Clear();
            if ((SavedFrame.Load(saved, FormatBefore, LoadContent) ?? SavedFrame.Load(saved, Format, LoadAll)) is not { } stand)
            {
                Clear();
                return false;
            }
            Volatile.Write(ref _position, stand.Position);
            Volatile.Write(ref _atTicks, stand.AtTicks);
            return true;
        }
    }

    private void LoadAll(ref SavedReader reader, long position)
    {
        LoadContent(ref reader, position);
        _recent.Load(ref reader);
    }

    private void LoadContent(ref SavedReader reader, long position)
    {
        _names.Load(ref reader);
        _ledger.Load(ref reader);
        Cases.Load(ref reader);
    }

    private void Clear()
    {
        _names.Clear();
        _recent.Clear();
        _ledger.Clear();
        Cases.Clear();
        Volatile.Write(ref _position, 0);
        Volatile.Write(ref _atTicks, 0);
    }
}
