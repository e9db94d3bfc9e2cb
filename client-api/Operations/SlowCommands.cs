using System.Diagnostics;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Operations;

/// <summary>The slowest requests of the last ten minutes, from acceptance to durable reply. Safe to use from any thread.</summary>
/// <remarks>A command that is not among them costs a comparison.</remarks>
internal sealed class SlowCommands
{
    /// <summary>How many are kept.</summary>
    public const int Most = 20;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly List<SlowCommand> _slowest = [];
    private long _thresholdTicks;
    private long _until;

    /// <summary>A command took so long.</summary>
    public void Took(Type command, TwinId twin, TimeSpan took)
    {
        // Once the oldest is too old, there may be room for a quicker one.
        if (took.Ticks < Volatile.Read(ref _thresholdTicks) && Stopwatch.GetTimestamp() < Volatile.Read(ref _until))
        {
            return;
        }
        lock (_gate)
        {
            Forget();
            int place = _slowest.FindIndex(s => s.Took < took);
            _slowest.Insert(place < 0 ? _slowest.Count : place, new SlowCommand(command.Name, twin, took, Stopwatch.GetTimestamp()));
            Trim();
        }
    }

    /// <summary>The slowest first.</summary>
    public IReadOnlyList<SlowCommand> Read()
    {
        lock (_gate)
        {
            Forget();
            Trim();
            return [.. _slowest];
        }
    }

    private void Forget() => _slowest.RemoveAll(s => Stopwatch.GetElapsedTime(s.Ended) > Kept);

    private void Trim()
    {
        if (_slowest.Count > Most)
        {
            _slowest.RemoveRange(Most, _slowest.Count - Most);
        }
        Volatile.Write(ref _until, _slowest.Count == 0 ? 0 : _slowest.Min(s => s.Ended) + (Kept.Ticks * (Stopwatch.Frequency / TimeSpan.TicksPerSecond)));
        Volatile.Write(ref _thresholdTicks, _slowest.Count < Most ? 0 : _slowest[^1].Took.Ticks);
    }
}

/// <summary>A slow command.</summary>
/// <param name="Command">Its kind.</param>
/// <param name="Twin">To whom.</param>
/// <param name="Took">From acceptance to durable reply.</param>
/// <param name="Ended">When, a timestamp of the stopwatch.</param>
internal sealed record SlowCommand(string Command, TwinId Twin, TimeSpan Took, long Ended);
