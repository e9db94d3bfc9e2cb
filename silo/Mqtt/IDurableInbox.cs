namespace CityTwin.Silo.Mqtt;

/// <summary>Takes the publications of some topics and makes them durable before they are acknowledged.</summary>
/// <remarks>Thread-safe. The broker asks for a topic's route once and remembers it.</remarks>
public interface IDurableInbox
{
    /// <summary>What the inbox knows of a topic, handed back at each publication; null where the topic is ordinary publish/subscribe.</summary>
    object? RouteOf(string topic);

    /// <summary>Takes one publication into the batch that is being gathered, or says why not. Does not block.</summary>
    /// <param name="route">What <see cref="RouteOf"/> gave for the topic.</param>
    /// <param name="payload">Valid during the call only.</param>
    /// <param name="client">The publisher's client identifier.</param>
    /// <param name="waiter">Told when the batch is durable, when it failed, and when there is room again after <see cref="Intake.Full"/>.</param>
    Intake Take(object route, ReadOnlySpan<byte> payload, string client, IDurableWaiter waiter);
}

/// <summary>What became of a publication that was offered to the inbox.</summary>
/// <param name="Ticket">The number of the batch that it is in, rising from 1; 0 when there is nothing to wait for; negative when there was no room.</param>
/// <param name="Reason">What the publisher is told once the ticket is durable.</param>
public readonly record struct Intake(long Ticket, MqttReason Reason)
{
    /// <summary>No room: nothing was taken; offer it again after <see cref="IDurableWaiter.RoomMade"/>.</summary>
    public static Intake Full { get; } = new(-1, MqttReason.QuotaExceeded);

    /// <summary>True for <see cref="Full"/>.</summary>
    public bool IsFull => Ticket < 0;
}

/// <summary>Who waits for a batch. Calls come from the committer's thread and must be short.</summary>
public interface IDurableWaiter
{
    /// <summary>The last ticket it has something in: the inbox's own note, under its lock.</summary>
    long JoinedTicket { get; set; }

    /// <summary>All batches up to <paramref name="ticket"/> are durable.</summary>
    void Committed(long ticket);

    /// <summary>The batch could not be stored and is gone: what was in it must be sent again.</summary>
    void Failed(long ticket);

    /// <summary>There is room for more.</summary>
    void RoomMade();
}
