namespace CityTwin.Ml.Duplicates;

/// <summary>A report as the index knows it.</summary>
/// <param name="Case">The case it became.</param>
/// <param name="Category">Its category code.</param>
/// <param name="At">When it was filed.</param>
/// <param name="Latitude">Degrees, WGS 84.</param>
/// <param name="Longitude">Degrees, WGS 84.</param>
/// <param name="Signature">Its text's signature.</param>
public readonly record struct Report(
    string Case, string Category, DateTimeOffset At, double Latitude, double Longitude, TextSignature Signature);

/// <summary>An earlier report that tells of the same thing.</summary>
/// <param name="Case">The earlier case, to be followed instead of opening another.</param>
/// <param name="Score">How alike, 0 to 1.</param>
public readonly record struct Duplicate(string Case, double Score);

/// <summary>Recent reports, searched for one that tells of the same thing: alike in words, near in place, close in time.</summary>
/// <remarks>Bounded: at <see cref="DuplicateOptions.Capacity"/> the oldest leaves. Thread-safe by one lock; a search of 100,000
/// reports takes milliseconds. Columns, not objects: most reports are ruled out by time and place alone.</remarks>
public sealed class DuplicateIndex
{
    private const double MetresADegree = 111_320;
    private const long Gone = long.MinValue;
    private readonly DuplicateOptions options;
    private readonly Lock access = new();
    private readonly long[] ticks;
    private readonly float[] latitudes, longitudes;
    private readonly TextSignature[] signatures;
    private readonly string[] cases, categories;
    private readonly int[] earlier;
    private readonly Dictionary<string, int> latest = [];
    private int next, count;

    /// <summary>An empty index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public DuplicateIndex(DuplicateOptions options)
    {
        options.Validate();
        this.options = options;
        ticks = new long[options.Capacity];
        latitudes = new float[options.Capacity];
        longitudes = new float[options.Capacity];
        signatures = new TextSignature[options.Capacity];
        cases = new string[options.Capacity];
        categories = new string[options.Capacity];
        earlier = new int[options.Capacity];
    }

    /// <summary>How many reports are kept.</summary>
    public int Count
    {
        get
        {
            lock (access)
            {
                return count;
            }
        }
    }

    /// <summary>Keeps a report, in the place of the oldest where the index is full.</summary>
    public void Add(in Report report)
    {
        lock (access)
        {
            if (cases[next] is { } gone && latest.TryGetValue(gone, out int last) && last == next)
            {
                latest.Remove(gone);
            }
            ticks[next] = report.At.UtcTicks;
            (latitudes[next], longitudes[next]) = ((float)report.Latitude, (float)report.Longitude);
            (signatures[next], cases[next], categories[next]) = (report.Signature, report.Case, report.Category);
            earlier[next] = latest.TryGetValue(report.Case, out int before) ? before : -1;
            latest[report.Case] = next;
            next = (next + 1) % ticks.Length;
            count = Math.Min(count + 1, ticks.Length);
        }
    }

    /// <summary>Forgets all reports of a case: it has ended, and what is reported now is something new.</summary>
    public void Remove(string caseId) => Change(caseId, place =>
    {
        ticks[place] = Gone;
        cases[place] = null!;
    });

    /// <summary>Gives all reports of a case another category.</summary>
    public void Recategorise(string caseId, string category) => Change(caseId, place => categories[place] = category);

    /// <summary>The reports kept, oldest first, that lie within the longest time apart of a moment: all that will ever be found from then on.</summary>
    public IReadOnlyList<Report> Since(DateTimeOffset now)
    {
        List<Report> kept = [];
        lock (access)
        {
            for (int n = 0; n < count; n++)
            {
                int i = (next - count + n + ticks.Length) % ticks.Length;
                if (ticks[i] != Gone && now.UtcTicks - ticks[i] <= options.TimeMax.Ticks)
                {
                    kept.Add(new(cases[i], categories[i], new(ticks[i], TimeSpan.Zero), latitudes[i], longitudes[i], signatures[i]));
                }
            }
        }
        return kept;
    }

    /// <summary>The kept report most like this one, or null where none is like enough.</summary>
    public Duplicate? Find(in Report report) => Find(report, 1) is [var best] ? best : null;

    /// <summary>The cases whose reports are most like this one, the most alike first; those not like enough are left out.</summary>
    /// <param name="report">The report.</param>
    /// <param name="most">At most so many cases, at least 1.</param>
    public IReadOnlyList<Duplicate> Find(in Report report, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        double cosine = Math.Cos(report.Latitude * Math.PI / 180);
        long at = report.At.UtcTicks;
        List<Duplicate> found = [];
        lock (access)
        {
            for (int i = 0; i < count; i++)
            {
                if (ticks[i] == Gone || Math.Abs(ticks[i] - at) is var apart && apart > options.TimeMax.Ticks)
                {
                    continue;
                }
                double north = (latitudes[i] - report.Latitude) * MetresADegree;
                double east = (longitudes[i] - report.Longitude) * MetresADegree * cosine;
                double square = (north * north) + (east * east);
                if (square <= options.DistanceMax * options.DistanceMax && Score(report, i, Math.Sqrt(square), apart) is var score && score >= options.ScoreMin)
                {
                    Rank(found, new(cases[i], score), most);
                }
            }
        }
        return found;
    }

    /// <summary>How alike two reports are, 0 to 1; 0 where they are too far apart in place or time.</summary>
    public static double Compare(in Report one, in Report other, DuplicateOptions options)
    {
        DuplicateIndex single = new(options with { Capacity = 1, ScoreMin = double.Epsilon });
        single.Add(other);
        return single.Find(one)?.Score ?? 0;
    }

    // A case stands once, at its best; one that scores the same as another stays behind the one found first.
    private static void Rank(List<Duplicate> found, Duplicate candidate, int most)
    {
        int same = found.FindIndex(f => f.Case == candidate.Case);
        if (same >= 0 && found[same].Score >= candidate.Score)
        {
            return;
        }
        if (same >= 0)
        {
            found.RemoveAt(same);
        }
        int place = found.FindIndex(f => f.Score < candidate.Score);
        found.Insert(place < 0 ? found.Count : place, candidate);
        if (found.Count > most)
        {
            found.RemoveAt(most);
        }
    }

    // Goes from the latest report of a case to the earlier ones; a place that was taken since ends the chain.
    private void Change(string caseId, Action<int> change)
    {
        lock (access)
        {
            if (!latest.Remove(caseId, out int place))
            {
                return;
            }
            int first = place;
            for (int n = 0; n < count && place >= 0 && cases[place] == caseId; n++)
            {
                int before = earlier[place];
                change(place);
                place = before;
            }
            if (cases[first] == caseId)
            {
                latest[caseId] = first;
            }
        }
    }

    private double Score(in Report report, int i, double metres, long apart)
    {
        double similarity = signatures[i].Similarity(report.Signature);
        if (similarity < options.SimilarityMin)
        {
            return 0;
        }
        if (categories[i] == report.Category)
        {
            similarity += options.PlaceWeight * (1 - (metres / options.DistanceMax));
            similarity += options.TimeWeight * (1 - (apart / (double)options.TimeMax.Ticks));
        }
        return Math.Min(1, similarity);
    }
}
