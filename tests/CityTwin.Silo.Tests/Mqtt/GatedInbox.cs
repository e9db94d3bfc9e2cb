using System.Text;
using CityTwin.Silo.Mqtt;

namespace CityTwin.Silo.Tests.Mqtt;

/// <summary>Takes topics below <c>city/</c> and makes them durable when the test says so.</summary>
public sealed class GatedInbox(int roomFor = int.MaxValue) : IDurableInbox
{
    private readonly Lock _gate = new();
    private readonly HashSet<IDurableWaiter> _waiters = [];
    private readonly HashSet<IDurableWaiter> _waitForRoom = [];
    private int _awaited;
    private long _ticket = 1;
    private int _inBatch;

    public List<string> Taken { get; } = [];

    public object? RouteOf(string topic) => topic.StartsWith("city/", StringComparison.Ordinal) ? topic : null;

    public Intake Take(object route, ReadOnlySpan<byte> payload, string client, IDurableWaiter waiter)
    {
        lock (_gate)
        {
            if (_inBatch >= roomFor)
            {
                _waitForRoom.Add(waiter);
                return Intake.Full;
            }
            if (payload.SequenceEqual("bad"u8))
            {
                return new Intake(0, MqttReason.PayloadFormatInvalid);
            }
            _inBatch++;
            Taken.Add(Encoding.UTF8.GetString(payload));
            _waiters.Add(waiter);
            return new Intake(_ticket, MqttReason.Success);
        }
    }

    /// <summary>Waits until so many more were taken.</summary>
    public async Task UntilTakenAsync(int count)
    {
        _awaited += count;
        await SessionTests.Until(() => Taken.Count >= _awaited);
    }

    public void Commit() => End(w => w.Waiter.Committed(w.Ticket));

    public void Fail() => End(w => w.Waiter.Failed(w.Ticket));

    private void End(Action<(IDurableWaiter Waiter, long Ticket)> tell)
    {
        IDurableWaiter[] waiters;
        IDurableWaiter[] forRoom;
        long ticket;
        lock (_gate)
        {
            waiters = [.. _waiters];
            forRoom = [.. _waitForRoom];
            _waiters.Clear();
            _waitForRoom.Clear();
            _inBatch = 0;
            ticket = _ticket++;
        }
        Array.ForEach(waiters, w => tell((w, ticket)));
        Array.ForEach(forRoom, w => w.RoomMade());
    }
}
