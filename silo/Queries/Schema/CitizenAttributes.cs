using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>What can be asked about citizens: counts of their once-only ledgers, under pseudonyms.</summary>
internal static class CitizenAttributes
{
    /// <summary>The table.</summary>
    public static QuerySchema<StateRow<LedgerFigures>> Schema { get; } = new(
        "citizen", TwinKind.Citizen, "A pseudonymous person or firm: the once-only ledger of documents.",
        [
            new("id", QueryType.Id, "The pseudonym.", (in StateRow<LedgerFigures> r, QueryContext _) => QueryValue.Of(r.Id)) { Kinds = [TwinKind.Citizen], IsIndexed = true },
            new("checks", QueryType.Number, "Cases that asked the ledger.", (in StateRow<LedgerFigures> r, QueryContext _) => QueryValue.Of(r.State!.Checks)),
            new("needed", QueryType.Number, "Documents that cases needed.", (in StateRow<LedgerFigures> r, QueryContext _) => QueryValue.Of(r.State!.Needed)),
            new("reused", QueryType.Number, "Those of them that were there from before.", (in StateRow<LedgerFigures> r, QueryContext _) => QueryValue.Of(r.State!.Reused)),
            new("missing", QueryType.Number, "Documents that cases needed and the citizen had to bring.", (in StateRow<LedgerFigures> r, QueryContext _) => QueryValue.Of(r.State!.Missing)),
            new("reusedShare", QueryType.Number, "Reused among needed, 0 to 1.", (in StateRow<LedgerFigures> r, QueryContext _) => OfficeAttributes.Share(r.State!.Reused, r.State.Needed)),
            new("lastAt", QueryType.Moment, "When the ledger last changed.", (in StateRow<LedgerFigures> r, QueryContext _) => QueryValue.OfMoment(r.State!.LastAt)),
        ]);
}
