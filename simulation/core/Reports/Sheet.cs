namespace CityTwin.Simulation.Reports;

/// <summary>What a chart is drawn for: a screen, or a phone, where names stand above their rows rather than beside them.</summary>
/// <param name="Width">Units of the drawing; on its own screen one unit is about a pixel.</param>
/// <param name="IsNarrow">Whether it is a phone's.</param>
internal readonly record struct Sheet(int Width, bool IsNarrow)
{
    // What a name needs above its row.
    private const int NameHeight = 14;

    public static Sheet Screen { get; } = new(860, false);

    public static Sheet Phone { get; } = new(340, true);

    /// <summary>Where the plot begins, when names take so much beside it.</summary>
    public int Left(int names) => IsNarrow ? 14 : names;

    /// <summary>The height of a row of a chart that has a name for each.</summary>
    public int Row(int height) => IsNarrow ? height + NameHeight : height;
}
