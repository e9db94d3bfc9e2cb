using CityTwin.Silo.Mqtt;

namespace CityTwin.Silo.Sensors;

/// <summary>One HTTP request that waits for its readings to be durable.</summary>
internal sealed class HttpWaiter : IDurableWaiter
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _durable;
    private long _wanted = long.MaxValue;
    private bool _failed;

    public long JoinedTicket { get; set; }

    /// <summary>Done when there is room, as of now.</summary>
    public Task NextRoom()
    {
        lock (_gate)
        {
            _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>True once everything up to a ticket is durable; false if any of it was not stored.</summary>
    public Task<bool> DurableAsync(long ticket)
    {
        lock (_gate)
        {
            _wanted = ticket;
            Settle();
        }
        return _done.Task;
    }

    public void Committed(long ticket)
    {
        lock (_gate)
        {
            _durable = Math.Max(_durable, ticket);
            Settle();
        }
    }

    public void Failed(long ticket)
    {
        lock (_gate)
        {
            _failed = true;
            _durable = Math.Max(_durable, ticket);
            Settle();
        }
    }

    public void RoomMade()
    {
        lock (_gate)
        {
            _room.TrySetResult();
        }
    }

    private void Settle()
    {
        if (_durable >= _wanted)
        {
            _done.TrySetResult(!_failed);
        }
    }
}
