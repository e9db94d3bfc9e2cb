using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo;

/// <summary>What the embedded runtime has done since it started. Safe to read at any time; numbers may be a glance apart.</summary>
public sealed class RuntimeStatistics
{
    private const int StoppedMax = 16;

    private readonly long[] _commitBuckets = new long[CommitBoundsMs.Length + 1];
    private TurnEngine? _engine;
    private StoppedTwin[] _stopped = [];

    /// <summary>Upper bounds of the commit latency buckets, milliseconds; one more bucket is above all.</summary>
    public static ImmutableArray<double> CommitBoundsMs { get; } = [0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 250, 1000];

    /// <summary>Turns executed.</summary>
    public long Turns { get; internal set; }

    /// <summary>Messages between twins delivered.</summary>
    public long Messages { get; internal set; }

    /// <summary>Messages that the receiver's rules refused.</summary>
    public long RefusedMessages { get; internal set; }

    /// <summary>Deadlines that made something happen.</summary>
    public long Deadlines { get; internal set; }

    /// <summary>Repeated commands recognised.</summary>
    public long Repeats { get; internal set; }

    /// <summary>Twins stopped because of a damaged history or failed rules.</summary>
    public long Faults { get; internal set; }

    /// <summary>Twins in memory.</summary>
    public int Resident { get; internal set; }

    /// <summary>Twins read back from the journal.</summary>
    public long Activations { get; internal set; }

    /// <summary>Twins put out of memory.</summary>
    public long Passivations { get; internal set; }

    /// <summary>Batches made durable.</summary>
    public long Batches { get; private set; }

    /// <summary>Events made durable.</summary>
    public long Events { get; private set; }

    /// <summary>Time spent in commits, milliseconds.</summary>
    public double CommitMs { get; private set; }

    /// <summary>Times that the journal failed and the runtime recovered.</summary>
    public long Recoveries { get; internal set; }

    /// <summary>From the former writer's last sign of life until this process, which stood by, was ready to write; null when it has not taken over.</summary>
    /// <remarks>At most <see cref="TakeoverTimeMax"/>, and what the last events and a busy machine need.</remarks>
    public TimeSpan? TakeoverTime { get; internal set; }

    /// <summary>The bound that the lease sets: its expiry, the interval at which it is renewed, and the one at which a process that stands by tries for it.</summary>
    public static TimeSpan TakeoverTimeMax { get; } = Journal.Postgres.WriterLease.Expiry + Journal.Postgres.WriterLease.RenewEvery + Embedded.StandbyWatch.TryEvery;

    /// <summary>Commits by latency bucket, see <see cref="CommitBoundsMs"/>.</summary>
    public IReadOnlyList<long> CommitBuckets => _commitBuckets;

    /// <summary>Twins in memory by kind; empty on a node of a cluster, whose dashboard has them.</summary>
    public IReadOnlyDictionary<TwinKind, int> ResidentByKind => _engine is { ResidentByKind: var counts }
        ? Enumerable.Range(1, counts.Count - 1).Where(k => counts[k] > 0).ToDictionary(k => (TwinKind)k, k => counts[k])
        : new Dictionary<TwinKind, int>();

    /// <summary>The latest twins that were stopped, the newest first, at most 16.</summary>
    public IReadOnlyList<StoppedTwin> Stopped => _stopped;

    /// <summary>What keeps the turn thread busy; nothing on a node of a cluster.</summary>
    /// <param name="most">At most so many twins.</param>
    public TurnLoad Load(int most) => _engine?.Counters.Sampler.Read(most) ?? TurnLoad.None;

    internal void Stop(TwinId twin, Exception reason)
    {
        Faults++;
        _stopped = [.. _stopped.Prepend(new StoppedTwin(twin, reason.GetType().Name)).Take(StoppedMax)];
    }

    internal void Observe(TurnEngine engine)
    {
        _engine = engine;
        Turns = engine.Counters.Turns;
        Messages = engine.Counters.Messages;
        RefusedMessages = engine.Counters.RefusedMessages;
        Deadlines = engine.Counters.Deadlines;
        Repeats = engine.Counters.Repeats;
        Resident = engine.Resident;
        (Activations, Passivations) = (engine.Activations, engine.Passivations);
    }

    internal void Committed(int events, TimeSpan took)
    {
        Batches++;
        Events += events;
        double ms = took.TotalMilliseconds;
        CommitMs += ms;
        int bucket = 0;
        while (bucket < CommitBoundsMs.Length && ms > CommitBoundsMs[bucket])
        {
            bucket++;
        }
        _commitBuckets[bucket]++;
    }
}
