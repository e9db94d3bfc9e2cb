namespace CityTwin.Silo.Queries;

/// <summary>Callers that wait until a view has reached a position. Safe to use from any thread.</summary>
internal sealed class PositionWaiters
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(long Position, TaskCompletionSource Done)> _waiting = new();

    /// <summary>Waits; false when it took longer than allowed.</summary>
    public async Task<bool> WaitAsync(Func<long> reached, long position, TimeSpan timeMax, CancellationToken cancellation)
    {
        if (reached() >= position)
        {
            return true;
        }
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<(long, TaskCompletionSource)> node;
        lock (_gate)
        {
            node = _waiting.AddLast((position, done));
        }
        try
        {
            // The position may have been reached between the look and the waiting.
            if (reached() < position)
            {
                await done.Task.WaitAsync(timeMax, cancellation);
            }
            return true;
        }
        catch (TimeoutException)
        {
            return reached() >= position;
        }
        finally
        {
            lock (_gate)
            {
                if (node.List is not null)
                {
                    _waiting.Remove(node);
                }
            }
        }
    }

    /// <summary>Wakes those who waited for a position up to this one.</summary>
    public void Reached(long position)
    {
        lock (_gate)
        {
            for (LinkedListNode<(long Position, TaskCompletionSource Done)>? node = _waiting.First, next; node is not null; node = next)
            {
                next = node.Next;
                if (node.Value.Position <= position)
                {
                    node.Value.Done.TrySetResult();
                    _waiting.Remove(node);
                }
            }
        }
    }
}
