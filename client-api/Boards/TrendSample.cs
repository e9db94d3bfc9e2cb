using CityTwin.Grains;

namespace CityTwin.ClientApi.Boards;

/// <summary>The figures of the city and of every office at one full hour.</summary>
/// <param name="At">The hour.</param>
/// <param name="City">The whole city.</param>
/// <param name="Offices">Each office, those without any case included.</param>
internal sealed record TrendSample(DateTimeOffset At, TrendFigures City, IReadOnlyDictionary<TwinId, TrendFigures> Offices)
{
    /// <summary>Writes it.</summary>
    public void Save(BinaryWriter output)
    {
        output.Write(At.UtcTicks);
        City.Save(output);
        output.Write7BitEncodedInt(Offices.Count);
        foreach ((TwinId office, TrendFigures figures) in Offices)
        {
            output.Write(office.Value);
            figures.Save(output);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="IOException">It is cut short.</exception>
    public static TrendSample Load(BinaryReader input)
    {
        var at = new DateTimeOffset(input.ReadInt64(), TimeSpan.Zero);
        TrendFigures city = TrendFigures.Load(input);
        int count = input.Read7BitEncodedInt();
        var offices = new Dictionary<TwinId, TrendFigures>();
        for (int i = 0; i < count; i++)
        {
            TwinId office = TwinId.FromValue(input.ReadInt64());
            offices[office] = TrendFigures.Load(input);
        }
        return new TrendSample(at, city, offices);
    }
}

/// <summary>The figures that are kept for every hour. Counts since the founding tell of any span by their difference.</summary>
/// <param name="Open">Open then.</param>
/// <param name="Overdue">Open then, past the deadline.</param>
/// <param name="Filed">Filed so far.</param>
/// <param name="Results">Resolved or rejected so far.</param>
/// <param name="OnTime">Those of them in time.</param>
/// <param name="RatingMean">The mean rating so far, 1 to 5; null before the first.</param>
/// <param name="WorkingDaysMean">Mean time from filing to result so far, working days; null before the first.</param>
internal readonly record struct TrendFigures(long Open, long Overdue, long Filed, long Results, long OnTime, double? RatingMean, double? WorkingDaysMean)
{
    /// <summary>What is kept of some figures.</summary>
    public static TrendFigures From(Silo.Views.Figures f) =>
        new(f.Open, f.Overdue, f.Filed, f.Resolved + f.Rejected, f.OnTime, f.RatingMean, f.WorkingDaysMean);

    /// <summary>Writes them.</summary>
    public void Save(BinaryWriter output)
    {
        output.Write7BitEncodedInt64(Open);
        output.Write7BitEncodedInt64(Overdue);
        output.Write7BitEncodedInt64(Filed);
        output.Write7BitEncodedInt64(Results);
        output.Write7BitEncodedInt64(OnTime);
        output.Write((float)(RatingMean ?? double.NaN));
        output.Write((float)(WorkingDaysMean ?? double.NaN));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static TrendFigures Load(BinaryReader input) => new(
        input.Read7BitEncodedInt64(), input.Read7BitEncodedInt64(), input.Read7BitEncodedInt64(), input.Read7BitEncodedInt64(), input.Read7BitEncodedInt64(),
        Mean(input.ReadSingle()), Mean(input.ReadSingle()));

    private static double? Mean(float value) => float.IsNaN(value) ? null : Math.Round(value, 4);
}
