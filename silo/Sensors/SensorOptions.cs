using System.ComponentModel.DataAnnotations;
using CityTwin.Silo.Journal.Postgres;

namespace CityTwin.Silo.Sensors;

/// <summary>Limits of the ingest and how long readings are kept. Checked at the start.</summary>
public sealed class SensorOptions
{
    /// <summary>Where the time series is: a file, or the PostgreSQL address of the journal. Default <c>data/readings.db</c>.</summary>
    public string Path { get; set; } = "data/readings.db";

    /// <summary>Whether another process may be taking the city's readings now, which this one then waits for: for processes that stand by and for nodes of a cluster. Default: no, the start fails then.</summary>
    public bool WaitsForOthers { get; set; }

    /// <summary>The city's code in topics. 1 to 99, default 46 (Huế).</summary>
    [Range(1, 99)]
    public int City { get; set; } = 46;

    /// <summary>Whether an unknown sensor is registered, with the default rules of its kind, by its first message. Default: no, its messages are dead letters.</summary>
    public bool RegisterOnFirstMessage { get; set; }

    /// <summary>Sensors known at most. 1 to 10,000,000, default 200,000.</summary>
    [Range(1, 10_000_000)]
    public int SensorsMax { get; set; } = 200_000;

    /// <summary>Readings in one message. 1 to 100,000, default 1,000.</summary>
    [Range(1, 100_000)]
    public int ReadingsPerMessageMax { get; set; } = 1_000;

    /// <summary>Readings gathered into one commit; past it publishers wait. 1,000 to 1,000,000, default 65,536.</summary>
    [Range(1_000, 1_000_000)]
    public int BatchMax { get; set; } = 65_536;

    /// <summary>How long a commit waits for company. 0 to 100 ms, default 2 ms: less work for each reading, and no loss of throughput.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.100")]
    public TimeSpan CommitLinger { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Dead letters kept; the oldest go first. 1 to 100,000, default 1,000.</summary>
    [Range(1, 100_000)]
    public int DeadLettersMax { get; set; } = 1_000;

    /// <summary>How far a reading's time may be ahead of the city's clock. 0 to 1 d, default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan AheadMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long raw readings are kept, and how old a reading may come. 1 h to 3,650 d, default 30 d.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepRaw { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long minute values are kept. 1 h to 36,500 d, default 365 d.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "36500.00:00:00")]
    public TimeSpan KeepMinutes { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How long hour values are kept. 1 h to 36,500 d, default 3,650 d.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "36500.00:00:00")]
    public TimeSpan KeepHours { get; set; } = TimeSpan.FromDays(3_650);

    /// <summary>Where the time series of a city is: for an SQLite journal a file beside it, for PostgreSQL its own schema.</summary>
    /// <param name="journal">The journal, as its option has it.</param>
    public static string Beside(string journal) => PostgresAddress.Is(journal) ? journal : System.IO.Path.ChangeExtension(journal, ".readings.db");

    /// <summary>Checks every range; the message names the option.</summary>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public void Validate() => Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
}
