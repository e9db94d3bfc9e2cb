using System.Buffers;

namespace CityTwin.Grains;

/// <content>Saving all that a watch knows, so that a restart takes it up as it was. STORAGE FORMAT: another form gets another number.</content>
public sealed partial class SensorWatch
{
    private const int Format = 2;

    /// <summary>All that the watch knows of the readings, about a kilobyte; whether the sensor is quiet its twin knows.</summary>
    public byte[] Save()
    {
        ArrayBufferWriter<byte> bytes = new(1_024);
        CompactWriter writer = new(bytes);
        byte[] settings = SettingsOf(_state);
        writer.Whole(Format);
        writer.Whole(settings.Length);
        bytes.Write(settings);
        writer.Number(Latest);
        writer.Number(Watched);
        foreach (long number in (ReadOnlySpan<long>)[LatestAtMs, HeardAtMs, Taken, Repeated, _sameSinceMs])
        {
            writer.Whole(number);
        }
        writer.Flag(_risesRapidly);
        writer.Flag(_isImplausible);
        writer.Flag(_spike is not null);
        writer.Whole(_spike?.AtMs ?? 0);
        writer.Number(_spike?.Value ?? 0);
        _ladder.Save(writer);
        writer.Whole(_samples.Count);
        foreach ((long atMs, double value) in _samples)
        {
            writer.Whole(atMs);
            writer.Number(value);
        }
        _hours.Save(writer);
        SaveByMeasure(writer);
        writer.Whole(Measures.Length);
        foreach ((Measure measure, long atMs, double value) in Measures)
        {
            writer.Whole((long)measure);
            writer.Whole(atMs);
            writer.Number(value);
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Takes up what was saved; null where that is of a form of another version.</summary>
    /// <remarks>Where the twin's settings are other ones by now, the alerts in force are the twin's: the watch had not taken up the change yet.</remarks>
    public static SensorWatch? Load(ReadOnlySpan<byte> saved, SensorState twin)
    {
        CompactReader reader = new(saved);
        if (reader.Whole() != Format)
        {
            return null;
        }
        byte[] settings = SettingsOf(twin);
        bool isSame = reader.Bytes((int)reader.Whole()).SequenceEqual(settings);
        SensorWatch watch = new(twin);
        watch.Read(ref reader);
        if (!isSame)
        {
            watch.StartOver();
        }
        return watch;
    }

    private void Read(ref CompactReader reader)
    {
        (Latest, Watched) = (reader.Number(), reader.Number());
        (LatestAtMs, HeardAtMs, Taken, Repeated, _sameSinceMs) = (reader.Whole(), reader.Whole(), reader.Whole(), reader.Whole(), reader.Whole());
        (_risesRapidly, _isImplausible) = (reader.Flag(), reader.Flag());
        bool spiked = reader.Flag();
        (long AtMs, double Value) spike = (reader.Whole(), reader.Number());
        _spike = spiked ? spike : null;
        _ladder.Load(ref reader);
        for (long left = reader.Whole(); left > 0; left--)
        {
            _samples.Enqueue((reader.Whole(), reader.Number()));
        }
        _hours = HourBuckets.Load(HoursKept, ref reader);
        for (long left = reader.Whole(); left > 0; left--)
        {
            Measure measure = (Measure)reader.Whole();
            _seen.Add(measure, SeenTimes.Load(ref reader));
        }
        for (long left = reader.Whole(); left > 0; left--)
        {
            Measure measure = (Measure)reader.Whole();
            (_pollutants ??= []).Add(measure, HourBuckets.Load(AirQuality.NowCastHours + 1, ref reader));
        }
        for (long left = reader.Whole(); left > 0; left--)
        {
            Measures = Measures.Add(new LatestMeasure((Measure)reader.Whole(), reader.Whole(), reader.Number()));
        }
    }

    private void SaveByMeasure(in CompactWriter writer)
    {
        writer.Whole(_seen.Count);
        foreach ((Measure measure, SeenTimes seen) in _seen)
        {
            writer.Whole((long)measure);
            seen.Save(writer);
        }
        writer.Whole(_pollutants?.Count ?? 0);
        foreach ((Measure measure, HourBuckets hours) in _pollutants ?? [])
        {
            writer.Whole((long)measure);
            hours.Save(writer);
        }
    }

    private static byte[] SettingsOf(SensorState twin)
    {
        ArrayBufferWriter<byte> bytes = new(128);
        CompactWriter writer = new(bytes);
        SensorRules rules = twin.Rules!;
        writer.Number(twin.Offset);
        writer.Flag(twin.MaintenanceUntil is not null);
        writer.Whole(rules.Levels.Length);
        foreach (double level in rules.Levels)
        {
            writer.Number(level);
        }
        foreach (double? number in (ReadOnlySpan<double?>)[rules.Hysteresis, rules.RisePerHourMax, rules.PlausibleMin, rules.PlausibleMax, rules.SpikeMax])
        {
            writer.Number(number ?? double.NaN);
        }
        foreach (long ticks in (ReadOnlySpan<long>)[rules.RaiseAfter.Ticks, rules.ClearAfter.Ticks, rules.SilentAfter.Ticks, rules.StuckAfter?.Ticks ?? -1])
        {
            writer.Whole(ticks);
        }
        writer.Whole((long)rules.Watched);
        writer.Whole(rules.SumHours);
        return bytes.WrittenSpan.ToArray();
    }
}
