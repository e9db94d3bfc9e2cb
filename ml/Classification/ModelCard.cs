using CityTwin.Ml.Classification.Evaluation;

namespace CityTwin.Ml.Classification;

/// <summary>What a model is and how it was made; stored in its file.</summary>
/// <param name="Name">The version as events and pages show it: derived from the data, the settings and the seed.</param>
/// <param name="Heads">The questions and their labels.</param>
/// <param name="Settings">Which n-grams count.</param>
/// <param name="Biases">What is added to each label's score, head after head.</param>
/// <param name="Calibrations">One a head.</param>
/// <param name="TrainingFingerprint">SHA-256, in hexadecimal, of the examples learnt from, in their order.</param>
/// <param name="TrainingTexts">How many examples were learnt from.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Validation">How the model's fit did on what it had not learnt from, one a head.</param>
/// <param name="LabelShares">The share of each label among the examples, head after head: what a drift monitor compares with.</param>
public sealed record ModelCard(
    string Name,
    IReadOnlyList<Head> Heads,
    FeatureSettings Settings,
    IReadOnlyList<float> Biases,
    IReadOnlyList<HeadCalibration> Calibrations,
    string TrainingFingerprint,
    int TrainingTexts,
    ulong Seed,
    IReadOnlyList<HeadSummary> Validation,
    IReadOnlyList<float> LabelShares);

/// <summary>How a head's scores become probabilities, and when it leaves the answer to a person.</summary>
/// <param name="Temperature">Scores are divided by this.</param>
/// <param name="Threshold">Answers of lower probability are left to a person; above 1 where all are.</param>
/// <param name="RiskTarget">The share of wrong answers allowed among those given.</param>
/// <param name="Doubt">The probability allowed of missing that target by the draw of the validation texts.</param>
/// <param name="PhraseShare">What the phrase networks' scores are multiplied by before they are added; 0 where they are left out.</param>
/// <param name="Bare">The same three for a text typed without diacritics; null where both are alike.</param>
public sealed record HeadCalibration(
    float Temperature, float Threshold, double RiskTarget, double Doubt, float PhraseShare = 0, BareCalibration? Bare = null);

/// <summary>What differs in <see cref="HeadCalibration"/> for texts typed without diacritics, of which less can be told.</summary>
/// <param name="Temperature">Scores are divided by this.</param>
/// <param name="Threshold">Answers of lower probability are left to a person; above 1 where all are.</param>
/// <param name="PhraseShare">What the phrase networks' scores are multiplied by before they are added.</param>
public sealed record BareCalibration(float Temperature, float Threshold, float PhraseShare);
