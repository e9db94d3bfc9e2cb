namespace CityTwin.Ml.Forecasts;

/// <summary>What is expected of a series, with intervals.</summary>
/// <param name="Series">The series' name.</param>
/// <param name="Model">The model chosen, or the ensemble with its members' weights.</param>
/// <param name="Point">The expectation, one a step ahead.</param>
/// <param name="Intervals">Half-widths and levels: 50, 80 and 95 %.</param>
/// <param name="BacktestError">The mean absolute error from past origins over that of the seasonal naive forecast; below 1 is better than it.</param>
/// <param name="Origins">How many past origins it was judged from.</param>
public sealed record Forecast(
    string Series, string Model, IReadOnlyList<double> Point, IReadOnlyList<ForecastInterval> Intervals, double BacktestError, int Origins);

/// <summary>An interval a step ahead, at one level.</summary>
/// <param name="Level">The share of outcomes that it is to hold, as 0.8.</param>
/// <param name="Low">Lower ends, one a step.</param>
/// <param name="High">Upper ends, one a step.</param>
public sealed record ForecastInterval(double Level, IReadOnlyList<double> Low, IReadOnlyList<double> High);
