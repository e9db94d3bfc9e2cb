using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Officials;

/// <summary>An official's record as it stands, or stood.</summary>
/// <param name="Id">Their identity.</param>
/// <param name="Version">How many events it had: the entity tag.</param>
/// <param name="Office">The office.</param>
/// <param name="Desk">The desk.</param>
/// <param name="Handled">Cases resolved or rejected.</param>
/// <param name="OnTime">Those of them in time.</param>
/// <param name="OnTimeShare">Their share, 0 to 1; null before the first.</param>
/// <param name="WorkedMinutes">Working time spent on cases, minutes.</param>
/// <param name="Ratings">Ratings received.</param>
/// <param name="RatingMean">Their mean, 1 to 5; null before the first.</param>
internal sealed record OfficialReading(
    TwinId Id, int Version, TwinId Office, TwinId Desk, long Handled, long OnTime, double? OnTimeShare, double WorkedMinutes, long Ratings, double? RatingMean);

/// <summary>The records of officials.</summary>
internal static class OfficialEndpoints
{
    /// <summary>Adds the route.</summary>
    public static void MapOfficials(this IEndpointRouteBuilder routes, CityApi api) =>
        routes.Get("/officials/{id}", new RouteDoc("Officials", "GetOfficial", "An official's record, now or as of a moment")
        {
            Answer = typeof(OfficialReading),
            Query = [Twins.At],
        }, async http =>
        {
            TwinId id = Twins.InPath(http, TwinKind.Official);
            (OfficialState s, TwinReading reading) = await Twins.ReadAsync<OfficialState>(api, http, id);
            var answer = new OfficialReading(
                id, reading.Version, s.Office, s.Desk, s.Handled, s.OnTime, Ratio(s.OnTime, s.Handled), Math.Round(s.Worked.TotalMinutes, 2), s.Ratings,
                Ratio(s.RatingSum, s.Ratings));
            await Answers.TwinAsync(http, answer, ApiJson.Default.OfficialReading, reading.Version);
        });

    private static double? Ratio(long part, long whole) => whole == 0 ? null : Math.Round((double)part / whole, 4);
}
