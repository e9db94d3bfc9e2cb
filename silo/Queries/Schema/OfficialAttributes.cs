using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>What can be asked about officials.</summary>
internal static class OfficialAttributes
{
    /// <summary>The table.</summary>
    public static QuerySchema<StateRow<OfficialState>> Schema { get; } = new(
        "official", TwinKind.Official, "A person who works at desks, by number: work done, on-time share, ratings.",
        [
            new("id", QueryType.Id, "The identity.", (in StateRow<OfficialState> r, QueryContext _) => QueryValue.Of(r.Id)) { Kinds = [TwinKind.Official], IsIndexed = true },
            new("office", QueryType.Id, "The office.", (in StateRow<OfficialState> r, QueryContext _) => QueryValue.Of(r.State!.Office)) { Kinds = [TwinKind.Commune, TwinKind.Department] },
            new("desk", QueryType.Id, "The desk.", (in StateRow<OfficialState> r, QueryContext _) => QueryValue.Of(r.State!.Desk)) { Kinds = [TwinKind.Desk] },
            new("handled", QueryType.Number, "Cases resolved or rejected.", (in StateRow<OfficialState> r, QueryContext _) => QueryValue.Of(r.State!.Handled)),
            new("onTimeShare", QueryType.Number, "Those of them in time, 0 to 1.", (in StateRow<OfficialState> r, QueryContext _) => OfficeAttributes.Share(r.State!.OnTime, r.State.Handled)),
            new("worked", QueryType.Number, "Working time spent on cases.", (in StateRow<OfficialState> r, QueryContext _) => QueryValue.Of(r.State!.Worked.TotalMinutes)) { Unit = "working minutes" },
            new("ratings", QueryType.Number, "Ratings received.", (in StateRow<OfficialState> r, QueryContext _) => QueryValue.Of(r.State!.Ratings)),
            new("rating", QueryType.Number, "The mean of the ratings, 1 to 5.", (in StateRow<OfficialState> r, QueryContext _) => OfficeAttributes.Share(r.State!.RatingSum, r.State.Ratings)),
        ]);
}
