using System.Threading.Tasks.Sources;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Embedded;

/// <summary>The reply to one command. Its continuation runs on the thread pool, never on the committer's thread.</summary>
internal sealed class SingleReply : IReplySink, IValueTaskSource<Reply>
{
    private ManualResetValueTaskSourceCore<Reply> _core = new() { RunContinuationsAsynchronously = true };

    /// <summary>The reply to come; awaited once.</summary>
    public ValueTask<Reply> Task => new(this, _core.Version);

    /// <inheritdoc/>
    public void Complete(int index, Reply reply) => _core.SetResult(reply);

    /// <inheritdoc/>
    public Reply GetResult(short token) => _core.GetResult(token);

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}

/// <summary>The replies to commands that were sent together.</summary>
internal sealed class ReplyGroup(int count) : IReplySink
{
    private readonly TaskCompletionSource<Reply[]> _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Reply[] _replies = new Reply[count];
    private int _missing = count;

    /// <summary>All replies, once the last one is there.</summary>
    public Task<Reply[]> Task => _all.Task;

    /// <inheritdoc/>
    public void Complete(int index, Reply reply)
    {
        _replies[index] = reply;
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _all.SetResult(_replies);
        }
    }
}
