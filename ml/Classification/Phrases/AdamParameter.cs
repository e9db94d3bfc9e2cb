using System.Numerics;

namespace CityTwin.Ml.Classification.Phrases;

/// <summary>Weights, their gradient, and the running moments by which they are moved (Adam with decoupled decay; Loshchilov and Hutter, ICLR 2019).</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class AdamParameter
{
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.999f;
    private const float Least = 1e-8f;
    private readonly float[] first;
    private readonly float[] second;

    /// <summary>Weights drawn evenly between −<paramref name="spread"/> and <paramref name="spread"/>; all nought for a spread of 0.</summary>
    internal AdamParameter(int count, double spread, Random random)
    {
        Values = new float[count];
        Gradient = new float[count];
        first = new float[count];
        second = new float[count];
        for (int i = 0; spread > 0 && i < count; i++)
        {
            Values[i] = (float)(((random.NextDouble() * 2) - 1) * spread);
        }
    }

    /// <summary>The weights.</summary>
    internal float[] Values { get; }

    /// <summary>What has been added up since the last step; a step clears it.</summary>
    internal float[] Gradient { get; }

    /// <summary>The rate that makes up for moments that began at nought, at the <paramref name="step"/>th step from 1.</summary>
    internal static float RateAt(float rate, int step) =>
        rate * MathF.Sqrt(1 - MathF.Pow(SecondDecay, step)) / (1 - MathF.Pow(FirstDecay, step));

    /// <summary>Moves all weights.</summary>
    internal void Step(float rate, float decay) => Step(0, Values.Length, rate, decay);

    /// <summary>Moves some of the weights.</summary>
    internal void Step(int begin, int count, float rate, float decay)
    {
        Span<float> w = Values.AsSpan(begin, count), g = Gradient.AsSpan(begin, count);
        Span<float> m = first.AsSpan(begin, count), v = second.AsSpan(begin, count);
        int i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            Vector<float> slope = new(g[i..]);
            Vector<float> mean = (new Vector<float>(m[i..]) * FirstDecay) + (slope * (1 - FirstDecay));
            Vector<float> square = (new Vector<float>(v[i..]) * SecondDecay) + (slope * slope * (1 - SecondDecay));
            Vector<float> weight = new(w[i..]);
            mean.CopyTo(m[i..]);
            square.CopyTo(v[i..]);
            (weight - (mean * rate / (Vector.SquareRoot(square) + new Vector<float>(Least))) - (weight * (rate * decay))).CopyTo(w[i..]);
        }
        for (; i < count; i++)
        {
            m[i] = (m[i] * FirstDecay) + (g[i] * (1 - FirstDecay));
            v[i] = (v[i] * SecondDecay) + (g[i] * g[i] * (1 - SecondDecay));
            w[i] -= (m[i] * rate / (MathF.Sqrt(v[i]) + Least)) + (w[i] * rate * decay);
        }
        g.Clear();
    }
}
