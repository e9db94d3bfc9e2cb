namespace CityTwin.Ml.Forecasts;

/// <summary>How to forecast.</summary>
public sealed record ForecastOptions
{
    /// <summary>Steps ahead, 1 to 400; default 28.</summary>
    public int Horizon { get; init; } = 28;

    /// <summary>The most origins in the past that candidates are judged from, 2 to 60; default 16.</summary>
    public int OriginsMax { get; init; } = 16;

    /// <summary>Steps between origins, 1 or more; default 7.</summary>
    public int OriginStep { get; init; } = 7;

    /// <summary>Whether boosted trees compete; default true. They cost ten times what the others do together.</summary>
    public bool BoostedTrees { get; init; } = true;

    /// <summary>Whether what is forecast can't be below nought; default true, as of counts.</summary>
    public bool NonNegative { get; init; } = true;

    /// <summary>What is forecast can't be above this, or null where nothing bounds it; 1 for a share.</summary>
    public double? Ceiling { get; init; }

    /// <summary>Series forecast at the same time, 1 to 256; default as many as there are cores. At 1 all is done on the caller's own thread.</summary>
    public int CoresMax { get; init; } = Math.Min(256, Environment.ProcessorCount);

    /// <summary>The same, for a series that may be below nought where others can't.</summary>
    internal ForecastOptions For(Series series) => series.IsSigned ? this with { NonNegative = false } : this;

    internal double Clip(double value)
    {
        double low = NonNegative ? Math.Max(0, value) : value;
        return Ceiling is { } ceiling ? Math.Min(ceiling, low) : low;
    }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Horizon, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Horizon, 400);
        ArgumentOutOfRangeException.ThrowIfLessThan(OriginsMax, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(OriginsMax, 60);
        ArgumentOutOfRangeException.ThrowIfLessThan(OriginStep, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(CoresMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CoresMax, 256);
    }
}
