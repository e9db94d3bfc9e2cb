using System.Collections.Frozen;
using CityTwin.Grains;

namespace CityTwin.Silo.Exports;

/// <summary>Which part of a journal an event log is made of; what is null does not matter.</summary>
public sealed record LogScope
{
    /// <summary>Events at this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Events earlier than this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Cases that one of these offices was in charge of, at the beginning of the period or in it.</summary>
    public FrozenSet<TwinId>? Offices { get; init; }

    /// <summary>Cases of these services or categories.</summary>
    public FrozenSet<string>? Services { get; init; }

    /// <summary>Cases of this kind.</summary>
    public CaseKind? Kind { get; init; }
}

/// <summary>The form of an event log.</summary>
public enum LogFormat
{
    /// <summary>Object-centric: OCEL 2.0 as JSON.</summary>
    Ocel,

    /// <summary>Object-centric: OCEL 2.0 as an SQLite database.</summary>
    OcelSqlite,

    /// <summary>Case by case: XES (IEEE 1849-2016).</summary>
    Xes,
}

/// <summary>What an event log has.</summary>
/// <param name="Cases">Cases.</param>
/// <param name="Events">Their events.</param>
/// <param name="Position">The journal position that it is as of.</param>
public sealed record LogTotals(long Cases, long Events, long Position);
