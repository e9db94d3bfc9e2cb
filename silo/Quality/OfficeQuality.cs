using CityTwin.Grains;

namespace CityTwin.Silo.Quality;

/// <summary>What was counted of one office's records, since the city's founding.</summary>
public sealed class OfficeQuality
{
    /// <summary>Cases filed here, by service: what codes they name.</summary>
    public Dictionary<string, long> Services { get; } = [];

    /// <summary>Cases filed here.</summary>
    public long Records { get; internal set; }

    /// <summary>Fields that a record of its kind should have.</summary>
    public long FieldsExpected { get; internal set; }

    /// <summary>Those of them that were empty.</summary>
    public long FieldsMissing { get; internal set; }

    /// <summary>Checks that records went through.</summary>
    public long ChecksMade { get; internal set; }

    /// <summary>Those of them that failed.</summary>
    public long ChecksFailed { get; internal set; }

    /// <summary>Cases that say the same as one a few days before.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Records that tell when the thing itself happened: those of sensors.</summary>
    public long Timed { get; internal set; }

    /// <summary>Those of them that were recorded within <see cref="QualityView.LiveWithin"/>.</summary>
    public long TimedSoon { get; internal set; }

    /// <summary>The sum of the delays from happening to record, ms.</summary>
    public long DelayMsSum { get; internal set; }

    /// <summary>The longest delay, ms.</summary>
    public long DelayMsMax { get; internal set; }

    /// <summary>Counts a field that should be there.</summary>
    internal void Field(bool isThere, int times = 1)
    {
        FieldsExpected += times;
        FieldsMissing += isThere ? 0 : times;
    }

    /// <summary>Counts a check.</summary>
    internal void Check(bool isPassed)
    {
        ChecksMade++;
        ChecksFailed += isPassed ? 0 : 1;
    }

    /// <summary>Counts a record that tells when the thing happened.</summary>
    internal void Time(DateTimeOffset happened, DateTimeOffset recorded)
    {
        // A sensor's clock may be ahead: then the record is as early as it can be.
        long delayMs = Math.Max(0, (long)(recorded - happened).TotalMilliseconds);
        Timed++;
        TimedSoon += delayMs <= (long)QualityView.LiveWithin.TotalMilliseconds ? 1 : 0;
        DelayMsSum += delayMs;
        DelayMsMax = Math.Max(DelayMsMax, delayMs);
    }

    /// <summary>Cases whose service the catalogue in force does not have.</summary>
    public long UnknownCodes(Catalogue catalogue) => Services.Where(s => catalogue.Find(s.Key) is null).Sum(s => s.Value);

    /// <summary>A copy, safe to hand out.</summary>
    internal OfficeQuality Copy()
    {
        OfficeQuality copy = new()
        {
            Records = Records,
            FieldsExpected = FieldsExpected,
            FieldsMissing = FieldsMissing,
            ChecksMade = ChecksMade,
            ChecksFailed = ChecksFailed,
            Duplicates = Duplicates,
            Timed = Timed,
            TimedSoon = TimedSoon,
            DelayMsSum = DelayMsSum,
            DelayMsMax = DelayMsMax,
        };
        foreach ((string service, long count) in Services)
        {
            copy.Services.Add(service, count);
        }
        return copy;
    }

    internal void Save(Views.SavedWriter writer)
    {
        foreach (long number in (long[])[Records, FieldsExpected, FieldsMissing, ChecksMade, ChecksFailed, Duplicates, Timed, TimedSoon, DelayMsSum, DelayMsMax, Services.Count])
        {
            writer.Number(number);
        }
        foreach ((string service, long count) in Services)
        {
            writer.Text(service);
            writer.Number(count);
        }
    }

    internal static OfficeQuality Load(ref Views.SavedReader reader)
    {
        OfficeQuality q = new()
        {
            Records = reader.Number(),
            FieldsExpected = reader.Number(),
            FieldsMissing = reader.Number(),
            ChecksMade = reader.Number(),
            ChecksFailed = reader.Number(),
            Duplicates = reader.Number(),
            Timed = reader.Number(),
            TimedSoon = reader.Number(),
            DelayMsSum = reader.Number(),
            DelayMsMax = reader.Number(),
        };
        for (long n = reader.Number(); n > 0; n--)
        {
            string service = reader.Text();
            q.Services[service] = reader.Number();
        }
        return q;
    }
}
