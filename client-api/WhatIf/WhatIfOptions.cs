namespace CityTwin.ClientApi.WhatIf;

/// <summary>Limits of the planner's runs: they come after the live city in everything.</summary>
internal sealed record WhatIfOptions
{
    /// <summary>The folder where runs are kept; null: beside the journal.</summary>
    public string? Folder { get; init; }

    /// <summary>Runs that may wait; one more is answered "come back later". 1 to 1,000, default 8.</summary>
    public int QueueMax { get; init; } = 8;

    /// <summary>Runs that stay; the oldest finished ones that nobody keeps go first. 1 to 100,000, default 200.</summary>
    public int RunsMax { get; init; } = 200;

    /// <summary>Bytes of all runs on disk, 1 MiB or more, default 512 MiB.</summary>
    public long BytesMax { get; init; } = 512L << 20;

    /// <summary>Bytes that the results of one run may take in memory, 1 MiB or more, default 256 MiB.</summary>
    public long ResultBytesMax { get; init; } = 256L << 20;

    /// <summary>The longest a run may take, real time. Default 30 minutes.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The latest events of the journal that a calibration reads, 1,000 or more, default 2,000,000.</summary>
    public int CalibrationEventsMax { get; init; } = 2_000_000;

    /// <summary>Threads of a run; default: all processors but one, and at least one.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount - 1);
}
