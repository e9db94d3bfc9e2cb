namespace CityTwin.Grains;

/// <summary>What a model read in a citizen's report. STORAGE FORMAT: part of <see cref="CaseEvent.CaseClassified"/> and of the case's state.</summary>
/// <param name="Model">The model's name and version, 1 to 80 characters.</param>
/// <param name="Category">The most probable category, 1 to 40 characters; the catalogue need not have it.</param>
/// <param name="Probability">Its probability, 0 to 1.</param>
/// <param name="NeedsCategory">True while a person must say what it is: the model was not sure enough.</param>
/// <param name="Language">The language of the report as ISO 639-1 has it, or <c>und</c>; null where nobody looked.</param>
/// <param name="Level">The level that the text speaks of; null where the model does not say. Told to people: the catalogue decides.</param>
/// <param name="LevelProbability">Its probability, 0 to 1.</param>
/// <param name="Urgency">The urgency that the text speaks of; null where the model does not say.</param>
/// <param name="UrgencyProbability">Its probability, 0 to 1.</param>
public sealed record CaseClassification(
    string Model, string Category, double Probability, bool NeedsCategory = false, string? Language = null, Level? Level = null,
    double LevelProbability = 0, Urgency? Urgency = null, double UrgencyProbability = 0)
{
    private const int ModelMax = 80;

    /// <summary>Whether everything is within its range.</summary>
    internal bool IsInRange =>
        TextLimits.IsText(Model, ModelMax) && TextLimits.IsText(Category, TextLimits.CodeMax) && TextLimits.IsTextOrNone(Language, TextLimits.CodeMax)
        && IsShare(Probability) && IsShare(LevelProbability) && IsShare(UrgencyProbability)
        && (Level is null or Grains.Level.City or Grains.Level.Commune) && (Urgency is null or <= Grains.Urgency.Immediate);

    private static bool IsShare(double value) => value is >= 0 and <= 1;
}
