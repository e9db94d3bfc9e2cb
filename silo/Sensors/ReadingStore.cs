using CityTwin.Grains;
using CityTwin.Silo.Journal.Postgres;

namespace CityTwin.Silo.Sensors;

/// <summary>The time series of all sensors: raw values in packed chunks, and minute and hour values, in an SQLite file or in PostgreSQL.</summary>
/// <remarks>
/// A commit stores its readings as one block, which is all that durability needs. Blocks are later folded into chunks, in small
/// transactions between the commits; a crash in between is mended by folding again. A reading that is there already, by sensor,
/// measure and time, is not counted again. A block stays until the watches that followed it are stored too. Thread-safe; one writer.
/// </remarks>
public abstract class ReadingStore : IReadingSink, IAsyncDisposable
{
    /// <summary>A minute value's span, s.</summary>
    internal const int MinuteSeconds = 60;

    /// <summary>An hour value's span, s.</summary>
    internal const int HourSeconds = 3_600;

    private const int ChunksPerTransaction = 100;

    private const int BlockReadingsMax = 500_000;

    private static readonly TimeSpan WatchedOver = TimeSpan.FromHours(25);

    private readonly SemaphoreSlim _folding = new(1, 1);
    private long _followed;
    private long _folded;
    private long _unfolded;

    /// <summary>The last batch whose reports the twins have taken. Kept with the next commit or fold.</summary>
    public long Followed
    {
        get => Interlocked.Read(ref _followed);
        set => Interlocked.Exchange(ref _followed, value);
    }

    /// <summary>The number of the last batch that is durable.</summary>
    public abstract long Accepted { get; }

    /// <summary>Readings in blocks that are not folded yet.</summary>
    public long Unfolded => Interlocked.Read(ref _unfolded);

    /// <summary>Opens the time series that one option names, or makes it: a PostgreSQL address, or else a file, whose folder is made too.</summary>
    /// <param name="place">As the journal's option has it.</param>
    /// <exception cref="Journal.JournalException">It cannot be opened, or another process writes it.</exception>
    public static ReadingStore Open(string place) => PostgresAddress.Is(place) ? PostgresReadings.OpenAt(place) : SqliteReadings.OpenFile(place);

    /// <inheritdoc/>
    public abstract ValueTask<long> AcceptAsync(ReadOnlyMemory<Reading> batch);

    /// <summary>The batches after a number that have not been forgotten, in order: those that were not followed are among them.</summary>
    public abstract IEnumerable<(long Number, Reading[] Readings)> BatchesAfter(long number);

    /// <summary>The watches as they were stored last.</summary>
    public abstract IEnumerable<StoredWatch> Watches();

    /// <summary>Stores watches: wholly or not at all. One that is stored as of a later batch stays.</summary>
    public abstract ValueTask SaveAsync(IReadOnlyList<StoredWatch> watches);

    /// <summary>Deletes what is older than it is kept.</summary>
    public abstract ValueTask ExpireAsync(DateTimeOffset now, SensorOptions options);

    /// <summary>Folds the blocks that were followed.</summary>
    public ValueTask FoldAsync() => FoldAsync(forgetUpTo: 0);

    /// <summary>Folds the blocks that were followed, and deletes those up to a number, which the stored watches have followed.</summary>
    public ValueTask ForgetAsync(long upTo) => FoldAsync(upTo);

    private async ValueTask FoldAsync(long forgetUpTo)
    {
        await _folding.WaitAsync();
        try
        {
            while (ReadSome(_folded, Followed) is { Count: > 0 } some)
            {
                foreach (ReadingGroup[] slice in some.Groups.Chunk(ChunksPerTransaction))
                {
                    await FoldAsync(slice);
                }
                _folded = some.LastNumber;
                Interlocked.Add(ref _unfolded, -some.Count);
            }
            if (forgetUpTo > 0)
            {
                await DeleteAsync(Math.Min(forgetUpTo, _folded));
            }
        }
        finally
        {
            _folding.Release();
        }
    }

    /// <summary>The values of some sensors in a period, by sensor, measure and time.</summary>
    /// <param name="sensors">Which.</param>
    /// <param name="measure">One measure, or null for all.</param>
    /// <param name="from">From this moment.</param>
    /// <param name="to">Until before this moment.</param>
    /// <param name="resolution">How fine.</param>
    /// <param name="limit">At most so many points.</param>
    public async ValueTask<IReadOnlyList<HistoryPoint>> HistoryAsync(
        IEnumerable<TwinId> sensors, Measure? measure, DateTimeOffset from, DateTimeOffset to, Resolution resolution, int limit)
    {
        if (Unfolded > 0)
        {
            await FoldAsync();
        }
        return Read(sensors, measure, from, to, resolution, limit);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _folding.WaitAsync();
        await CloseAsync();
        _folding.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A sensor's raw readings of the day up to a moment, folded ones only, in the order of their times.</summary>
    internal IEnumerable<Reading> RawBefore(TwinId sensor, DateTimeOffset at) =>
        Read([sensor], null, at - WatchedOver, at.AddMilliseconds(1), Resolution.Raw, int.MaxValue)
            .OrderBy(p => p.At).Select(p => new Reading(p.Sensor, p.Measure, p.At.ToUnixTimeMilliseconds(), p.Mean));

    /// <summary>Takes up where the stored series stands.</summary>
    private protected void Stand(long followed, long unfolded) => (_followed, _unfolded) = (followed, unfolded);

    /// <summary>A block was stored.</summary>
    private protected void Stored(int count) => Interlocked.Add(ref _unfolded, count);

    /// <summary>Reads folded values.</summary>
    private protected abstract IReadOnlyList<HistoryPoint> Read(
        IEnumerable<TwinId> sensors, Measure? measure, DateTimeOffset from, DateTimeOffset to, Resolution resolution, int limit);

    /// <summary>Adds readings to their chunks, and to the minutes and hours, in one transaction.</summary>
    private protected abstract ValueTask FoldAsync(ReadingGroup[] groups);

    /// <summary>Deletes the blocks up to a number.</summary>
    private protected abstract ValueTask DeleteAsync(long upTo);

    /// <summary>Keeps the mark and closes.</summary>
    private protected abstract ValueTask CloseAsync();

    private (int Count, long LastNumber, List<ReadingGroup> Groups) ReadSome(long after, long upTo)
    {
        List<Reading> readings = [];
        long last = after;
        foreach ((long number, Reading[] block) in BatchesAfter(after))
        {
            if (number > upTo || readings.Count >= BlockReadingsMax)
            {
                break;
            }
            readings.AddRange(block);
            last = number;
        }
        return (readings.Count, last, [.. readings
            .GroupBy(r => (r.Sensor, r.Measure, Start: ReadingChunk.StartOf(r.AtMs)))
            .Select(g => new ReadingGroup(g.Key.Sensor, g.Key.Measure, g.Key.Start, [.. g]))]);
    }
}
