using CityTwin.Silo.Queries;

namespace CityTwin.Silo.Subscriptions;

/// <summary>How a CloudEvent is laid into an HTTP request.</summary>
public enum EventMode : byte
{
    /// <summary>One JSON document with everything: <c>application/cloudevents+json</c>.</summary>
    Structured = 1,

    /// <summary>The attributes in <c>ce-</c> headers, the data as the body.</summary>
    Binary = 2,
}

/// <summary>What a webhook is told of, and where.</summary>
public sealed record Subscription
{
    /// <summary>Its identity.</summary>
    public required string Id { get; init; }

    /// <summary>The condition and the columns.</summary>
    public required QueryRequest Query { get; init; }

    /// <summary>Where events are sent.</summary>
    public required Uri Target { get; init; }

    /// <summary>How.</summary>
    public EventMode Mode { get; init; } = EventMode.Structured;

    /// <summary>When set, changes are told as NGSI-LD notifications, and <see cref="Mode"/> does not matter.</summary>
    public EntityNotification? Notification { get; init; }

    /// <summary>The kinds of changes that are told; all by default.</summary>
    public IReadOnlyList<ChangeKind> Changes { get; init; } = [ChangeKind.Entered, ChangeKind.Changed, ChangeKind.Left];

    /// <summary>Attributes of which one must have changed for a change of a twin that fulfilled the condition before to be told; empty: any event is told.</summary>
    public IReadOnlyList<string> Watched { get; init; } = [];

    /// <summary>When it ends: nothing is sent after it; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The key that events are signed with: 24 to 64 bytes.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>Events a second at most. 1 to 10,000, default 100.</summary>
    public int RateMax { get; init; } = 100;

    /// <summary>A name or remark, up to 200 characters.</summary>
    public string? Note { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether nothing is sent for now; what happens meanwhile is sent later.</summary>
    public bool Paused { get; init; }
}

/// <summary>How far a subscription has got.</summary>
/// <param name="Cursor">Everything up to this journal position has been delivered or set aside.</param>
/// <param name="Delivered">Events delivered so far.</param>
/// <param name="DeadLetters">Events set aside, to be looked at.</param>
/// <param name="Attempts">Attempts at the event at hand that failed.</param>
/// <param name="LastError">Why the last failed attempt failed; null when the last one succeeded.</param>
/// <param name="LastSentAt">When the last event was taken, since the start; null before the first.</param>
public sealed record SubscriptionProgress(long Cursor, long Delivered, long DeadLetters, int Attempts, string? LastError, DateTimeOffset? LastSentAt = null);

/// <summary>An event that could not be delivered.</summary>
/// <param name="Number">Its number within the store.</param>
/// <param name="Position">The journal position of its change.</param>
/// <param name="Twin">The twin.</param>
/// <param name="At">When it was set aside, UTC.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Reason">Why the last attempt failed.</param>
/// <param name="Event">The event as structured JSON.</param>
public sealed record DeadLetter(long Number, long Position, string Twin, DateTimeOffset At, int Attempts, string Reason, byte[] Event);

/// <summary>Limits of subscriptions.</summary>
public sealed class SubscriptionOptions
{
    /// <summary>The SQLite file of subscriptions, their cursors and dead letters.</summary>
    public required string Path { get; init; }

    /// <summary>Whether targets may be on loopback and private networks. Default false.</summary>
    public bool AllowsPrivateTargets { get; init; }

    /// <summary>Subscriptions at most. 1 to 100,000, default 1,000.</summary>
    public int SubscriptionsMax { get; init; } = 1_000;

    /// <summary>Attempts at one event, after which it is set aside. 1 to 100, default 12: about half an hour.</summary>
    public int AttemptsMax { get; init; } = 12;

    /// <summary>The pause after the first failure; it doubles with each. Default 0.5 s.</summary>
    public TimeSpan PauseMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause. Default 5 min.</summary>
    public TimeSpan PauseMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a target may take to answer. Default 10 s.</summary>
    public TimeSpan AnswerTimeMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Dead letters kept for each subscription; the oldest go first. Default 10,000.</summary>
    public int DeadLettersMax { get; init; } = 10_000;
}
