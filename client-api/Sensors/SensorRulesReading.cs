using CityTwin.ClientApi.Wire;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Sensors;

/// <summary>Rules of a sensor between a body and the twin.</summary>
internal static class SensorRulesReading
{
    private const int DaySeconds = 86_400;
    private const int MonthSeconds = 2_592_000;
    private const double NumberMax = 1_000_000;

    /// <summary>Rules as they are told.</summary>
    public static RulesBody From(SensorRules r) => new(
        [.. r.Levels], r.Hysteresis, (int)r.RaiseAfter.TotalSeconds, (int)r.ClearAfter.TotalSeconds, r.Watched, r.SumHours, r.RisePerHourMax,
        (int)r.SilentAfter.TotalSeconds, r.PlausibleMin, r.PlausibleMax, r.SpikeMax, r.StuckAfter is { } stuck ? (int)stuck.TotalSeconds : null);

    /// <summary>The rules that a body asks for; what it leaves out is as in <paramref name="otherwise"/>.</summary>
    /// <param name="body">The body; null: nothing is asked for.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="otherwise">What holds else.</param>
    /// <param name="range">The measure's range; null when the kind is not known.</param>
    /// <param name="m">Gets what is wrong.</param>
    public static SensorRules Read(RulesBody? body, string path, SensorRules otherwise, (double Min, double Max)? range, ref Mistakes m)
    {
        if (body is not { } b)
        {
            return otherwise;
        }
        (double least, double most) = range ?? (-20, NumberMax);
        Check($"{path}.hysteresis", b.Hysteresis, 0, NumberMax, ref m);
        Check($"{path}.raiseAfterSeconds", b.RaiseAfterSeconds, 0, DaySeconds, ref m);
        Check($"{path}.clearAfterSeconds", b.ClearAfterSeconds, 0, DaySeconds, ref m);
        Check($"{path}.sumHours", b.SumHours, 1, 24, ref m);
        Check($"{path}.risePerHourMax", b.RisePerHourMax, double.Epsilon, NumberMax, ref m);
        Check($"{path}.silentAfterSeconds", b.SilentAfterSeconds, 60, MonthSeconds, ref m);
        Check($"{path}.plausibleMin", b.PlausibleMin, least, most, ref m);
        Check($"{path}.plausibleMax", b.PlausibleMax, b.PlausibleMin is { } min && min > least ? min : least, most, ref m);
        Check($"{path}.spikeMax", b.SpikeMax, double.Epsilon, NumberMax, ref m);
        Check($"{path}.stuckAfterSeconds", b.StuckAfterSeconds, 60, MonthSeconds, ref m);
        double[] levels = b.Levels ?? [.. otherwise.Levels];
        if (levels.Length > 8 || levels.Any(l => !(Math.Abs(l) <= NumberMax)) || levels.Zip(levels.Skip(1), (x, y) => x < y).Contains(false))
        {
            m.Add($"{path}.levels", "expected 0 to 8 rising numbers");
        }
        return m.Any ? otherwise : otherwise with
        {
            Levels = [.. levels],
            Hysteresis = b.Hysteresis ?? otherwise.Hysteresis,
            RaiseAfter = Seconds(b.RaiseAfterSeconds) ?? otherwise.RaiseAfter,
            ClearAfter = Seconds(b.ClearAfterSeconds) ?? otherwise.ClearAfter,
            Watched = b.Watched ?? otherwise.Watched,
            SumHours = b.SumHours ?? otherwise.SumHours,
            RisePerHourMax = b.RisePerHourMax ?? otherwise.RisePerHourMax,
            SilentAfter = Seconds(b.SilentAfterSeconds) ?? otherwise.SilentAfter,
            PlausibleMin = b.PlausibleMin ?? otherwise.PlausibleMin,
            PlausibleMax = b.PlausibleMax ?? otherwise.PlausibleMax,
            SpikeMax = b.SpikeMax ?? otherwise.SpikeMax,
            StuckAfter = Seconds(b.StuckAfterSeconds) ?? otherwise.StuckAfter,
        };
    }

    /// <summary>Adds a mistake when a number is there and outside its range.</summary>
    public static void Check(string path, double? value, double min, double max, ref Mistakes m)
    {
        if (value is { } v && !(v >= min && v <= max))
        {
            m.Add(path, min == double.Epsilon ? FormattableString.Invariant($"expected a number above 0, at most {max:0}") : FormattableString.Invariant($"expected {min:0.##} to {max:0.##}"));
        }
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } s ? TimeSpan.FromSeconds(s) : null;
}
