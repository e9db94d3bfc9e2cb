namespace CityTwin.Grains;

/// <summary>The Vietnamese air quality index VN_AQI by the hour (Decision 1459/QĐ-TCMT of 12 November 2019).</summary>
/// <remarks>Pure and thread-safe. Concentrations are in µg/m³.</remarks>
public static class AirQuality
{
    /// <summary>Hours that a NowCast looks back.</summary>
    public const int NowCastHours = 12;

    private static readonly int[] Index = [0, 50, 100, 150, 200, 300, 400, 500];

    /// <summary>The index of one pollutant, 0 to 500; above the table's end 500.</summary>
    /// <param name="measure">PM2.5, PM10 (NowCast), O₃, NO₂, SO₂ or CO (means of one hour).</param>
    /// <param name="concentration">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The measure has no part in the index.</exception>
    public static int IndexOf(Measure measure, double concentration)
    {
        double[] breaks = BreakPoints(measure) ?? throw new ArgumentOutOfRangeException(nameof(measure), measure, "no part of VN_AQI");
        for (int i = 1; i < breaks.Length; i++)
        {
            if (concentration <= breaks[i])
            {
                double part = (concentration - breaks[i - 1]) / (breaks[i] - breaks[i - 1]);
                return (int)Math.Round(Index[i - 1] + (part * (Index[i] - Index[i - 1])), MidpointRounding.AwayFromZero);
            }
        }
        return Index[^1];
    }

    /// <summary>Whether a measure has a part in the index.</summary>
    public static bool Counts(Measure measure) => BreakPoints(measure) is not null;

    /// <summary>
    /// The NowCast of particles from the means of the last hours, the latest first, NaN where an hour is missing;
    /// NaN when fewer than two of the last three hours are there.
    /// </summary>
    /// <param name="hours">1 to 12 hourly means.</param>
    public static double NowCast(ReadOnlySpan<double> hours)
    {
        int recent = 0;
        double min = double.PositiveInfinity;
        double max = 0;
        for (int i = 0; i < hours.Length; i++)
        {
            if (double.IsNaN(hours[i]))
            {
                continue;
            }
            recent += i < 3 ? 1 : 0;
            min = Math.Min(min, hours[i]);
            max = Math.Max(max, hours[i]);
        }
        if (recent < 2)
        {
            return double.NaN;
        }
        double weight = max > 0 ? Math.Max(0.5, min / max) : 1;
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < hours.Length; i++)
        {
            if (!double.IsNaN(hours[i]))
            {
                double w = Math.Pow(weight, i);
                sum += w * hours[i];
                weights += w;
            }
        }
        return sum / weights;
    }

    private static double[]? BreakPoints(Measure measure) => measure switch
    {
        Measure.Pm25 => Pm25,
        Measure.Pm10 => Pm10,
        Measure.Ozone => Ozone,
        Measure.NitrogenDioxide => NitrogenDioxide,
        Measure.SulphurDioxide => SulphurDioxide,
        Measure.CarbonMonoxide => CarbonMonoxide,
        _ => null,
    };

    private static readonly double[] Pm25 = [0, 25, 50, 80, 150, 250, 350, 500];
    private static readonly double[] Pm10 = [0, 50, 150, 250, 350, 420, 500, 600];
    private static readonly double[] Ozone = [0, 160, 200, 300, 400, 800, 1000, 1200];
    private static readonly double[] NitrogenDioxide = [0, 100, 200, 700, 1200, 2350, 3100, 3850];
    private static readonly double[] SulphurDioxide = [0, 125, 350, 550, 800, 1600, 2100, 2630];
    private static readonly double[] CarbonMonoxide = [0, 10_000, 30_000, 45_000, 60_000, 90_000, 120_000, 150_000];
}
