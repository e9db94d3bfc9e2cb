using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.OpenData;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Quality;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Quality;

/// <summary>How good the city's data is, by office, in the six words of its data policy.</summary>
/// <param name="Position">The journal position that the live view knows of.</param>
/// <param name="City">All offices together.</param>
/// <param name="Offices">Each office.</param>
internal sealed record QualityAnswer(long Position, QualityLine City, IReadOnlyList<QualityLine> Offices);

/// <summary>How good an office's data is. A share is null where nothing was there to measure.</summary>
/// <param name="Office">The office; null for the city.</param>
/// <param name="NameVi">Its Vietnamese name.</param>
/// <param name="Records">Cases filed there.</param>
/// <param name="Correct">Share of checks passed.</param>
/// <param name="ChecksFailed">Checks that failed.</param>
/// <param name="Sufficient">Share of expected fields that are filled.</param>
/// <param name="FieldsMissing">Fields that are empty.</param>
/// <param name="Clean">Share of records that repeat no other.</param>
/// <param name="Duplicates">Records that do.</param>
/// <param name="Live">Share of timed records made within a minute of what they tell.</param>
/// <param name="DelaySecondsMean">The mean delay.</param>
/// <param name="DelaySecondsMax">The longest.</param>
/// <param name="Unified">Share of records whose codes are in the catalogue in force.</param>
/// <param name="UnknownCodes">Records whose codes are not.</param>
/// <param name="Shared">Share of the last seven published days' cases that open data tells under their own commune and procedure.</param>
internal sealed record QualityLine(
    TwinId? Office, string NameVi, long Records, double? Correct, long ChecksFailed, double? Sufficient, long FieldsMissing, double? Clean, long Duplicates,
    double? Live, double? DelaySecondsMean, double? DelaySecondsMax, double? Unified, long UnknownCodes, double? Shared);

/// <summary>The endpoint.</summary>
internal static class QualityEndpoints
{
    private const int SharedDays = 7;

    /// <summary>Adds the route.</summary>
    public static void MapQuality(this IEndpointRouteBuilder routes, CityApi api, OpenDays days) =>
        routes.Get("/quality", new RouteDoc("Quality", "GetDataQuality", "How good each office's data is: correct, sufficient, clean, live, unified, shared") { Answer = typeof(QualityAnswer) }, async http =>
        {
            QueryReader.TakesNone(http);
            await Answers.JsonAsync(http, await MeasureAsync(api, days), ApiJson.Default.QualityAnswer);
        });

    private static async Task<QualityAnswer> MeasureAsync(CityApi api, OpenDays days)
    {
        long position = api.View.Position;
        Catalogue catalogue = api.Runtime.Rules.Catalogue;
        Dictionary<TwinId, OfficeQuality> counted = api.Quality.Offices();
        Dictionary<TwinId, (long Open, long All)> shared = await SharedAsync(api, days);
        List<QualityLine> lines = [];
        foreach (OfficeLine office in api.View.Board.Offices(api.Runtime.Clock.Now))
        {
            TwinId id = office.Profile.Id;
            OfficeQuality q = counted.GetValueOrDefault(id) ?? new OfficeQuality();
            (long open, long all) = shared.GetValueOrDefault(id);
            lines.Add(Line(id, office.Profile.NameVi, [q], catalogue, open, all));
        }
        (long cityOpen, long cityAll) = (shared.Values.Sum(s => s.Open), shared.Values.Sum(s => s.All));
        return new QualityAnswer(position, Line(null, api.Definition.NameVi, [.. counted.Values], catalogue, cityOpen, cityAll), lines);
    }

    private static QualityLine Line(TwinId? office, string name, OfficeQuality[] parts, Catalogue catalogue, long open, long all)
    {
        long Sum(Func<OfficeQuality, long> of) => parts.Sum(of);
        long records = Sum(q => q.Records), unknown = Sum(q => q.UnknownCodes(catalogue)), timed = Sum(q => q.Timed);
        return new QualityLine(
            office, name, records, Good(Sum(q => q.ChecksMade), Sum(q => q.ChecksFailed)), Sum(q => q.ChecksFailed),
            Good(Sum(q => q.FieldsExpected), Sum(q => q.FieldsMissing)), Sum(q => q.FieldsMissing), Good(records, Sum(q => q.Duplicates)), Sum(q => q.Duplicates),
            Good(timed, timed - Sum(q => q.TimedSoon)), timed == 0 ? null : Math.Round(Sum(q => q.DelayMsSum) / 1000.0 / timed, 3),
            timed == 0 ? null : parts.Max(q => q.DelayMsMax) / 1000.0, Good(records, unknown), unknown, Good(all, all - open));
    }

    private static double? Good(long all, long bad) => all == 0 ? null : Math.Round(1 - ((double)bad / all), 4);

    // Of each commune: cases that the open data tells under its own name and procedure, and all that were filed on those days.
    private static async Task<Dictionary<TwinId, (long Open, long All)>> SharedAsync(CityApi api, OpenDays days)
    {
        Dictionary<TwinId, (long Open, long All)> shared = [];
        if (days.Published() is not { } published)
        {
            return shared;
        }
        for (int back = 0; back < SharedDays && published.Last.AddDays(-back) >= published.First; back++)
        {
            DateOnly day = published.Last.AddDays(-back);
            foreach ((TwinId commune, long filed) in await days.FiledAsync(day))
            {
                (long open, long all) = shared.GetValueOrDefault(commune);
                shared[commune] = (open, all + filed);
            }
            foreach ((OpenKey key, OpenCell cell) in await days.OfAsync(OpenDataset.Volumes, day))
            {
                if (!key.Commune.IsNone && key.Service != OpenKey.Together)
                {
                    (long open, long all) = shared.GetValueOrDefault(key.Commune);
                    shared[key.Commune] = (open + cell.Count, all);
                }
            }
        }
        return shared;
    }
}
