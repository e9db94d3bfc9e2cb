using System.ComponentModel.DataAnnotations;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Citizens;

/// <summary>A document in a citizen's ledger.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Case">The case it was given with.</param>
/// <param name="GivenAt">When.</param>
/// <param name="ExpiresAt">When it stops being valid; null: never.</param>
/// <param name="Verified">Whether it was found to be genuine; only then is it used again.</param>
internal sealed record DocumentReading(string Code, TwinId Case, DateTimeOffset GivenAt, DateTimeOffset? ExpiresAt, bool Verified);

/// <summary>A citizen's once-only ledger as it stands, or stood.</summary>
/// <param name="Id">The pseudonymous identity.</param>
/// <param name="Version">How many events it had: the entity tag.</param>
/// <param name="Documents">The documents that were given, by code.</param>
/// <param name="Needed">Documents that cases needed.</param>
/// <param name="Reused">Those of them that were there from before.</param>
internal sealed record LedgerReading(TwinId Id, int Version, IReadOnlyList<DocumentReading> Documents, long Needed, long Reused)
{
    /// <summary>A citizen's state as it is told.</summary>
    public static LedgerReading From(TwinId id, CitizenState s, int version) => new(
        id, version,
        [.. s.Documents.OrderBy(d => d.Key, StringComparer.Ordinal)
            .Select(d => new DocumentReading(d.Key, d.Value.Case, d.Value.GivenAt, d.Value.ExpiresAt, d.Value.Verified))],
        s.Needed, s.Reused);
}

/// <summary>A document is no longer valid.</summary>
/// <param name="Reason">Why, 1 to 4,000 characters; required.</param>
internal sealed record RevokeBody([property: Required] string? Reason = null);

/// <summary>The answer to a command on a ledger.</summary>
/// <param name="Status">accepted, or unchanged when there was nothing to change.</param>
/// <param name="Position">The journal position of the command's last event; 0 when it made nothing happen.</param>
/// <param name="Repeated">True when this is the first answer given again.</param>
/// <param name="Ledger">The ledger after it.</param>
internal sealed record LedgerAnswer(string Status, long Position, bool Repeated, LedgerReading Ledger);

/// <summary>Citizens' ledgers.</summary>
internal static class CitizenEndpoints
{
    private const string Tag = "Citizens";

    /// <summary>Adds the routes.</summary>
    public static void MapCitizens(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Get("/citizens/{id}", new RouteDoc(Tag, "GetLedger", "A citizen's ledger of documents, now or as of a moment") { Answer = typeof(LedgerReading), Query = [Twins.At] }, async http =>
        {
            TwinId id = Twins.InPath(http, TwinKind.Citizen);
            (CitizenState state, TwinReading reading) = await Twins.ReadAsync<CitizenState>(api, http, id);
            await Answers.TwinAsync(http, LedgerReading.From(id, state, reading.Version), ApiJson.Default.LedgerReading, reading.Version);
        });
        var doc = new RouteDoc(Tag, "RevokeDocument", "A document is no longer valid") { Body = typeof(RevokeBody), Answer = typeof(LedgerAnswer) };
        routes.Post("/citizens/{id}/documents/{code}/revoke", doc, http => RevokeAsync(api, http));
    }

    private static async Task RevokeAsync(CityApi api, HttpContext http)
    {
        TwinId id = Twins.InPath(http, TwinKind.Citizen);
        string code = (string)http.Request.RouteValues["code"]!;
        Reply? reply = await Commands.SendAsync(api, http, id, ApiJson.Default.RevokeBody, (RevokeBody b, CityRules _, ref Mistakes m) =>
        {
            m.Text("$.reason", b.Reason, TextLimits.TextMax);
            return new CitizenCommand.RevokeDocument(code, b.Reason!);
        });
        if (reply is null)
        {
            return;
        }
        if (reply.State is not CitizenState state)
        {
            await Answers.ProblemAsync(http, Problem.KeyReused);
            return;
        }
        Answers.Tag(http, reply.Version);
        var answer = new LedgerAnswer(Commands.StatusOf(reply), reply.Position, reply.Repeated, LedgerReading.From(id, state, reply.Version));
        await Answers.JsonAsync(http, answer, ApiJson.Default.LedgerAnswer);
    }
}
