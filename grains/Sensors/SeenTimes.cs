namespace CityTwin.Grains;

/// <summary>Whether a reading of some moment came before.</summary>
public enum Sighting
{
    /// <summary>It did not, and is later than all before it.</summary>
    Newest,

    /// <summary>It did not, and comes late.</summary>
    Late,

    /// <summary>It did.</summary>
    Repeated,

    /// <summary>Its moment is too long ago to know.</summary>
    Unknown,
}

/// <summary>The moments of one sensor's readings of one measure, so that each counts once however often and in whatever order it comes.</summary>
/// <remarks>
/// Moments at equal distances are kept as one run, so that a device with a steady rhythm takes a few bytes for a day of readings;
/// one without takes a run for every other reading. Bounded by <see cref="RunsMax"/>: past it the earliest run is forgotten, and
/// what comes from that time or before is <see cref="Sighting.Unknown"/>. Not thread-safe.
/// </remarks>
public sealed class SeenTimes
{
    /// <summary>Runs kept: 256, which is 8 hours of a device that speaks about once a minute, never to the same second.</summary>
    public const int RunsMax = 256;

    private Run[] _runs = new Run[1];
    private int _count;
    private int _current;
    private long _forgottenMs = long.MinValue;

    /// <summary>The latest moment, ms since 1970; <see cref="long.MinValue"/> before the first.</summary>
    public long LatestMs { get; private set; } = long.MinValue;

    /// <summary>Notes a moment, ms since 1970.</summary>
    public Sighting Add(long atMs)
    {
        if (atMs > LatestMs)
        {
            LatestMs = atMs;
            Append(atMs);
            return Sighting.Newest;
        }
        if (atMs <= _forgottenMs)
        {
            return Sighting.Unknown;
        }
        for (int i = 0; i < _count; i++)
        {
            if (_runs[i].Contains(atMs))
            {
                return Sighting.Repeated;
            }
        }
        Append(atMs);
        return Sighting.Late;
    }

    internal void Save(in CompactWriter writer)
    {
        writer.Whole(_count);
        writer.Whole(_current);
        writer.Whole(LatestMs);
        writer.Whole(_forgottenMs);
        long before = 0;
        for (int i = 0; i < _count; i++)
        {
            Run run = _runs[i];
            writer.Whole(run.Start - before);
            writer.Whole(run.Step);
            writer.Whole(run.Count);
            before = run.Start;
        }
    }

    internal static SeenTimes Load(ref CompactReader reader)
    {
        SeenTimes seen = new() { _count = (int)reader.Whole(), _current = (int)reader.Whole(), LatestMs = reader.Whole(), _forgottenMs = reader.Whole() };
        seen._runs = new Run[Math.Max(1, seen._count)];
        long before = 0;
        for (int i = 0; i < seen._count; i++)
        {
            seen._runs[i] = new Run(before += reader.Whole(), reader.Whole(), reader.Whole());
        }
        return seen;
    }

    private void Append(long atMs)
    {
        if (_count > 0 && _runs[_current].TryExtend(atMs))
        {
            return;
        }
        for (int i = 0; i < _count; i++)
        {
            if (_runs[i].Count > 1 && _runs[i].TryExtend(atMs))
            {
                _current = i;
                return;
            }
        }
        _current = _count < RunsMax ? _count++ : Forget();
        if (_current == _runs.Length)
        {
            Array.Resize(ref _runs, Math.Min(RunsMax, 2 * _runs.Length));
        }
        _runs[_current] = new Run(atMs, 0, 1);
    }

    /// <summary>Forgets the run that ends first; gives its place.</summary>
    private int Forget()
    {
        int first = 0;
        for (int i = 1; i < _count; i++)
        {
            first = _runs[i].End < _runs[first].End ? i : first;
        }
        _forgottenMs = Math.Max(_forgottenMs, _runs[first].End);
        return first;
    }

    /// <summary>Moments at equal distances.</summary>
    private record struct Run(long Start, long Step, long Count)
    {
        public readonly long End => Start + (Step * (Count - 1));

        public readonly bool Contains(long atMs) =>
            atMs == Start || (Step > 0 && atMs > Start && atMs <= End && (atMs - Start) % Step == 0);

        public bool TryExtend(long atMs)
        {
            if (Count == 1 && atMs > Start)
            {
                Step = atMs - Start;
            }
            else if (Count == 1 || atMs != Start + (Step * Count))
            {
                return false;
            }
            Count++;
            return true;
        }
    }
}
