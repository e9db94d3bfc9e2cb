namespace CityTwin.Ml.Forecasts.Models;

/// <summary>Exponential smoothing with a damped trend, up to two additive seasons and correlated errors.</summary>
/// <remarks>The ETS(A,Ad,A) of Hyndman et al., with the second season and the AR(1) term of Taylor (2003, 2010).</remarks>
internal sealed class Smoothing : SeriesModel
{
    private static readonly double[][] Grid =
    [
        [0.02, 0.05, 0.1, 0.2, 0.4, 0.7],
        [0, 0.01, 0.05],
        [0, 0.03, 0.08, 0.15, 0.3],
        [0, 0.05, 0.12, 0.25, 0.4],
        [0, 0.3, 0.6, 0.9],
    ];

    private const double Damping = 0.95;

    internal override string Name => "exponential smoothing";

    internal override double[] Fit(SeriesPast past)
    {
        double[] best = [0.1, 0, 0.08, 0.12, 0.3];
        State state = new(past);
        double least = state.Run(past, best);
        for (int round = 0; round < 2; round++)
        {
            double before = least;
            for (int p = 0; p < Grid.Length; p++)
            {
                if ((p == 2 && state.ShortSeason == 1) || (p == 3 && state.LongSeason == state.ShortSeason))
                {
                    continue;
                }
                double kept = best[p];
                foreach (double value in Grid[p])
                {
                    best[p] = value;
                    double error = state.Run(past, best);
                    (least, kept) = error < least ? (error, value) : (least, kept);
                }
                best[p] = kept;
            }
            if (least >= before)
            {
                break;
            }
        }
        return best;
    }

    internal override void Forecast(SeriesPast past, double[] parameters, Span<double> into)
    {
        State state = new(past);
        state.Run(past, parameters);
        state.Project(past.Count, parameters, into);
    }

    /// <summary>Level, trend, both seasons and the last error, run over a past.</summary>
    private sealed class State
    {
        private readonly double[] initialLong;
        private readonly double[] shortSeason, longSeason;
        private readonly double initialLevel;
        private double level, trend, error;

        internal State(SeriesPast past)
        {
            LongSeason = past.LongSeason;
            ShortSeason = past.Seasons.Count > 0 && past.Count >= 2 * past.Seasons[0] ? (int)past.Seasons[0] : 1;
            initialLong = SeasonalProfile.Of(past.Values, LongSeason);
            (shortSeason, longSeason) = (new double[ShortSeason], new double[LongSeason]);
            int start = Math.Min(past.Count, Math.Max(4, LongSeason));
            initialLevel = System.Numerics.Tensors.TensorPrimitives.Sum(past.Values[..start]) / start;
        }

        internal int ShortSeason { get; }

        internal int LongSeason { get; }

        /// <summary>Runs over the past; the sum of squared one-step errors, the first cycle left out.</summary>
        internal double Run(SeriesPast past, double[] p)
        {
            (level, trend, error) = (initialLevel, 0, 0);
            Array.Clear(shortSeason);
            initialLong.CopyTo(longSeason, 0);
            double squares = 0;
            ReadOnlySpan<double> values = past.Values;
            int skip = Math.Min(values.Length / 2, LongSeason);
            (int s, int l) = (0, 0);
            for (int t = 0; t < values.Length; t++)
            {
                double smooth = level + (Damping * trend) + shortSeason[s] + longSeason[l];
                double miss = values[t] - smooth;
                double surprise = miss - (p[4] * error);
                error = miss;
                level += (Damping * trend) + (p[0] * surprise);
                trend = (Damping * trend) + (p[1] * p[0] * surprise);
                if (LongSeason > ShortSeason)
                {
                    longSeason[l] += p[3] * surprise;
                }
                shortSeason[s] += p[2] * surprise;
                squares += t >= skip ? surprise * surprise : 0;
                s = s + 1 == ShortSeason ? 0 : s + 1;
                l = l + 1 == LongSeason ? 0 : l + 1;
            }
            return squares;
        }

        internal void Project(int count, double[] p, Span<double> into)
        {
            (double carried, double damp, double sum) = (error, Damping, 0);
            for (int h = 0; h < into.Length; h++)
            {
                carried *= p[4];
                sum += damp * trend;
                damp *= Damping;
                into[h] = level + sum + shortSeason[(count + h) % ShortSeason] + longSeason[(count + h) % LongSeason] + carried;
            }
        }
    }
}
