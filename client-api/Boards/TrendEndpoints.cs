using System.Collections.Frozen;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Boards;

/// <summary>How figures went.</summary>
/// <param name="Now">The city's time at which it was read.</param>
/// <param name="Items">The oldest first: the last three days by the hour, before that by the day. Empty in a city's first hour.</param>
internal sealed record TrendAnswer(DateTimeOffset Now, IReadOnlyList<TrendPoint> Items);

/// <summary>Figures at one full hour.</summary>
/// <param name="At">The hour.</param>
/// <param name="Open">Open then.</param>
/// <param name="Overdue">Open then, past the deadline.</param>
/// <param name="Filed">Filed from the founding until then.</param>
/// <param name="Results">Resolved or rejected until then.</param>
/// <param name="OnTime">Those of them in time.</param>
/// <param name="RatingMean">The mean rating until then, 1 to 5; null before the first.</param>
/// <param name="WorkingDaysMean">Mean time from filing to result until then, working days; null before the first.</param>
internal sealed record TrendPoint(
    DateTimeOffset At, long Open, long Overdue, long Filed, long Results, long OnTime, double? RatingMean, double? WorkingDaysMean);

/// <summary>The board's figures over time.</summary>
internal static class TrendEndpoints
{
    private const int DaysMax = 400;

    private static readonly QueryDoc[] Query =
        [new("office", "Of this commune or department, as commune/19753. Default: the whole city."), new("days", "How far back, 1 to 400, default 2.", "integer")];

    private static readonly FrozenSet<string> Names = Query.Select(q => q.Name).ToFrozenSet();

    /// <summary>Adds the route.</summary>
    public static void MapTrend(this IEndpointRouteBuilder routes, CityApi api) =>
        routes.Get("/board/trend", new RouteDoc("Board", "GetTrend", "How the figures of the city or an office went, hour by hour") { Answer = typeof(TrendAnswer), Query = Query }, http =>
        {
            var query = new QueryReader(http, Names);
            TwinId? office = query.Id("office", TwinKind.Commune, TwinKind.Department);
            int days = query.Number("days", 1, DaysMax, 2);
            query.ThrowIfAny();
            DateTimeOffset now = api.Runtime.Clock.Now;
            if (office is { } id && api.View.Board.Office(id, now) is null)
            {
                throw new ProblemException(Problem.UnknownTwin(id.ToString()));
            }
            var points = new List<TrendPoint>();
            foreach (TrendSample sample in api.Trend.Since(now.AddDays(-days)))
            {
                TrendFigures f = office is null ? sample.City : sample.Offices.GetValueOrDefault(office.Value);
                points.Add(new TrendPoint(sample.At, f.Open, f.Overdue, f.Filed, f.Results, f.OnTime, f.RatingMean, f.WorkingDaysMean));
            }
            return Answers.JsonAsync(http, new TrendAnswer(now, points), ApiJson.Default.TrendAnswer);
        });
}
