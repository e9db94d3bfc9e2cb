namespace CityTwin.Faults.World;

/// <summary>Continuations that wait for the simulator to run them; instead of the thread pool.</summary>
internal sealed class SimulatedContext : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _waiting = [];

    public int Count => _waiting.Count;

    public override void Post(SendOrPostCallback d, object? state) => _waiting.Add((d, state));

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs any of them: the thread pool promises no order.</summary>
    public void RunAny(Random random)
    {
        int at = random.Next(_waiting.Count);
        (SendOrPostCallback callback, object? state) = _waiting[at];
        _waiting.RemoveAt(at);
        callback(state);
    }
}

/// <summary>Reads of the journal that wait for the simulator to execute them.</summary>
internal sealed class SimulatedScheduler : TaskScheduler
{
    private readonly List<Task> _waiting = [];

    public int Count => _waiting.Count;

    public void RunAny(Random random)
    {
        int at = random.Next(_waiting.Count);
        Task task = _waiting[at];
        _waiting.RemoveAt(at);
        TryExecuteTask(task);
    }

    protected override void QueueTask(Task task) => _waiting.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _waiting;
}

/// <summary>The machine's clock, which may be set back.</summary>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset At { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => At;
}

/// <summary>The process is dead: nothing that happens to it any more is seen by anybody.</summary>
internal sealed class SimulatedCrash() : Exception("the process died (simulated)");
