using CityTwin.Silo.Mqtt;

namespace CityTwin.Silo.Sensors;

/// <summary>One message of a batch over HTTP.</summary>
/// <param name="Topic">As over MQTT.</param>
/// <param name="Payload">The same bytes that MQTT would carry.</param>
public readonly record struct ReadingMessage(string? Topic, ReadOnlyMemory<byte> Payload);

/// <summary>What became of a batch.</summary>
/// <param name="IsDurable">False when the storage failed: all of it must be sent again, and what was stored counts once.</param>
/// <param name="Rejected">The messages that were not taken, by their place, and why.</param>
public sealed record ReadingBatchOutcome(bool IsDurable, IReadOnlyList<(int Index, string Reason)> Rejected);

/// <summary>Takes many messages at once, for a request that waits until all of them are durable.</summary>
public static class ReadingBatch
{
    /// <summary>Takes what can be taken, and completes once that is durable.</summary>
    /// <param name="intake">Takes it.</param>
    /// <param name="messages">In the order of taking.</param>
    /// <param name="client">Who sent them, for the dead letters.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    public static async ValueTask<ReadingBatchOutcome> TakeAsync(
        ReadingIntake intake, IReadOnlyList<ReadingMessage> messages, string client, CancellationToken cancellation)
    {
        HttpWaiter waiter = new();
        List<(int, string)> rejected = [];
        long ticket = 0;
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Topic is not { } topic || intake.RouteOf(topic) is not { } route)
            {
                rejected.Add((i, "topic: expected city/{city}/{commune}/{kind}/{sensor} of this city"));
                continue;
            }
            Task room = waiter.NextRoom();
            Intake taken = intake.Take(route, messages[i].Payload.Span, client, waiter, out string? wrong);
            while (taken.IsFull)
            {
                await room.WaitAsync(cancellation);
                room = waiter.NextRoom();
                taken = intake.Take(route, messages[i].Payload.Span, client, waiter, out wrong);
            }
            ticket = Math.Max(ticket, taken.Ticket);
            if (wrong is not null)
            {
                rejected.Add((i, $"payload: {wrong}"));
            }
        }
        return new ReadingBatchOutcome(ticket == 0 || await waiter.DurableAsync(ticket), rejected);
    }
}
