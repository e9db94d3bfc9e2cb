namespace CityTwin.Ml.Forecasts;

/// <summary>Evenly spaced values to forecast from.</summary>
/// <param name="Name">Which series; used in messages.</param>
/// <param name="Values">The values, oldest first, without gaps; finite.</param>
/// <param name="Seasons">The lengths, in steps, after which the series repeats, shortest first, as 7 and 365.25 for days.</param>
/// <param name="Regressors">What is known beforehand of each step, history and horizon alike, as holidays; each list is one
/// regressor over all steps. May be empty.</param>
public sealed record Series(
    string Name, IReadOnlyList<double> Values, IReadOnlyList<double> Seasons, IReadOnlyList<IReadOnlyList<double>> Regressors)
{
    /// <summary>The fewest values that are forecast from.</summary>
    public const int LengthMin = 8;

    /// <summary>Whether it can be below nought whatever the options say, as a difference of counts. Default false.</summary>
    public bool IsSigned { get; init; }

    /// <summary>How far it may stray for what is known beside it, as a standard deviation, 0 or more: completions follow arrivals in the end,
    /// however few there were at first. Counts as long as few errors are known. Default 0.</summary>
    public double Doubt { get; init; }

    internal void Validate(int horizon)
    {
        if (Values.Count < LengthMin)
        {
            throw new ArgumentException($"{Name}: {Values.Count} values; at least {LengthMin} are needed.");
        }
        for (int i = 0; i < Values.Count; i++)
        {
            if (!double.IsFinite(Values[i]))
            {
                throw new ArgumentException($"{Name}: value {i} is {Values[i]}.");
            }
        }
        if (Regressors.FirstOrDefault(r => r.Count < Values.Count + horizon) is { } small)
        {
            throw new ArgumentException($"{Name}: a regressor of {small.Count} steps; {Values.Count} and a horizon of {horizon} are needed.");
        }
    }
}
