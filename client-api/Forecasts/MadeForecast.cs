using CityTwin.Ml.Forecasts;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>What is forecast.</summary>
internal static class Measures
{
    /// <summary>Cases that come, a day.</summary>
    public const string Arrivals = "arrivals";

    /// <summary>Cases that end, a day.</summary>
    public const string Completions = "completions";

    /// <summary>Cases open at the end of a day.</summary>
    public const string Backlog = "backlog";

    /// <summary>The share of a day's results in time, 0 to 1; a day without results has that of the day before.</summary>
    public const string OnTimeShare = "onTimeShare";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Arrivals, Completions, Backlog, OnTimeShare];

    /// <summary>The values of a measure, a day each.</summary>
    public static double[] Of(string measure, IReadOnlyList<DayFigures> days) => measure switch
    {
        Arrivals => [.. days.Select(d => (double)d.Arrivals)],
        Completions => [.. days.Select(d => (double)d.Completions)],
        Backlog => [.. days.Select(d => (double)d.Backlog)],
        _ => Shares(days),
    };

    // Before the first result everything has been in time so far.
    private static double[] Shares(IReadOnlyList<DayFigures> days)
    {
        double[] shares = new double[days.Count];
        double last = 1;
        for (int i = 0; i < shares.Length; i++)
        {
            last = days[i].Results > 0 ? days[i].OnTime / (double)days[i].Results : last;
            shares[i] = last;
        }
        return shares;
    }
}

/// <summary>Forecasts made on one day, by the name of the row and the measure.</summary>
/// <param name="FirstDay">The number of the first day forecast; what was known ended the day before.</param>
/// <param name="MadeAt">When, by the city's clock.</param>
/// <param name="HistoryDays">How many days they were made from.</param>
/// <param name="Statistical">By the statistical models: row and measure, as <c>city arrivals</c>.</param>
/// <param name="Structural">By the simulated city, from its live state; the same names.</param>
internal sealed record ForecastSet(
    int FirstDay, DateTimeOffset MadeAt, int HistoryDays, Dictionary<string, Forecast> Statistical, Dictionary<string, Forecast> Structural)
{
    /// <summary>The office of each desk, by their names; null in a file from before desks were made to add up.</summary>
    public IReadOnlyDictionary<string, string>? OfficeOf { get; init; }

    /// <summary>The name of a forecast.</summary>
    public static string Name(string row, string measure) => $"{row} {measure}";
}

/// <summary>How a forecast did.</summary>
/// <param name="FirstDay">The number of its first day.</param>
/// <param name="By">statistical or structural.</param>
/// <param name="Score">Against what happened.</param>
internal sealed record KeptScore(int FirstDay, string By, ForecastScore Score);

/// <summary>What is kept on disk.</summary>
/// <param name="Format">The file's format: 1.</param>
/// <param name="Current">The forecasts in force; null before the first.</param>
/// <param name="Past">Earlier ones, a week apart, without desks and services within offices: not all of their days have passed.</param>
/// <param name="Scores">How those did whose days have passed, by name, the oldest first.</param>
internal sealed record ForecastFile(int Format, ForecastSet? Current, List<ForecastSet> Past, Dictionary<string, List<KeptScore>> Scores);
