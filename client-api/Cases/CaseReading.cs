using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Cases;

/// <summary>A case as it stands, or stood.</summary>
internal sealed record CaseReading
{
    /// <summary>Its identity.</summary>
    public required TwinId Id { get; init; }

    /// <summary>How many events it had: the entity tag.</summary>
    public required int Version { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required CaseStage Stage { get; init; }

    /// <summary>Dossier or feedback.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>The service's or category's code.</summary>
    public required string Service { get; init; }

    /// <summary>How urgent it is.</summary>
    public required Urgency Urgency { get; init; }

    /// <summary>How it came in.</summary>
    public required Channel Channel { get; init; }

    /// <summary>Where the citizen lives or the matter lies.</summary>
    public required TwinId Commune { get; init; }

    /// <summary>The office in charge.</summary>
    public required TwinId Office { get; init; }

    /// <summary>The desk it is at, or was at last.</summary>
    public TwinId? Desk { get; init; }

    /// <summary>The official who has it in hand, or had it last.</summary>
    public TwinId? Official { get; init; }

    /// <summary>Who filed it; null when unnamed.</summary>
    public TwinId? Citizen { get; init; }

    /// <summary>When it came in.</summary>
    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>The deadline in force; while the citizen is waited for, the one that stood before.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Since when it is in its stage.</summary>
    public required DateTimeOffset StageAt { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Until when the citizen may answer, or when it closes by itself.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>True once the deadline in force has passed.</summary>
    public required bool Overdue { get; init; }

    /// <summary>Whether the result came in time; null before there is one.</summary>
    public bool? OnTime { get; init; }

    /// <summary>The rating, 1 to 5; null when not rated.</summary>
    public int? Rating { get; init; }

    /// <summary>How often it went up to a department.</summary>
    public required int Escalations { get; init; }

    /// <summary>How often it was reopened.</summary>
    public required int Reopenings { get; init; }

    /// <summary>Documents it needs.</summary>
    public required ImmutableArray<string> Needed { get; init; }

    /// <summary>Documents that the citizen must still give.</summary>
    public required ImmutableArray<string> Missing { get; init; }

    /// <summary>How many needed documents were found in the ledger.</summary>
    public required int Reused { get; init; }

    /// <summary>Working time that officials spent on it, minutes.</summary>
    public required double WorkedMinutes { get; init; }

    /// <summary>What was reported.</summary>
    public string? Description { get; init; }

    /// <summary>Where exactly.</summary>
    public PlaceBody? Place { get; init; }

    /// <summary>What a model read in the report, and how sure it was; null where a person chose the category at filing.</summary>
    public ClassificationReading? Classification { get; init; }

    /// <summary>True while a person must say what the report is about.</summary>
    public required bool NeedsCategory { get; init; }

    /// <summary>How many more reports of the same thing joined it.</summary>
    public required int Followers { get; init; }

    /// <summary>The result, or the reason, in words.</summary>
    public string? Outcome { get; init; }

    /// <summary>A case's state as it is told.</summary>
    public static CaseReading From(TwinId id, CaseState s, int version) => new()
    {
        Id = id,
        Version = version,
        Stage = s.Stage,
        Kind = s.Kind,
        Service = s.Service,
        Urgency = s.Urgency,
        Channel = s.Channel,
        Commune = s.Commune,
        Office = s.Office,
        Desk = s.Desk.IsNone ? null : s.Desk,
        Official = s.Official.IsNone ? null : s.Official,
        Citizen = s.Citizen.IsNone ? null : s.Citizen,
        FiledAt = s.FiledAt,
        DueAt = s.DueAt,
        StageAt = s.StageAt,
        ResolvedAt = s.ResolvedAt,
        Until = s.Until,
        Overdue = s.Overdue,
        OnTime = s.OnTime,
        Rating = s.Rating == 0 ? null : s.Rating,
        Escalations = s.Escalations,
        Reopenings = s.Reopenings,
        Needed = s.Needed,
        Missing = s.Missing,
        Reused = s.Reused,
        WorkedMinutes = Math.Round(s.Worked.TotalMinutes, 2),
        Description = s.Description,
        Place = s.Place is { } place ? new PlaceBody(place.Latitude, place.Longitude) : null,
        Classification = s.Classification is { } c
            ? new ClassificationReading(c.Model, c.Category, c.Probability, c.Language, c.Level, c.LevelProbability, c.Urgency, c.UrgencyProbability)
            : null,
        NeedsCategory = s.NeedsCategory,
        Followers = s.Followers,
        Outcome = s.Outcome,
    };
}

/// <summary>What a model read in a report.</summary>
/// <param name="Model">The model's name and version.</param>
/// <param name="Category">The most probable category; the case's own may be another by now.</param>
/// <param name="Probability">Its probability, 0 to 1.</param>
/// <param name="Language">vi, en, fr, pt, or und.</param>
/// <param name="Level">The level that the text speaks of; null where the model does not say.</param>
/// <param name="LevelProbability">Its probability, 0 to 1.</param>
/// <param name="Urgency">The urgency that the text speaks of; null where the model does not say.</param>
/// <param name="UrgencyProbability">Its probability, 0 to 1.</param>
internal sealed record ClassificationReading(
    string Model, string Category, double Probability, string? Language, Level? Level, double LevelProbability, Urgency? Urgency, double UrgencyProbability);

/// <summary>The answer to a command on a case.</summary>
/// <param name="Status">accepted; unchanged when there was nothing to change; followed when a report joined this case of the same thing.</param>
/// <param name="Position">The journal position of the command's last event; 0 when it made nothing happen.</param>
/// <param name="Repeated">True when this is the first answer given again.</param>
/// <param name="Case">The case after it, with all that followed at once.</param>
internal sealed record CaseAnswer(string Status, long Position, bool Repeated, CaseReading Case);

/// <summary>The answers to a batch.</summary>
/// <param name="Position">The highest journal position among them.</param>
/// <param name="Results">In the order of the cases sent.</param>
internal sealed record BatchAnswer(long Position, BatchResult[] Results);

/// <summary>What became of one case of a batch: either a case, or a problem.</summary>
/// <param name="Status">accepted, unchanged, refused, or invalid (the item had mistakes; nothing was sent).</param>
/// <param name="Case">The case, when it stands.</param>
/// <param name="Problem">Why not, when it does not.</param>
internal sealed record BatchResult(string Status, CaseReading? Case = null, Problems.Problem? Problem = null);
