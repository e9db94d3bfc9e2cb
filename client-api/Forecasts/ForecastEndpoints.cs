using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Ml.Forecasts;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>What is expected of the city and its parts, and how far earlier expectations came true.</summary>
internal static class ForecastEndpoints
{
    private const string Tag = "Forecasts";
    private const int HappenedDays = 60;

    /// <summary>Adds the routes.</summary>
    public static void MapForecasts(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Get("/forecasts", new RouteDoc(Tag, "GetForecasts", "When the forecasts in force were made, and whether new ones are being made") { Answer = typeof(ForecastsReading) }, http =>
        {
            QueryReader.TakesNone(http);
            return Answers.JsonAsync(http, Reading(api), ApiJson.Default.ForecastsReading);
        });
        routes.Post("/forecasts", new RouteDoc(Tag, "MakeForecasts", "Makes new forecasts in the background; with a driven clock they are made only when asked for")
        {
            Body = typeof(EmptyBody),
            Answer = typeof(ForecastsReading),
            Status = StatusCodes.Status202Accepted,
        }, async http =>
        {
            await BodyReader.ReadAsync(http, ApiJson.Default.EmptyBody);
            api.Forecasts.Ask();
            await Answers.JsonAsync(http, Reading(api), ApiJson.Default.ForecastsReading, StatusCodes.Status202Accepted);
        });
        Add("/forecasts/city", "GetCityForecast", "The next 28 days of the city", _ => DailyCounts.City);
        Add("/forecasts/offices/{kind}/{number}", "GetOfficeForecast", "The next 28 days of a commune or department", http => Office(api, http));
        routes.Get("/forecasts/offices", new RouteDoc(Tag, "GetOfficeForecasts", "The backlog expected of every office in a week and in four") { Answer = typeof(OfficeForecastsAnswer) }, http =>
        {
            QueryReader.TakesNone(http);
            return Answers.JsonAsync(http, Offices(api), ApiJson.Default.OfficeForecastsAnswer);
        });
        Add("/forecasts/offices/{kind}/{number}/services/{code}", "GetOfficeServiceForecast", "The next 28 days of a service within an office",
            http => DailyCounts.OfService(Code(api, http), Office(api, http)));
        routes.Get("/forecasts/offices/{kind}/{number}/parts", new RouteDoc(Tag, "GetOfficePartForecasts", "What is expected of an office's services and desks in a week and in four: they add up to it") { Answer = typeof(OfficePartsAnswer) }, http =>
        {
            QueryReader.TakesNone(http);
            return Answers.JsonAsync(http, OfficeParts.Of(api.Forecasts, Office(api, http), api.Forecasts.Counts.DayOf(api.Runtime.Clock.Now)), ApiJson.Default.OfficePartsAnswer);
        });
        Add("/forecasts/desks/{id}", "GetDeskForecast", "The next 28 days of a desk", http => Desk(api, http));
        Add("/forecasts/services/{code}", "GetServiceForecast", "The next 28 days of a service or category in the whole city", http => DailyCounts.OfService(Code(api, http)));

        void Add(string pattern, string name, string summary, Func<HttpContext, string> row) =>
            routes.Get(pattern, new RouteDoc(Tag, name, summary) { Answer = typeof(ForecastAnswer) }, http =>
            {
                QueryReader.TakesNone(http);
                return Answers.JsonAsync(http, Answer(api, row(http)), ApiJson.Default.ForecastAnswer);
            });
    }

    private static ForecastsReading Reading(CityApi api)
    {
        CityForecasts forecasts = api.Forecasts;
        ForecastSet? set = forecasts.Store.Kept.Current;
        return new ForecastsReading(
            forecasts.AreBeingMade, set?.MadeAt, set is null ? null : DateOnly.FromDayNumber(set.FirstDay),
            ForecastCurves.Days(forecasts, forecasts.Counts.DayOf(api.Runtime.Clock.Now)), forecasts.Failure);
    }

    private static string Office(CityApi api, HttpContext http)
    {
        string text = $"{http.Request.RouteValues["kind"]}/{http.Request.RouteValues["number"]}";
        return TwinId.TryParse(text, null, out TwinId id) && api.Runtime.Rules.Offices.Contains(id)
            ? id.ToString()
            : throw new ProblemException(Problem.UnknownTwin(Mistakes.Short(text)));
    }

    private static string Desk(CityApi api, HttpContext http)
    {
        TwinId id = Twins.InPath(http, TwinKind.Desk);
        return api.View.Board.Desks().Any(d => d.Desk == id) ? id.ToString() : throw new ProblemException(Problem.UnknownTwin(id.ToString()));
    }

    private static string Code(CityApi api, HttpContext http)
    {
        string code = (string?)http.Request.RouteValues["code"] ?? "";
        return api.Runtime.Rules.Catalogue.Find(code) is not null
            ? code
            : throw new ProblemException(Problem.UnknownTwin($"service '{Mistakes.Short(code)}'"));
    }

    private static ForecastAnswer Answer(CityApi api, string row)
    {
        CityForecasts forecasts = api.Forecasts;
        int today = forecasts.Counts.DayOf(api.Runtime.Clock.Now);
        ForecastSet? set = forecasts.Store.Kept.Current;
        if (set is null || !set.Statistical.ContainsKey(ForecastSet.Name(row, Measures.Arrivals)))
        {
            return new ForecastAnswer(row, false, ForecastCurves.WhyNone(forecasts, set, today), set?.MadeAt, set?.HistoryDays ?? ForecastCurves.Days(forecasts, today), []);
        }
        MeasureForecast[] measures =
        [
            .. from measure in Measures.All
               let name = ForecastSet.Name(row, measure)
               let structural = set.Structural.GetValueOrDefault(name)
               select new MeasureForecast(
                   measure, ForecastCurves.Curve(set, set.Statistical[name]), structural is null ? null : ForecastCurves.Curve(set, structural),
                   [.. forecasts.Store.Scores(row, measure, today, forecasts.Counts.Between).Select(Reading)],
                   [.. from past in forecasts.Store.Kept.Past
                       where past.Statistical.ContainsKey(name)
                       select new PastForecast(DateOnly.FromDayNumber(past.FirstDay), ForecastCurves.Curve(past, past.Statistical[name]).Days)],
                   Happened(forecasts, row, measure, today)),
        ];
        return new ForecastAnswer(row, true, ForecastCurves.FewNote(set), set.MadeAt, set.HistoryDays, measures);
    }

    private static OfficeForecastsAnswer Offices(CityApi api)
    {
        CityForecasts forecasts = api.Forecasts;
        if (forecasts.Store.Kept.Current is not { } set)
        {
            return new OfficeForecastsAnswer(false, ForecastCurves.WhyNone(forecasts, null, forecasts.Counts.DayOf(api.Runtime.Clock.Now)), null, []);
        }
        OfficeForecast[] items =
        [
            .. from office in api.Runtime.Rules.Offices.Order()
               let forecast = set.Statistical.GetValueOrDefault(ForecastSet.Name(office.ToString(), Measures.Backlog))
               where forecast is not null
               let curve = ForecastCurves.Curve(set, forecast)
               select new OfficeForecast(office, curve.Model, curve.BacktestError, curve.Days[6], curve.Days[^1]),
        ];
        return new OfficeForecastsAnswer(true, ForecastCurves.FewNote(set), set.MadeAt, items);
    }

    private static DayValue[] Happened(CityForecasts forecasts, string row, string measure, int today)
    {
        int from = Math.Max(today - HappenedDays, forecasts.Counts.FirstDay ?? today);
        double[] values = Measures.Of(measure, forecasts.Counts.Between(row, from, today) ?? []);
        return [.. values.Select((v, i) => new DayValue(DateOnly.FromDayNumber(from + i), Math.Round(v, 4)))];
    }

    private static ScoreReading Reading(KeptScore kept) => new(
        DateOnly.FromDayNumber(kept.FirstDay), kept.By, kept.Score.Steps, Math.Round(kept.Score.MeanAbsoluteError, 4), Math.Round(kept.Score.Pinball, 4),
        Math.Round(kept.Score.Coverage[0], 4), Math.Round(kept.Score.Coverage[1], 4), Math.Round(kept.Score.Coverage[2], 4));
}
