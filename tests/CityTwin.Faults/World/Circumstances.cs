using CityTwin.Silo;
using CityTwin.Silo.Turns;

namespace CityTwin.Faults.World;

/// <summary>What a seed makes of the world: how tight the bounds are, and how much goes wrong.</summary>
internal sealed record Circumstances
{
    /// <summary>Actions before the world is left to come to rest.</summary>
    public required int Actions { get; init; }

    /// <summary>Commands under way at most.</summary>
    public required int CallersMax { get; init; }

    public required int QueueDepthMax { get; init; }

    public required int ResidentMax { get; init; }

    public required int BatchEventsMax { get; init; }

    public required int CheckpointEvery { get; init; }

    public required int SnapshotsPerBatch { get; init; }

    /// <summary>Whether the clock is driven, rather than the machine's.</summary>
    public required bool Driven { get; init; }

    /// <summary>Whether everything stored goes through the storage format.</summary>
    public required bool Serialises { get; init; }

    /// <summary>Whether views take up their saved forms.</summary>
    public required bool ViewsLoad { get; init; }

    /// <summary>Mean number of moments between two crashes; 0: none.</summary>
    public required int CrashEvery { get; init; }

    /// <summary>Mean number of appends between two times of trouble; 0: none.</summary>
    public required int WriteTroubleEvery { get; init; }

    /// <summary>Mean number of reads between two failing ones; 0: none.</summary>
    public required int ReadTroubleEvery { get; init; }

    /// <summary>Mean number of actions between two clean stops; 0: none.</summary>
    public required int StopEvery { get; init; }

    /// <summary>Mean number of events between two failures of a view; 0: none.</summary>
    public required int ViewTroubleEvery { get; init; }

    /// <summary>Chance in a thousand that the clock jumps rather than walks; it may jump back.</summary>
    public required int JumpPerMille { get; init; }

    /// <summary>How much more the turn thread is given to do than the committer: above 3, commits are slow.</summary>
    public required int CommitSlowness { get; init; }

    /// <summary>Whether the founding is over before anybody calls; else it is one of the things that trouble meets.</summary>
    public required bool FoundsAtOnce { get; init; }

    public static Circumstances From(Random random) => new()
    {
        Actions = random.Next(200, 1_400),
        CallersMax = random.Next(1, 24),
        QueueDepthMax = Any(random, 1, 2, 4, 64, 64),
        ResidentMax = Any(random, 3, 10, 25, 60, 10_000),
        BatchEventsMax = Any(random, 1, 3, 10, 40, 8_192),
        CheckpointEvery = Any(random, 5, 25, 100, 300, 1_000_000),
        SnapshotsPerBatch = Any(random, 1, 3, 10, 2_000),
        Driven = random.Next(3) == 0,
        Serialises = random.Next(8) == 0,
        ViewsLoad = random.Next(4) != 0,
        CrashEvery = Any(random, 0, 300, 1_000, 3_000),
        WriteTroubleEvery = Any(random, 0, 0, 10, 60),
        ReadTroubleEvery = Any(random, 0, 0, 0, 400, 2_000),
        StopEvery = Any(random, 0, 0, 100, 300),
        ViewTroubleEvery = Any(random, 0, 0, 0, 300),
        JumpPerMille = Any(random, 0, 20, 200),
        FoundsAtOnce = random.Next(6) != 0,
        CommitSlowness = Any(random, 1, 3, 10, 40),
    };

    public EmbeddedOptions Options() => new()
    {
        QueueDepthMax = QueueDepthMax,
        Engine = new EngineOptions
        {
            ResidentMax = ResidentMax,
            BatchEventsMax = BatchEventsMax,
            CheckpointEvery = CheckpointEvery,
            SnapshotsPerBatch = SnapshotsPerBatch,
        },
    };

    private static int Any(Random random, params ReadOnlySpan<int> values) => values[random.Next(values.Length)];
}
