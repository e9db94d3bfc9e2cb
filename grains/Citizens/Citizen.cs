using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>What a citizen's once-only ledger can be asked to do.</summary>
public abstract record CitizenCommand : TwinCommand
{
    private CitizenCommand()
    {
    }

    /// <summary>Message of a case: which of the needed documents are there? Those given now are recorded first.</summary>
    public sealed record CheckDocuments(TwinId Case, ImmutableArray<string> Needed, ImmutableArray<string> Given) : CitizenCommand;

    /// <summary>Message of a case, or a clerk's act: documents given with this case were found to be genuine.</summary>
    public sealed record VerifyDocuments(TwinId Case) : CitizenCommand;

    /// <summary>A document is no longer valid.</summary>
    public sealed record RevokeDocument(string Document, string Reason) : CitizenCommand;
}

/// <summary>What happens in a citizen's ledger. STORAGE FORMAT: see docs/journal.md before changing a name or field.</summary>
/// <param name="At">When, UTC.</param>
public abstract record CitizenEvent(DateTimeOffset At) : TwinEvent
{
    /// <summary>A case asked for documents.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Case">Which case.</param>
    /// <param name="Recorded">Given now, with the end of validity of each once verified.</param>
    /// <param name="Reused">Needed, and found from before.</param>
    /// <param name="Missing">Needed, and neither given now nor there.</param>
    public sealed record LedgerChecked(
        DateTimeOffset At, TwinId Case, ImmutableArray<GivenDocument> Recorded, ImmutableArray<string> Reused, ImmutableArray<string> Missing) : CitizenEvent(At);

    /// <summary>The documents given with a case were found to be genuine.</summary>
    public sealed record DocumentsVerified(DateTimeOffset At, TwinId Case) : CitizenEvent(At);

    /// <summary>A document is no longer valid.</summary>
    public sealed record DocumentRevoked(DateTimeOffset At, string Document, string Reason) : CitizenEvent(At);
}

/// <summary>A document just given.</summary>
/// <param name="Document">Its code.</param>
/// <param name="ExpiresAt">When it stops being valid; null: never.</param>
public readonly record struct GivenDocument(string Document, DateTimeOffset? ExpiresAt);

/// <summary>A citizen's ledger as it stands.</summary>
public sealed record CitizenState : TwinState
{
    /// <summary>An empty ledger.</summary>
    public static CitizenState Empty { get; } = new();

    /// <summary>The documents that were given, by code.</summary>
    public ImmutableDictionary<string, LedgerEntry> Documents { get; init; } = ImmutableDictionary<string, LedgerEntry>.Empty;

    /// <summary>Documents that cases needed.</summary>
    public long Needed { get; init; }

    /// <summary>Those of them that were there from before.</summary>
    public long Reused { get; init; }
}

/// <summary>One document of the ledger.</summary>
/// <param name="Case">The case it was given with.</param>
/// <param name="GivenAt">When.</param>
/// <param name="ExpiresAt">When it stops being valid; null: never.</param>
/// <param name="Verified">Whether it was found to be genuine; only then is it used again.</param>
public sealed record LedgerEntry(TwinId Case, DateTimeOffset GivenAt, DateTimeOffset? ExpiresAt, bool Verified);
