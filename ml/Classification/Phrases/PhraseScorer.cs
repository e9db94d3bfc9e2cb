using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using CityTwin.Ml.Classification.Model;

namespace CityTwin.Ml.Classification.Phrases;

/// <summary>The phrase networks, multiplied out: what each word adds to every filter at each of the three places is one row, so reading
/// a word is one look-up and a few hundred additions.</summary>
/// <remarks>Immutable; any number of threads may read, each with its own <see cref="Reading"/>.</remarks>
internal sealed class PhraseScorer
{
    private readonly RowTable words;
    private readonly RowTable plainWords;
    private readonly float[] biases;
    private readonly float[] outputs;
    private readonly float[] outputBiases;
    private readonly float[] nothing;
    private readonly int filters;
    private readonly int stride;

    /// <summary>Multiplies networks out. <paramref name="stride"/>: floats a row of scores, at least the model's labels, a multiple of 8.</summary>
    /// <exception cref="InvalidDataException">The weights do not fit each other.</exception>
    internal PhraseScorer(PhraseWeights weights, int labels, int stride)
    {
        (Weights, this.stride) = (weights, stride);
        filters = weights.Nets.Count * PhraseNet.FilterCount;
        int rows = weights.Written.Length + weights.Plain.Length;
        if (weights.PlainOfWritten.Length != weights.Written.Length || weights.Nets.Any(n => n.Rows.Length != rows * PhraseNet.Dimension
            || n.Filters.Length != PhraseNet.Width * PhraseNet.Dimension * PhraseNet.FilterCount || n.FilterBiases.Length != PhraseNet.FilterCount
            || n.Outputs.Length != labels * PhraseNet.FilterCount || n.OutputBiases.Length != labels))
        {
            throw new InvalidDataException("The model's phrase networks do not fit its words or labels.");
        }
        biases = [.. weights.Nets.SelectMany(n => n.FilterBiases)];
        nothing = new float[PhraseNet.Width * filters];
        outputs = new float[filters * stride];
        outputBiases = new float[labels];
        foreach (PhraseWeights.Net net in weights.Nets)
        {
            TensorPrimitives.Add(outputBiases, net.OutputBiases, outputBiases);
        }
        for (int f = 0; f < filters; f++)
        {
            weights.Nets[f / PhraseNet.FilterCount].Outputs.AsSpan(f % PhraseNet.FilterCount * labels, labels).CopyTo(outputs.AsSpan(f * stride));
        }
        float[] plain = new float[weights.Plain.Length * nothing.Length];
        float[] written = new float[weights.Written.Length * nothing.Length];
        for (int n = 0; n < weights.Nets.Count; n++)
        {
            MultiplyOut(weights.Nets[n], weights.Written.Length, plain, n);
            MultiplyOut(weights.Nets[n], 0, written, n);
        }
        plainWords = new(weights.Plain, plain, nothing.Length);
        for (int w = 0; w < weights.Written.Length; w++)
        {
            ReadOnlySpan<float> also = plainWords.Find(weights.PlainOfWritten[w]);
            Span<float> row = written.AsSpan(w * nothing.Length, nothing.Length);
            TensorPrimitives.Add(row, also.IsEmpty ? nothing : also, row);
        }
        words = new(weights.Written, written, nothing.Length);
    }

    /// <summary>What it was made from.</summary>
    internal PhraseWeights Weights { get; }

    /// <summary>Filters of all networks.</summary>
    internal int Filters => filters;

    /// <summary>Floats that a <see cref="Reading"/> needs.</summary>
    internal int RoomLength => 3 * filters;

    /// <summary>Begins a text in <paramref name="room"/>, of at least <see cref="RoomLength"/> floats.</summary>
    internal Reading Begin(Span<float> room) => new(this, room);

    /// <summary>What a word adds to each filter as the first, the middle and the last of its window.</summary>
    internal ReadOnlySpan<float> RowOf(ulong hash, ulong plainHash)
    {
        ReadOnlySpan<float> row = words.Find(hash);
        row = row.IsEmpty ? plainWords.Find(plainHash) : row;
        return row.IsEmpty ? nothing : row;
    }

    /// <summary>What a filter adds by itself.</summary>
    internal float BiasOf(int filter) => biases[filter];

    /// <summary>The scores of an excitement of 1.</summary>
    internal ReadOnlySpan<float> OutputsOf(int filter) => outputs.AsSpan(filter * stride, stride);

    private void MultiplyOut(PhraseWeights.Net net, int firstRow, float[] into, int number)
    {
        Span<float> row = stackalloc float[PhraseNet.Dimension];
        for (int r = 0; r < into.Length / nothing.Length; r++)
        {
            TensorPrimitives.ConvertToSingle(net.Rows.AsSpan((firstRow + r) * PhraseNet.Dimension, PhraseNet.Dimension), row);
            for (int place = 0; place < PhraseNet.Width; place++)
            {
                Span<float> to = into.AsSpan((r * nothing.Length) + (place * filters) + (number * PhraseNet.FilterCount), PhraseNet.FilterCount);
                for (int d = 0; d < row.Length; d++)
                {
                    int weights = ((place * PhraseNet.Dimension) + d) * PhraseNet.FilterCount;
                    TensorPrimitives.MultiplyAdd(net.Filters.AsSpan(weights, PhraseNet.FilterCount), row[d], to, to);
                }
            }
        }
    }

    /// <summary>A text being read, word after word.</summary>
    internal readonly ref struct Reading
    {
        private readonly PhraseScorer scorer;
        private readonly Span<float> most;
        private readonly Span<float> open;
        private readonly Span<float> carried;

        internal Reading(PhraseScorer scorer, Span<float> room)
        {
            this.scorer = scorer;
            most = room[..scorer.filters];
            open = room.Slice(scorer.filters, scorer.filters);
            carried = room.Slice(2 * scorer.filters, scorer.filters);
            most.Clear();
            // Before the first word no window is open: nothing it holds can excite.
            open.Fill(float.NegativeInfinity);
            scorer.biases.CopyTo(carried);
        }

        /// <summary>Reads the next word: closes the window in whose last place it stands, and goes on with the two others.</summary>
        internal void Next(ulong hash, ulong plainHash)
        {
            ReadOnlySpan<float> row = scorer.RowOf(hash, plainHash);
            int n = scorer.filters;
            for (int f = 0; f < n; f += 8)
            {
                Vector256<float> closed = Vector256.Create(open[f..]) + Vector256.Create(row[((2 * n) + f)..]);
                Vector256.Max(Vector256.Create(most[f..]), closed).CopyTo(most[f..]);
                (Vector256.Create(carried[f..]) + Vector256.Create(row[(n + f)..])).CopyTo(open[f..]);
                (Vector256.Create<float>(scorer.biases.AsSpan(f)) + Vector256.Create(row[f..])).CopyTo(carried[f..]);
            }
        }

        /// <summary>Ends the text: writes the networks' scores, as many floats as a row of scores has.</summary>
        internal void End(Span<float> scores)
        {
            scores.Clear();
            scorer.outputBiases.CopyTo(scores);
            for (int f = 0; f < scorer.filters; f++)
            {
                float excitement = Math.Max(most[f], open[f]);
                if (excitement > 0)
                {
                    ReadOnlySpan<float> outputs = scorer.OutputsOf(f);
                    Vector256<float> times = Vector256.Create(excitement);
                    for (int c = 0; c < outputs.Length; c += 8)
                    {
                        (Vector256.Create(scores[c..]) + (Vector256.Create(outputs[c..]) * times)).CopyTo(scores[c..]);
                    }
                }
            }
        }
    }
}
