using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>A citizen's once-only ledger: what was given once, verified and unexpired, is not asked for again.</summary>
/// <remarks>
/// Pure; knows codes of documents, never their contents or a name. Source of the rule: "citizens and firms give a fact only once"
/// (Plan 387/KH-UBND, Huế, September 2025). Rules and state diagram: docs/model/citizen.md.
/// </remarks>
public sealed class CitizenDecider : IDecider<CitizenCommand, CitizenEvent, CitizenState>
{
    /// <inheritdoc/>
    public static CitizenState Initial => CitizenState.Empty;

    /// <inheritdoc/>
    public static CitizenCommand? Deadline => null;

    /// <inheritdoc/>
    public static Decision<CitizenEvent> Decide(CitizenState state, CitizenCommand command, in Turn turn) => command switch
    {
        CitizenCommand.CheckDocuments c => CheckDocuments(state, c, turn),
        CitizenCommand.VerifyDocuments c => VerifyDocuments(state, c, turn),
        CitizenCommand.RevokeDocument c => RevokeDocument(state, c, turn),
        _ => Decision<CitizenEvent>.Unchanged,
    };

    /// <inheritdoc/>
    public static CitizenState Evolve(CitizenState state, CitizenEvent happened) => happened switch
    {
        CitizenEvent.LedgerChecked e => AfterCheck(state, e),
        CitizenEvent.DocumentsVerified e => state with { Documents = Verified(state.Documents, e.Case) },
        CitizenEvent.DocumentRevoked e when state.Documents.ContainsKey(e.Document) =>
            state with { Documents = state.Documents.Remove(e.Document) },
        _ => throw new CorruptHistoryException(state, happened),
    };

    /// <inheritdoc/>
    public static void React(TwinId self, CitizenState state, CitizenEvent happened, Outbox outbox)
    {
        if (happened is CitizenEvent.LedgerChecked e)
        {
            outbox.Send(e.Case, new CaseCommand.RecordDocumentCheck(e.Reused, e.Missing));
        }
    }

    /// <inheritdoc/>
    public static DateTimeOffset? NextDeadline(CitizenState state) => null;

    /// <inheritdoc/>
    public static bool IsFinished(CitizenState state) => false;

    /// <summary>Whether a document of the ledger may stand in for a new copy at a moment: verified, and before its expiry.</summary>
    public static bool IsReusable(LedgerEntry entry, DateTimeOffset at) =>
        entry.Verified && (entry.ExpiresAt is not { } expiry || at < expiry);

    private static Decision<CitizenEvent> CheckDocuments(CitizenState state, CitizenCommand.CheckDocuments c, in Turn turn)
    {
        if (c.Case.Kind != TwinKind.Case)
        {
            return Refusal.OutOfRange;
        }
        var given = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<GivenDocument>.Builder recorded = ImmutableArray.CreateBuilder<GivenDocument>();
        foreach (string code in c.Given.OrEmpty())
        {
            if (code is null || !turn.Rules.Catalogue.Documents.TryGetValue(code, out DocumentDefinition? document) || !given.Add(code))
            {
                continue;
            }
            // A copy that was not needed must not put a verified document in doubt.
            if (!(state.Documents.TryGetValue(code, out LedgerEntry? known) && IsReusable(known, turn.At)))
            {
                recorded.Add(new GivenDocument(code, document.ValidDays is { } days ? turn.At.AddDays(days) : null));
            }
        }
        ImmutableArray<string>.Builder reused = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<string>.Builder missing = ImmutableArray.CreateBuilder<string>();
        foreach (string code in c.Needed.OrEmpty())
        {
            if (code is not null && given.Add(code))
            {
                bool isThere = state.Documents.TryGetValue(code, out LedgerEntry? known) && IsReusable(known, turn.At);
                (isThere ? reused : missing).Add(code);
            }
        }
        return new CitizenEvent.LedgerChecked(turn.At, c.Case, recorded.DrainToImmutable(), reused.DrainToImmutable(), missing.DrainToImmutable());
    }

    private static Decision<CitizenEvent> VerifyDocuments(CitizenState state, CitizenCommand.VerifyDocuments c, in Turn turn)
    {
        bool isAny = state.Documents.Values.Any(d => d.Case == c.Case && !d.Verified);
        return isAny ? new CitizenEvent.DocumentsVerified(turn.At, c.Case) : Decision<CitizenEvent>.Unchanged;
    }

    private static Decision<CitizenEvent> RevokeDocument(CitizenState state, CitizenCommand.RevokeDocument c, in Turn turn)
    {
        if (c.Document is null || !state.Documents.ContainsKey(c.Document))
        {
            return Refusal.DocumentNotInLedger;
        }
        return TextLimits.IsText(c.Reason) ? new CitizenEvent.DocumentRevoked(turn.At, c.Document, c.Reason) : Refusal.OutOfRange;
    }

    private static CitizenState AfterCheck(CitizenState state, CitizenEvent.LedgerChecked e)
    {
        ImmutableDictionary<string, LedgerEntry> documents = state.Documents;
        foreach (GivenDocument given in e.Recorded)
        {
            documents = documents.SetItem(given.Document, new LedgerEntry(e.Case, e.At, given.ExpiresAt, Verified: false));
        }
        return state with
        {
            Documents = documents,
            Needed = state.Needed + e.Recorded.Length + e.Reused.Length,
            Reused = state.Reused + e.Reused.Length,
        };
    }

    private static ImmutableDictionary<string, LedgerEntry> Verified(ImmutableDictionary<string, LedgerEntry> documents, TwinId caseId)
    {
        foreach ((string code, LedgerEntry entry) in documents)
        {
            if (entry.Case == caseId)
            {
                documents = documents.SetItem(code, entry with { Verified = true });
            }
        }
        return documents;
    }
}
