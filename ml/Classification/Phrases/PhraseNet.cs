using System.Numerics;
using System.Numerics.Tensors;

namespace CityTwin.Ml.Classification.Phrases;

/// <summary>A small convolutional network over words (Kim, EMNLP 2014): filters look at three neighbouring words, each keeps the place
/// where it is most excited, and the labels' scores are a weighted sum of those excitements.</summary>
/// <remarks>What a linear model over n-grams can't tell: that a phrase counts once, and what words mean alike. Not thread-safe.</remarks>
internal sealed class PhraseNet
{
    /// <summary>Words that a filter sees at once.</summary>
    internal const int Width = 3;

    /// <summary>Floats a word.</summary>
    internal const int Dimension = 32;

    /// <summary>Filters of one network; a multiple of 8.</summary>
    internal const int FilterCount = 48;

    /// <summary>The most words of a text that are learnt from.</summary>
    internal const int WordsMax = 400;

    /// <summary>A network of small random weights.</summary>
    internal PhraseNet(int rows, int labels, Random random)
    {
        Labels = labels;
        Rows = new(rows * Dimension, 0.25, random);
        Filters = new(Width * Dimension * FilterCount, 1 / Math.Sqrt(Dimension), random);
        FilterBiases = new(FilterCount, 0, random);
        Outputs = new(FilterCount * labels, Math.Sqrt(3.0 / FilterCount), random);
        OutputBiases = new(labels, 0, random);
    }

    /// <summary>How many scores it gives: the labels of all heads.</summary>
    internal int Labels { get; }

    /// <summary>The words' rows, <see cref="Dimension"/> floats each.</summary>
    internal AdamParameter Rows { get; }

    /// <summary>The filters: <see cref="FilterCount"/> floats for each place in the window and dimension.</summary>
    internal AdamParameter Filters { get; }

    /// <summary>What each filter adds.</summary>
    internal AdamParameter FilterBiases { get; }

    /// <summary>The scores of an excitement of 1: <see cref="Labels"/> floats a filter.</summary>
    internal AdamParameter Outputs { get; }

    /// <summary>What is added to each score.</summary>
    internal AdamParameter OutputBiases { get; }

    /// <summary>Reads a text into the room: its words' rows and, of each filter, how excited it was and at which word.</summary>
    /// <param name="words">Two row numbers a word, −1 for none.</param>
    /// <param name="room">Receives.</param>
    internal void Read(ReadOnlySpan<int> words, Room room)
    {
        int count = words.Length / 2;
        Span<float> seen = room.Words.AsSpan(0, (count + 2) * Dimension);
        seen.Clear();
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] >= 0)
            {
                Span<float> to = seen.Slice(((i / 2) + 1) * Dimension, Dimension);
                TensorPrimitives.Add(to, Rows.Values.AsSpan(words[i] * Dimension, Dimension), to);
            }
        }
        Array.Clear(room.Excitement);
        Array.Fill(room.Place, -1);
        Span<float> excited = stackalloc float[FilterCount];
        for (int i = 0; i < count; i++)
        {
            Excite(seen.Slice(i * Dimension, Width * Dimension), excited);
            for (int f = 0; f < FilterCount; f++)
            {
                if (excited[f] > room.Excitement[f])
                {
                    (room.Excitement[f], room.Place[f]) = (excited[f], i);
                }
            }
        }
    }

    /// <summary>The scores of what was read, every filter's excitement times <paramref name="shares"/>.</summary>
    internal void Score(Room room, ReadOnlySpan<float> shares, Span<float> scores)
    {
        OutputBiases.Values.CopyTo(scores);
        for (int f = 0; f < FilterCount; f++)
        {
            if (room.Excitement[f] * shares[f] is not 0 and var excitement)
            {
                TensorPrimitives.MultiplyAdd(Outputs.Values.AsSpan(f * Labels, Labels), excitement, scores, scores);
            }
        }
    }

    private void Excite(ReadOnlySpan<float> window, Span<float> excited)
    {
        FilterBiases.Values.CopyTo(excited);
        for (int j = 0; j < window.Length; j++)
        {
            if (window[j] != 0)
            {
                Vector<float> value = new(window[j]);
                ReadOnlySpan<float> weights = Filters.Values.AsSpan(j * FilterCount, FilterCount);
                for (int f = 0; f < FilterCount; f += Vector<float>.Count)
                {
                    ((new Vector<float>(weights[f..]) * value) + new Vector<float>(excited[f..])).CopyTo(excited[f..]);
                }
            }
        }
    }

    /// <summary>Room for one text at a time.</summary>
    internal sealed class Room
    {
        /// <summary>The words' rows, one empty word before and one after.</summary>
        internal float[] Words { get; } = new float[(WordsMax + 2) * Dimension];

        /// <summary>How excited each filter was at most; at least 0.</summary>
        internal float[] Excitement { get; } = new float[FilterCount];

        /// <summary>At which word, the middle one of its window; −1 where it never was.</summary>
        internal int[] Place { get; } = new int[FilterCount];
    }
}
