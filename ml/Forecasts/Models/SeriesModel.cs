namespace CityTwin.Ml.Forecasts.Models;

/// <summary>A way of forecasting: parameters are fitted to a past, and applied to it or to a longer one.</summary>
internal abstract class SeriesModel
{
    internal abstract string Name { get; }

    /// <summary>Whether the model can say anything of such a past.</summary>
    internal virtual bool Suits(SeriesPast past) => true;

    /// <summary>Chooses parameters by the past.</summary>
    internal abstract double[] Fit(SeriesPast past);

    /// <summary>Forecasts the steps after the past.</summary>
    internal abstract void Forecast(SeriesPast past, double[] parameters, Span<double> into);
}

/// <summary>A series up to an origin.</summary>
internal readonly struct SeriesPast(Series series, double[] values, int begin, int count, int horizon)
{
    internal ReadOnlySpan<double> Values => values.AsSpan(begin, count);

    internal int Count => count;

    /// <summary>How far ahead forecasts go at most, in steps.</summary>
    internal int Horizon => horizon;

    internal IReadOnlyList<double> Seasons => series.Seasons;

    /// <summary>The season of whole steps that has at least two cycles, the longest; 1 where there is none.</summary>
    internal int LongSeason
    {
        get
        {
            int longest = 1;
            foreach (double season in series.Seasons)
            {
                longest = season <= 200 && count >= 2 * season ? (int)season : longest;
            }
            return longest;
        }
    }

    internal int RegressorCount => series.Regressors.Count;

    /// <summary>A regressor at a step counted from the past's first; steps past the last are the future's.</summary>
    internal double Regressor(int number, int step) => series.Regressors[number][begin + step];

    internal SeriesPast Until(int newCount) => new(series, values, begin, newCount, horizon);
}
