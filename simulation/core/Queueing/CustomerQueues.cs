namespace CityTwin.Simulation.Queueing;

/// <summary>First-in-first-out queues of slots, linked through one array.</summary>
internal sealed class CustomerQueues
{
    private readonly int[] _head;
    private readonly int[] _tail;
    private int[] _next = new int[64];

    public CustomerQueues(int queues)
    {
        _head = new int[queues];
        _tail = new int[queues];
        Array.Fill(_head, -1);
    }

    public void Add(int queue, int slot)
    {
        _next[slot] = -1;
        if (_head[queue] < 0)
        {
            _head[queue] = slot;
        }
        else
        {
            _next[_tail[queue]] = slot;
        }
        _tail[queue] = slot;
    }

    /// <summary>Takes the first slot; −1 when there is none.</summary>
    public int Take(int queue)
    {
        int slot = _head[queue];
        if (slot >= 0)
        {
            _head[queue] = _next[slot];
        }
        return slot;
    }

    public void Grow(int slots) => Array.Resize(ref _next, slots);
}
