namespace CityTwin.Ml.Forecasts.Models;

/// <summary>Boosted regression trees of depth 3 over binned features, squared loss.</summary>
internal static class RegressionTrees
{
    private const int Depth = 3;
    private const int Inner = (1 << Depth) - 1;
    private const int Leaves = 1 << Depth;
    private const int Node = (2 * Inner) + Leaves;
    private const int Bins = 24;
    private const float Rate = 0.1f;
    private const int LeafMin = 10;

    /// <summary>Learns; the trees lie one after another: feature and threshold of each inner node, then the leaves.</summary>
    internal static double[] Learn(float[] x, float[] y, int features, int trees)
    {
        int rows = y.Length;
        float[] edges = Edges(x, rows, features);
        byte[] bins = new byte[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            int f = i % features;
            int bin = 0;
            while (bin < Bins - 1 && x[i] > edges[(f * Bins) + bin])
            {
                bin++;
            }
            bins[i] = (byte)bin;
        }
        float[] rest = [.. y];
        double[] model = new double[trees * Node];
        int[] at = new int[rows];
        for (int t = 0; t < trees; t++)
        {
            Grow(bins, rest, at, features, edges, model.AsSpan(t * Node, Node));
        }
        return model;
    }

    /// <summary>The sum of all trees at a row.</summary>
    internal static double Value(double[] model, ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int t = 0; t < model.Length; t += Node)
        {
            int place = 0;
            for (int level = 0; level < Depth; level++)
            {
                place = (2 * place) + (row[(int)model[t + (2 * place)]] > model[t + (2 * place) + 1] ? 2 : 1);
            }
            sum += model[t + (2 * Inner) + place - Inner];
        }
        return sum;
    }

    private static float[] Edges(float[] x, int rows, int features)
    {
        float[] edges = new float[features * Bins];
        float[] column = new float[rows];
        for (int f = 0; f < features; f++)
        {
            for (int i = 0; i < rows; i++)
            {
                column[i] = x[(i * features) + f];
            }
            Array.Sort(column);
            for (int b = 0; b < Bins; b++)
            {
                edges[(f * Bins) + b] = column[Math.Min(rows - 1, (b + 1) * rows / Bins)];
            }
        }
        return edges;
    }

    private static void Grow(byte[] bins, float[] rest, int[] at, int features, float[] edges, Span<double> tree)
    {
        Array.Clear(at);
        float[] sums = new float[Leaves * features * Bins];
        int[] counts = new int[sums.Length];
        Span<int> cut = stackalloc int[Leaves];
        for (int level = 0; level < Depth; level++)
        {
            int nodes = 1 << level;
            int firstNode = nodes - 1;
            Array.Clear(sums);
            Array.Clear(counts);
            for (int i = 0; i < rest.Length; i++)
            {
                int start = (at[i] - firstNode) * features * Bins;
                for (int f = 0; f < features; f++)
                {
                    int cell = start + (f * Bins) + bins[(i * features) + f];
                    sums[cell] += rest[i];
                    counts[cell]++;
                }
            }
            for (int n = 0; n < nodes; n++)
            {
                int cells = n * features * Bins;
                (int feature, int bin) = BestCut(sums.AsSpan(cells, features * Bins), counts.AsSpan(cells, features * Bins), features);
                tree[2 * (firstNode + n)] = feature;
                tree[(2 * (firstNode + n)) + 1] = bin < 0 ? float.MaxValue : edges[(feature * Bins) + bin];
                cut[n] = bin < 0 ? Bins : bin;
            }
            for (int i = 0; i < rest.Length; i++)
            {
                int n = at[i] - firstNode;
                int feature = (int)tree[2 * at[i]];
                at[i] = (2 * at[i]) + (bins[(i * features) + feature] > cut[n] ? 2 : 1);
            }
        }
        Settle(rest, at, tree[(2 * Inner)..]);
    }

    private static (int Feature, int Bin) BestCut(ReadOnlySpan<float> sums, ReadOnlySpan<int> counts, int features)
    {
        (int Feature, int Bin) best = (0, -1);
        (float total, int count) = (0, 0);
        for (int b = 0; b < Bins; b++)
        {
            (total, count) = (total + sums[b], count + counts[b]);
        }
        float gainMin = count == 0 ? 0 : (total * total / count) + 1e-6f;
        for (int f = 0; f < features; f++)
        {
            (float left, int leftCount) = (0, 0);
            for (int b = 0; b < Bins - 1; b++)
            {
                left += sums[(f * Bins) + b];
                leftCount += counts[(f * Bins) + b];
                if (leftCount >= LeafMin && count - leftCount >= LeafMin)
                {
                    float gain = (left * left / leftCount) + ((total - left) * (total - left) / (count - leftCount));
                    (gainMin, best) = gain > gainMin ? (gain, (f, b)) : (gainMin, best);
                }
            }
        }
        return best;
    }

    private static void Settle(float[] rest, int[] at, Span<double> leaves)
    {
        Span<double> sum = stackalloc double[Leaves];
        Span<int> count = stackalloc int[Leaves];
        for (int i = 0; i < rest.Length; i++)
        {
            sum[at[i] - Inner] += rest[i];
            count[at[i] - Inner]++;
        }
        for (int l = 0; l < Leaves; l++)
        {
            leaves[l] = Rate * sum[l] / (count[l] + 1);
        }
        for (int i = 0; i < rest.Length; i++)
        {
            rest[i] -= (float)leaves[at[i] - Inner];
        }
    }
}
