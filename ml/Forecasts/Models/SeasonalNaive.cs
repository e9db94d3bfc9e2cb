namespace CityTwin.Ml.Forecasts.Models;

/// <summary>As it was a season ago.</summary>
internal sealed class SeasonalNaive(int which) : SeriesModel
{
    internal override string Name => which == 0 ? "seasonal naive" : "seasonal naive, longer season";

    internal override bool Suits(SeriesPast past) => which == 0 || (past.LongSeason > 1 && past.Seasons[0] < past.LongSeason);

    internal override double[] Fit(SeriesPast past) => [];

    internal override void Forecast(SeriesPast past, double[] parameters, Span<double> into)
    {
        int season = which == 0 && past.Seasons.Count > 0 && past.Count >= past.Seasons[0] ? (int)past.Seasons[0] : past.LongSeason;
        for (int h = 0; h < into.Length; h++)
        {
            into[h] = past.Values[past.Count - season + (h % season)];
        }
    }
}
