using System.ComponentModel.DataAnnotations;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Subscriptions;

/// <summary>A new subscription.</summary>
internal sealed record SubscribeBody
{
    /// <summary>The kind of twin; required.</summary>
    [Required]
    public string? Type { get; init; }

    /// <summary>The condition, without now and without words of reports; left out: all twins of the kind.</summary>
    public string? Q { get; init; }

    /// <summary>latitude,longitude,metres.</summary>
    public string? Near { get; init; }

    /// <summary>commune/…, bbox:… or polygon:….</summary>
    public string? Within { get; init; }

    /// <summary>Attributes that events have.</summary>
    public string? Select { get; init; }

    /// <summary>Where events are sent: http or https; required.</summary>
    [Required]
    public string? Target { get; init; }

    /// <summary>structured (default) or binary.</summary>
    public EventMode? Mode { get; init; }

    /// <summary>The kinds of changes; all by default.</summary>
    public ChangeKind[]? Changes { get; init; }

    /// <summary>Events a second at most, 1 to 10,000, default 100.</summary>
    public int? RatePerSecond { get; init; }

    /// <summary>The key of signatures: whsec_ and 24 to 64 bytes in base 64; left out: one is made and told once.</summary>
    public string? Secret { get; init; }

    /// <summary>Changes after this journal position are sent; left out: from now on.</summary>
    public long? From { get; init; }

    /// <summary>A name or remark, up to 200 characters.</summary>
    public string? Note { get; init; }

    /// <summary>Whether the target is asked first if it wants events (an OPTIONS request, as the CloudEvents web hook specification has it); left out: it is not.</summary>
    public bool? Handshake { get; init; }
}

/// <summary>A subscription as it stands.</summary>
internal sealed record SubscriptionReading
{
    /// <summary>Its identity.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of twin.</summary>
    public required string Type { get; init; }

    /// <summary>The condition.</summary>
    public string? Q { get; init; }

    /// <summary>latitude,longitude,metres.</summary>
    public string? Near { get; init; }

    /// <summary>commune/…, bbox:… or polygon:….</summary>
    public string? Within { get; init; }

    /// <summary>Attributes that events have.</summary>
    public string? Select { get; init; }

    /// <summary>Where events are sent.</summary>
    public required string Target { get; init; }

    /// <summary>How.</summary>
    public required EventMode Mode { get; init; }

    /// <summary>The kinds of changes.</summary>
    public required IReadOnlyList<ChangeKind> Changes { get; init; }

    /// <summary>Events a second at most.</summary>
    public required int RatePerSecond { get; init; }

    /// <summary>A name or remark.</summary>
    public string? Note { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether nothing is sent for now.</summary>
    public required bool Paused { get; init; }

    /// <summary>Everything up to this journal position has been delivered or set aside.</summary>
    public required long Cursor { get; init; }

    /// <summary>How many journal positions are still to be looked at.</summary>
    public required long Lag { get; init; }

    /// <summary>Events delivered so far.</summary>
    public required long Delivered { get; init; }

    /// <summary>Events set aside.</summary>
    public required long DeadLetters { get; init; }

    /// <summary>Failed attempts at the event at hand.</summary>
    public required int Attempts { get; init; }

    /// <summary>Why the last attempt failed; null when it succeeded.</summary>
    public string? LastError { get; init; }

    /// <summary>The key of signatures: in the answer to the making only.</summary>
    public string? Secret { get; init; }

    /// <summary>A subscription as it is told.</summary>
    public static SubscriptionReading From(Subscription s, SubscriptionProgress p, long position, bool withSecret = false) => new()
    {
        Id = s.Id,
        Type = s.Query.Type!,
        Q = s.Query.Q,
        Near = s.Query.Near,
        Within = s.Query.Within,
        Select = s.Query.Select,
        Target = s.Target.ToString(),
        Mode = s.Mode,
        Changes = s.Changes,
        RatePerSecond = s.RateMax,
        Note = s.Note,
        CreatedAt = s.CreatedAt,
        Paused = s.Paused,
        Cursor = p.Cursor,
        Lag = Math.Max(0, position - p.Cursor),
        Delivered = p.Delivered,
        DeadLetters = p.DeadLetters,
        Attempts = p.Attempts,
        LastError = p.LastError,
        Secret = withSecret ? WebhookSignature.SecretPrefix + Convert.ToBase64String(s.Secret) : null,
    };
}

/// <summary>All subscriptions.</summary>
/// <param name="Items">In the order of making.</param>
internal sealed record SubscriptionListAnswer(IReadOnlyList<SubscriptionReading> Items);

/// <summary>From where to send again.</summary>
/// <param name="From">All changes after this journal position are sent; required.</param>
internal sealed record ReplayBody([property: Required] long? From = null);

/// <summary>An event that could not be delivered.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Position">The journal position of its change.</param>
/// <param name="Twin">The twin.</param>
/// <param name="At">When it was set aside.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Reason">Why the last attempt failed.</param>
/// <param name="Event">The CloudEvent.</param>
internal sealed record DeadLetterReading(long Number, long Position, string Twin, DateTimeOffset At, int Attempts, string Reason, System.Text.Json.JsonElement Event);

/// <summary>Dead letters, the oldest first.</summary>
/// <param name="Items">At most 100.</param>
/// <param name="Next">Give it as after for more; null when there is no more.</param>
internal sealed record DeadLetterListAnswer(IReadOnlyList<DeadLetterReading> Items, long? Next);

/// <summary>What became of a dead letter that was sent once more.</summary>
/// <param name="Delivered">Whether the target took it; then it is gone from the list.</param>
/// <param name="Error">Why not.</param>
internal sealed record ResendAnswer(bool Delivered, string? Error);
