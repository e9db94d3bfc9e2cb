using CityTwin.Grains;

namespace CityTwin.Silo;

/// <summary>What became of a command.</summary>
public enum ReplyStatus : byte
{
    /// <summary>It made something happen, and that is durable.</summary>
    Accepted = 1,

    /// <summary>It was fine and there was nothing to change.</summary>
    Unchanged = 2,

    /// <summary>The rules refuse it; nothing changed.</summary>
    Refused = 3,

    /// <summary>The queue is full; nothing changed. Come back in <see cref="Reply.RetryAfter"/>.</summary>
    Overloaded = 4,

    /// <summary>The journal cannot be written, or the runtime is stopping. The command may be repeated under the same id.</summary>
    Unavailable = 5,

    /// <summary>The twin's history is damaged or its rules failed; it was stopped. Nothing changed.</summary>
    Faulted = 6,
}

/// <summary>The answer to a command.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Refusal">Why, when refused.</param>
/// <param name="Position">Journal position of its last event; 0 when it made nothing happen.</param>
/// <param name="Version">The twin's version after it.</param>
/// <param name="Events">What it made happen to the twin itself.</param>
/// <param name="State">The twin's state when the reply was made durable, what followed from the command included; null unless accepted or unchanged.</param>
public sealed record Reply(ReplyStatus Status, Refusal Refusal, long Position, int Version, IReadOnlyList<TwinEvent> Events, TwinState? State)
{
    /// <summary>When to come back after <see cref="ReplyStatus.Overloaded"/> or <see cref="ReplyStatus.Unavailable"/>.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);

    /// <summary>True when this is the first answer given again.</summary>
    public bool Repeated { get; init; }

    /// <summary>True when the command stands.</summary>
    public bool IsSuccess => Status is ReplyStatus.Accepted or ReplyStatus.Unchanged;

    /// <summary>The queue is full.</summary>
    public static Reply Overloaded { get; } = new(ReplyStatus.Overloaded, Refusal.None, 0, 0, [], null);

    /// <summary>The journal cannot be written, or the runtime is stopping.</summary>
    public static Reply Unavailable { get; } = new(ReplyStatus.Unavailable, Refusal.None, 0, 0, [], null);

    /// <summary>The twin was stopped.</summary>
    public static Reply Faulted { get; } = new(ReplyStatus.Faulted, Refusal.None, 0, 0, [], null);
}
