using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>What can be asked about communes and departments.</summary>
internal static class OfficeAttributes
{
    private static readonly WordList<OfficeKind> OfficeKinds = new();

    /// <summary>The table of communes.</summary>
    public static QuerySchema<StateRow<OfficeState>> Communes { get; } = Make("commune", TwinKind.Commune, "A ward, commune or special zone, and what its desks have done.");

    /// <summary>The table of departments.</summary>
    public static QuerySchema<StateRow<OfficeState>> Departments { get; } = Make("department", TwinKind.Department, "A city agency, and what its desks have done.");

    private static QuerySchema<StateRow<OfficeState>> Make(string type, TwinKind kind, string description) => new(
        type, kind, description,
        [
            new("id", QueryType.Id, "Its identity.", (in StateRow<OfficeState> r, QueryContext _) => QueryValue.Of(r.Id)) { Kinds = [kind], IsIndexed = true },
            Profile("nameVi", QueryType.Text, "The Vietnamese name.", p => QueryValue.Of(p.NameVi)),
            Profile("nameEn", QueryType.Text, "The English name.", p => QueryValue.Of(p.NameEn)),
            new("kind", QueryType.Word, "Ward, commune, special zone or department.", (in StateRow<OfficeState> r, QueryContext _) => r.State!.Profile is { } p ? OfficeKinds[(int)p.Kind] : default) { Words = OfficeKinds.Words },
            Profile("population", QueryType.Number, "Residents.", p => QueryValue.Of(p.Population)),
            Profile("area", QueryType.Number, "Area.", p => QueryValue.Of(p.AreaKm2), "km²"),
            new("successor", QueryType.Id, "The office that took over its work.", (in StateRow<OfficeState> r, QueryContext _) => QueryValue.Of(r.State!.Successor)) { Kinds = [TwinKind.Commune, TwinKind.Department] },
            Total("desks", "Desks.", (in StateRow<OfficeState> r) => r.State!.Desks.Length),
            Total("officials", "Officials at its desks.", (in StateRow<OfficeState> r) => r.State!.Desks.Sum(d => d.Officials)),
            Total("atDesks", "Cases at its desks now.", (in StateRow<OfficeState> r) => r.State!.Totals.AtDesks),
            Total("filed", "Cases filed here.", (in StateRow<OfficeState> r) => r.State!.Totals.Filed),
            Total("resolved", "Cases resolved.", (in StateRow<OfficeState> r) => r.State!.Totals.Resolved),
            Total("rejected", "Cases rejected.", (in StateRow<OfficeState> r) => r.State!.Totals.Rejected),
            Total("withdrawn", "Cases withdrawn while at a desk.", (in StateRow<OfficeState> r) => r.State!.Totals.Withdrawn),
            Total("escalatedIn", "Cases that came by escalation.", (in StateRow<OfficeState> r) => r.State!.Totals.EscalatedIn),
            Total("escalatedOut", "Cases passed up to a department.", (in StateRow<OfficeState> r) => r.State!.Totals.EscalatedOut),
            Total("overdue", "Deadlines that passed.", (in StateRow<OfficeState> r) => r.State!.Totals.Overdue),
            new("onTimeShare", QueryType.Number, "Results in time among all results, 0 to 1.", (in StateRow<OfficeState> r, QueryContext _) => Share(r.State!.Totals.OnTime, r.State.Totals.Resolved + r.State.Totals.Rejected)),
            new("rating", QueryType.Number, "The mean of the ratings, 1 to 5.", (in StateRow<OfficeState> r, QueryContext _) => Share(r.State!.Totals.RatingSum, r.State.Totals.Ratings)),
            .. PlaceAttributes.Of<StateRow<OfficeState>>(static (in StateRow<OfficeState> r) => Place(r)),
        ])
    {
        Place = r => Place(r),
    };

    /// <summary>A share; no value of nothing.</summary>
    internal static QueryValue Share(double part, double whole) => whole == 0 ? default : QueryValue.Of(part / whole);

    private static GeoPoint? Place(in StateRow<OfficeState> r) =>
        r.State!.Profile is { } p && (p.Latitude != 0 || p.Longitude != 0) ? new GeoPoint(p.Latitude, p.Longitude) : null;

    private static QueryAttribute<StateRow<OfficeState>> Profile(string name, QueryType type, string description, Func<OfficeProfile, QueryValue> read, string unit = "") =>
        new(name, type, description, (in StateRow<OfficeState> r, QueryContext _) => r.State!.Profile is { } p ? read(p) : default) { Unit = unit };

    private static QueryAttribute<StateRow<OfficeState>> Total(string name, string description, TotalReader read) =>
        new(name, QueryType.Number, description, (in StateRow<OfficeState> r, QueryContext _) => QueryValue.Of(read(r)));

    private delegate long TotalReader(in StateRow<OfficeState> row);
}
