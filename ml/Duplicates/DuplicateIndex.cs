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
    private readonly DuplicateOptions options;
    private readonly Lock access = new();
    private readonly long[] ticks;
    private readonly float[] latitudes, longitudes;
    private readonly TextSignature[] signatures;
    private readonly string[] cases, categories;
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
            ticks[next] = report.At.UtcTicks;
            (latitudes[next], longitudes[next]) = ((float)report.Latitude, (float)report.Longitude);
            (signatures[next], cases[next], categories[next]) = (report.Signature, report.Case, report.Category);
            next = (next + 1) % ticks.Length;
            count = Math.Min(count + 1, ticks.Length);
        }
    }

    /// <summary>The kept report most like this one, or null where none is like enough.</summary>
    public Duplicate? Find(in Report report)
    {
        double cosine = Math.Cos(report.Latitude * Math.PI / 180);
        long at = report.At.UtcTicks;
        (double best, int place) = (0, -1);
        lock (access)
        {
            for (int i = 0; i < count; i++)
            {
                long apart = Math.Abs(ticks[i] - at);
                double north = (latitudes[i] - report.Latitude) * MetresADegree;
                double east = (longitudes[i] - report.Longitude) * MetresADegree * cosine;
                double square = (north * north) + (east * east);
                if (apart <= options.TimeMax.Ticks && square <= options.DistanceMax * options.DistanceMax)
                {
                    double score = Score(report, i, Math.Sqrt(square), apart);
                    (best, place) = score > best ? (score, i) : (best, place);
                }
            }
            return best >= options.ScoreMin ? new(cases[place], best) : null;
        }
    }

    /// <summary>How alike two reports are, 0 to 1; 0 where they are too far apart in place or time.</summary>
    public static double Compare(in Report one, in Report other, DuplicateOptions options)
    {
        DuplicateIndex single = new(options with { Capacity = 1, ScoreMin = double.Epsilon });
        single.Add(other);
        return single.Find(one)?.Score ?? 0;
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
