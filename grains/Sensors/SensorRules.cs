using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>What a sensor is and where it stands.</summary>
/// <param name="Kind">What it watches.</param>
/// <param name="Name">Its name in topics, 1 to 64 characters.</param>
/// <param name="City">The city.</param>
/// <param name="Commune">Where it stands.</param>
/// <param name="Place">Where exactly.</param>
/// <param name="IsCityWide">Whether its alerts concern the whole city: they are grouped across communes and are immediate.</param>
public sealed record SensorProfile(SensorKind Kind, string Name, TwinId City, TwinId Commune, GeoPoint? Place, bool IsCityWide = false);

/// <summary>Which number of a sensor is held against its thresholds.</summary>
public enum WatchedNumber : byte
{
    /// <summary>The latest value of the kind's primary measure.</summary>
    Latest = 0,

    /// <summary>The sum over the last hours.</summary>
    Sum = 1,

    /// <summary>The hourly VN_AQI.</summary>
    AirQualityIndex = 2,
}

/// <summary>When a sensor alerts. Durations are in the readings' own time.</summary>
public sealed record SensorRules
{
    /// <summary>The values at which alert level I, II, III … begin, rising, 0 to 8 of them, in the watched number's unit.</summary>
    public ImmutableArray<double> Levels { get; init; } = [];

    /// <summary>How far below a level the number must fall to clear it, 0 or more.</summary>
    public double Hysteresis { get; init; }

    /// <summary>How long the number must stay at or above a level to raise it. 0 (default) to 24 h.</summary>
    public TimeSpan RaiseAfter { get; init; }

    /// <summary>How long it must stay below to clear it. 0 (default) to 24 h.</summary>
    public TimeSpan ClearAfter { get; init; }

    /// <summary>Which number is watched.</summary>
    public WatchedNumber Watched { get; init; }

    /// <summary>Hours that <see cref="WatchedNumber.Sum"/> adds up. 1 to 24, default 24.</summary>
    public int SumHours { get; init; } = 24;

    /// <summary>A rise an hour that is an alert of its own, in the primary measure's unit; null for none.</summary>
    public double? RisePerHourMax { get; init; }

    /// <summary>How long without a reading until the sensor counts as silent. 1 min to 30 d, default 30 min.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The least plausible value; null for the measure's range.</summary>
    public double? PlausibleMin { get; init; }

    /// <summary>The greatest plausible value; null for the measure's range.</summary>
    public double? PlausibleMax { get; init; }

    /// <summary>The largest jump between two neighbouring readings that is believed at once; a larger one must be confirmed by the next reading. Null: any.</summary>
    public double? SpikeMax { get; init; }

    /// <summary>How long the very same value may come before the instrument counts as stuck; null for ever.</summary>
    public TimeSpan? StuckAfter { get; init; }

    /// <summary>Sensible rules of a kind; a city sets its own.</summary>
    /// <remarks>Flood levels differ by station and have no default. Noise: QCVN 26:2010, 70 dBA by day. Air: VN_AQI bands from "Kém".</remarks>
    public static SensorRules DefaultOf(SensorKind kind) => kind switch
    {
        SensorKind.Water => new() { Hysteresis = 0.05, RaiseAfter = TimeSpan.FromMinutes(5), ClearAfter = TimeSpan.FromMinutes(15), RisePerHourMax = 0.5, SpikeMax = 1 },
        SensorKind.Rain => new() { Levels = [50, 100, 200], Watched = WatchedNumber.Sum },
        SensorKind.Air => new() { Levels = [101, 151, 201, 301], Watched = WatchedNumber.AirQualityIndex, Hysteresis = 5, SilentAfter = TimeSpan.FromHours(2) },
        SensorKind.Noise => new() { Levels = [70], Hysteresis = 3, RaiseAfter = TimeSpan.FromMinutes(10), ClearAfter = TimeSpan.FromMinutes(10) },
        SensorKind.Traffic => new() { Levels = [60, 80, 95], Hysteresis = 10, RaiseAfter = TimeSpan.FromMinutes(10), ClearAfter = TimeSpan.FromMinutes(10) },
        SensorKind.Light => new() { Levels = [1], Hysteresis = 0.5, SilentAfter = TimeSpan.FromDays(1) },
        SensorKind.Link => new() { Levels = [5, 20, 100], Hysteresis = 1, RaiseAfter = TimeSpan.FromMinutes(3), ClearAfter = TimeSpan.FromMinutes(3), SilentAfter = TimeSpan.FromMinutes(10) },
        _ => new() { Levels = [10, 50, 200], Hysteresis = 2, RaiseAfter = TimeSpan.FromMinutes(5) },
    };

    /// <summary>Whether every member is in its range.</summary>
    public bool AreValid =>
        !Levels.IsDefault && Levels.Length <= 8 && Levels.All(double.IsFinite) && Levels.Zip(Levels.Skip(1), (a, b) => a < b).All(rises => rises)
        && double.IsFinite(Hysteresis) && Hysteresis >= 0
        && IsWithin(RaiseAfter, TimeSpan.Zero, TimeSpan.FromDays(1)) && IsWithin(ClearAfter, TimeSpan.Zero, TimeSpan.FromDays(1))
        && Watched <= WatchedNumber.AirQualityIndex && SumHours is >= 1 and <= 24
        && RisePerHourMax is null or > 0 && SpikeMax is null or > 0
        && IsWithin(SilentAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30))
        && (StuckAfter is not { } stuck || IsWithin(stuck, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)));

    /// <summary>Whether other rules say the same.</summary>
    public bool IsSame(SensorRules other) =>
        ReferenceEquals(this, other) || (Levels.AsSpan().SequenceEqual(other.Levels.AsSpan()) && this == other with { Levels = Levels });

    private static bool IsWithin(TimeSpan value, TimeSpan min, TimeSpan max) => value >= min && value <= max;
}
