using CityTwin.Grains;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>What is expected of the city, an office, a desk or a service.</summary>
/// <param name="Of">city, commune/…, department/…, desk/…, service/…, or commune/… service/… for a service within an office.</param>
/// <param name="IsReady">Whether there is a forecast.</param>
/// <param name="Note">What to bear in mind: why there is none, or on how little it rests.</param>
/// <param name="MadeAt">When it was made, by the city's clock.</param>
/// <param name="HistoryDays">How many days it was made from.</param>
/// <param name="Measures">arrivals, completions, backlog and onTimeShare.</param>
internal sealed record ForecastAnswer(
    string Of, bool IsReady, string? Note, DateTimeOffset? MadeAt, int HistoryDays, IReadOnlyList<MeasureForecast> Measures);

/// <summary>How the making of forecasts stands.</summary>
/// <param name="AreBeingMade">Whether new ones are being made in the background.</param>
/// <param name="MadeAt">When those in force were made, by the city's clock; null before the first.</param>
/// <param name="From">Their first day.</param>
/// <param name="HistoryDays">How many whole days the city has by now; 8 are needed.</param>
/// <param name="Failure">Why none could be made when it was last tried; null when they could.</param>
internal sealed record ForecastsReading(bool AreBeingMade, DateTimeOffset? MadeAt, DateOnly? From, int HistoryDays, string? Failure);

/// <summary>What is expected of one measure.</summary>
/// <param name="Measure">arrivals, completions, backlog (cases a day, or open at its end) or onTimeShare (of a day's results, 0 to 1).</param>
/// <param name="Statistical">By the city's own past.</param>
/// <param name="Structural">By the simulated city from its live state; null for desks and services.</param>
/// <param name="Scores">How earlier forecasts did, the oldest first; those whose days are not over count the days so far.</param>
/// <param name="Past">The earlier forecasts themselves whose days are not over, a week apart, the oldest first.</param>
/// <param name="Happened">What happened, on each of the last 60 days that are over.</param>
internal sealed record MeasureForecast(
    string Measure, ForecastCurve Statistical, ForecastCurve? Structural, IReadOnlyList<ScoreReading> Scores, IReadOnlyList<PastForecast> Past,
    IReadOnlyList<DayValue> Happened);

/// <summary>An earlier forecast, to be held against what happened.</summary>
/// <param name="From">Its first day.</param>
/// <param name="Days">28 days.</param>
internal sealed record PastForecast(DateOnly From, IReadOnlyList<ForecastDay> Days);

/// <summary>What a measure was on a day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Value">In the measure's unit.</param>
internal sealed record DayValue(DateOnly Date, double Value);

/// <summary>What is expected of every office's backlog, for a map.</summary>
/// <param name="IsReady">Whether there are forecasts.</param>
/// <param name="Note">Why there are none, or on how little they rest.</param>
/// <param name="MadeAt">When they were made, by the city's clock.</param>
/// <param name="Items">The offices that have ever had a case.</param>
internal sealed record OfficeForecastsAnswer(bool IsReady, string? Note, DateTimeOffset? MadeAt, IReadOnlyList<OfficeForecast> Items);

/// <summary>What is expected of an office's backlog.</summary>
/// <param name="Office">The office.</param>
/// <param name="Model">What made it.</param>
/// <param name="BacktestError">Its mean absolute error from past days over that of the seasonal naive forecast; below 1 is better. Null: not known.</param>
/// <param name="InAWeek">The end of the seventh day.</param>
/// <param name="InFourWeeks">The end of the 28th.</param>
internal sealed record OfficeForecast(TwinId Office, string Model, double? BacktestError, ForecastDay InAWeek, ForecastDay InFourWeeks);

/// <summary>What is expected of the parts of an office. Services add up to it, and so do desks together with what is at none of them.</summary>
/// <param name="Of">The office.</param>
/// <param name="IsReady">Whether there are forecasts.</param>
/// <param name="Note">Why there are none, or on how little they rest.</param>
/// <param name="MadeAt">When they were made, by the city's clock.</param>
/// <param name="Services">The services that the office has had a case of.</param>
/// <param name="Desks">The desks that have had a case.</param>
/// <param name="Elsewhere">What is at no desk: cases that wait for the citizen. Of arrivals: filed without a desk, less what came to a desk again; may be below 0.</param>
internal sealed record OfficePartsAnswer(
    string Of, bool IsReady, string? Note, DateTimeOffset? MadeAt, IReadOnlyList<PartForecast> Services, IReadOnlyList<PartForecast> Desks, PartForecast? Elsewhere);

/// <summary>What is expected of a part of an office.</summary>
/// <param name="Of">service/…, desk/…, or elsewhere.</param>
/// <param name="Measures">arrivals, completions and backlog.</param>
internal sealed record PartForecast(string Of, IReadOnlyList<PartMeasure> Measures);

/// <summary>What is expected of one measure of a part.</summary>
/// <param name="Measure">arrivals, completions or backlog.</param>
/// <param name="Model">What made it.</param>
/// <param name="BacktestError">Its mean absolute error from past days over that of the seasonal naive forecast; below 1 is better. Null: not known.</param>
/// <param name="InAWeek">The seventh day.</param>
/// <param name="InFourWeeks">The 28th.</param>
internal sealed record PartMeasure(string Measure, string Model, double? BacktestError, ForecastDay InAWeek, ForecastDay InFourWeeks);

/// <summary>A forecast with its intervals.</summary>
/// <param name="Model">What made it.</param>
/// <param name="BacktestError">Its mean absolute error from past days over that of the seasonal naive forecast; below 1 is better. Null: not known.</param>
/// <param name="Origins">From how many past days it was judged.</param>
/// <param name="Days">28 days.</param>
internal sealed record ForecastCurve(string Model, double? BacktestError, int Origins, IReadOnlyList<ForecastDay> Days);

/// <summary>What is expected of one day. An interval holds what happens as often as its name says, as long as the future errs as the past did.</summary>
/// <param name="Date">The day.</param>
/// <param name="Expected">The expectation.</param>
/// <param name="Low50">The lower end of the 50 % interval.</param>
/// <param name="High50">The upper end of the 50 % interval.</param>
/// <param name="Low80">The lower end of the 80 % interval.</param>
/// <param name="High80">The upper end of the 80 % interval.</param>
/// <param name="Low95">The lower end of the 95 % interval.</param>
/// <param name="High95">The upper end of the 95 % interval.</param>
internal sealed record ForecastDay(
    DateOnly Date, double Expected, double Low50, double High50, double Low80, double High80, double Low95, double High95);

/// <summary>How an earlier forecast did.</summary>
/// <param name="From">Its first day.</param>
/// <param name="By">statistical or structural.</param>
/// <param name="Days">How many of its days have passed.</param>
/// <param name="MeanAbsoluteError">In the measure's unit.</param>
/// <param name="Pinball">Mean quantile loss.</param>
/// <param name="Within50">The share of days within the 50 % interval.</param>
/// <param name="Within80">The share of days within the 80 % interval.</param>
/// <param name="Within95">The share of days within the 95 % interval.</param>
internal sealed record ScoreReading(
    DateOnly From, string By, int Days, double MeanAbsoluteError, double Pinball, double Within50, double Within80, double Within95);
