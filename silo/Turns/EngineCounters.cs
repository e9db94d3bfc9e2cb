using CityTwin.Grains;

namespace CityTwin.Silo.Turns;

/// <summary>What the engine has done since it started. Written by the turn thread; readers may be a glance behind.</summary>
internal sealed class EngineCounters
{
    /// <summary>Turns executed.</summary>
    public long Turns;

    /// <summary>Messages delivered.</summary>
    public long Messages;

    /// <summary>Messages that the receiver's rules refused.</summary>
    public long RefusedMessages;

    /// <summary>Deadlines that made something happen.</summary>
    public long Deadlines;

    /// <summary>Repeated commands that were recognised.</summary>
    public long Repeats;

    /// <summary>What keeps the engine busy.</summary>
    public TurnSampler Sampler { get; } = new();

    /// <summary>Twins that were stopped, and why; drained by the runtime, which logs them.</summary>
    public List<(TwinId Twin, Exception Reason)> Faults { get; } = [];
}
