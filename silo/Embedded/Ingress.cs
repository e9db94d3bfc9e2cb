using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Embedded;

/// <summary>The bounded queue before the turn thread: many senders, one taker, who takes all that waits at once.</summary>
internal sealed class Ingress(int depthMax)
{
    private readonly object _gate = new();
    private List<Request> _waiting = [];
    private List<Request> _spare = [];
    private bool _signalled;
    private bool _closed;

    /// <summary>How many requests wait.</summary>
    public int Depth
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds one request; false when the queue is full or closed.</summary>
    public bool TryAdd(in Request request)
    {
        lock (_gate)
        {
            if (_closed || _waiting.Count >= depthMax)
            {
                return false;
            }
            _waiting.Add(request);
            Pulse();
            return true;
        }
    }

    /// <summary>Adds all requests, or none when they do not all fit.</summary>
    public bool TryAdd(ReadOnlySpan<Request> requests)
    {
        lock (_gate)
        {
            if (_closed || _waiting.Count + requests.Length > depthMax)
            {
                return false;
            }
            _waiting.AddRange(requests);
            Pulse();
            return true;
        }
    }

    /// <summary>Wakes the taker although there may be nothing to take.</summary>
    public void Signal()
    {
        lock (_gate)
        {
            Pulse();
        }
    }

    /// <summary>Takes no more requests, or takes them again.</summary>
    public void SetClosed(bool closed)
    {
        lock (_gate)
        {
            _closed = closed;
            Pulse();
        }
    }

    /// <summary>Takes all that waits; waits for a request or a signal, at most so long.</summary>
    /// <returns>A list that is the taker's until the next call.</returns>
    public List<Request> Take(TimeSpan longest)
    {
        lock (_gate)
        {
            if (!_signalled && _waiting.Count == 0 && longest > TimeSpan.Zero)
            {
                Monitor.Wait(_gate, longest);
            }
            _signalled = false;
            (_waiting, _spare) = (_spare, _waiting);
            _waiting.Clear();
            return _spare;
        }
    }

    private void Pulse()
    {
        if (!_signalled)
        {
            _signalled = true;
            Monitor.Pulse(_gate);
        }
    }
}
