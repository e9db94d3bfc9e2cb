using CityTwin.Ml.Classification;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Learning;

/// <summary>When drift is called.</summary>
public sealed record DriftOptions
{
    /// <summary>The most recent messages looked at, 50 to 100,000; default 1,000.</summary>
    public int Window { get; init; } = 1000;

    /// <summary>The fewest messages before anything is said, at least 1; default 200.</summary>
    public int MessagesMin { get; init; } = 200;

    /// <summary>The stability index above which it is an alarm, above 0; default 0.25, the usual bound for a large shift.</summary>
    public double AlarmIndex { get; init; } = 0.25;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 50);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Window, 100_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(MessagesMin, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(AlarmIndex);
    }
}

/// <summary>How far recent messages are from those the model knows.</summary>
/// <param name="Messages">How many recent messages were looked at.</param>
/// <param name="WordIndex">Population stability index of words against the reference, what chance alone makes taken off; 0 is alike.</param>
/// <param name="LabelIndex">The same of the first head's answers against the training labels' shares.</param>
/// <param name="KnownShare">The share of words that the model knows, 0 to 1.</param>
/// <param name="Alarm">Whether an index is above the alarm's.</param>
public readonly record struct DriftReport(int Messages, double WordIndex, double LabelIndex, double KnownShare, bool Alarm);

/// <summary>Watches whether citizens begin to write of other things, or in other words, than the model was trained on.</summary>
/// <remarks>Bounded memory: counts over a ring of recent messages. Thread-safe by one lock.</remarks>
public sealed class DriftMonitor
{
    private const int Buckets = 128;
    private readonly DriftOptions options;
    private readonly Lock access = new();
    private readonly double[] referenceWords;
    private readonly double referenceCount;
    private readonly double[] labelShares;
    private readonly int trainingTexts;
    private readonly Observation[] ring;
    private readonly int[] words = new int[Buckets];
    private readonly int[] labels;
    private int next, count;
    private long read, known;

    /// <summary>Watches a model.</summary>
    /// <param name="model">The running model.</param>
    /// <param name="reference">Messages of the usual kind, as those it was trained on.</param>
    /// <param name="options">When to call drift.</param>
    /// <exception cref="ArgumentException">An option is out of range or the reference has no words.</exception>
    public DriftMonitor(FeedbackModel model, IEnumerable<string> reference, DriftOptions options)
    {
        options.Validate();
        this.options = options;
        int[] counts = new int[Buckets];
        foreach (string text in reference)
        {
            foreach (byte bucket in BucketsOf(text))
            {
                counts[bucket]++;
            }
        }
        referenceCount = counts.Sum();
        if (referenceCount == 0)
        {
            throw new ArgumentException("The reference has no words.", nameof(reference));
        }
        referenceWords = [.. counts.Select(c => c / referenceCount)];
        labels = new int[model.Heads[0].Labels.Count];
        labelShares = [.. model.Card.LabelShares.Take(labels.Length).Select(s => (double)s)];
        trainingTexts = model.Card.TrainingTexts;
        ring = new Observation[options.Window];
    }

    private readonly record struct Observation(byte[] Buckets, int Label, int Read, int Known);

    /// <summary>Takes a message and its answer into account.</summary>
    public void Observe(string text, Prediction prediction)
    {
        Observation seen = new(BucketsOf(text), prediction.Answers[0].LabelNumber, prediction.WordsRead, prediction.WordsKnown);
        lock (access)
        {
            if (count == ring.Length)
            {
                Count(ring[next], -1);
            }
            ring[next] = seen;
            Count(seen, 1);
            next = (next + 1) % ring.Length;
            count = Math.Min(count + 1, ring.Length);
        }
    }

    /// <summary>How things stand.</summary>
    public DriftReport Report()
    {
        lock (access)
        {
            double wordIndex = Index(words, referenceWords, referenceCount);
            double labelIndex = Index(labels, labelShares, trainingTexts);
            bool alarm = count >= options.MessagesMin && Math.Max(wordIndex, labelIndex) > options.AlarmIndex;
            return new(count, wordIndex, labelIndex, read == 0 ? 0 : known / (double)read, alarm);
        }
    }

    private void Count(Observation seen, int sign)
    {
        foreach (byte bucket in seen.Buckets)
        {
            words[bucket] += sign;
        }
        labels[seen.Label] += sign;
        (read, known) = (read + (sign * seen.Read), known + (sign * seen.Known));
    }

    private static double Index(int[] counts, double[] shares, double referenceCount)
    {
        double total = counts.Sum();
        if (total == 0)
        {
            return 0;
        }
        double index = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double now = (counts[i] + 0.5) / (total + (0.5 * counts.Length));
            double before = ((shares[i] * referenceCount) + 0.5) / (referenceCount + (0.5 * counts.Length));
            index += (now - before) * Math.Log(now / before);
        }
        return Math.Max(0, index - ((counts.Length - 1) * ((1 / total) + (1 / referenceCount))));
    }

    private static byte[] BucketsOf(string text)
    {
        TokenReader reader = new(text, stackalloc char[TokenReader.WordLengthMax]);
        List<byte> buckets = [];
        while (reader.MoveNext())
        {
            buckets.Add((byte)(reader.PlainHash % Buckets));
        }
        return [.. buckets];
    }
}
