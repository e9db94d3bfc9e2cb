namespace CityTwin.Ml.Classification.Evaluation;

/// <summary>How a head did on texts that it had not learnt from.</summary>
/// <param name="Head">The head's name.</param>
/// <param name="Texts">How many texts were judged.</param>
/// <param name="Accuracy">The share answered rightly, 0 to 1.</param>
/// <param name="MacroF1">The mean of the labels' F1, 0 to 1.</param>
/// <param name="CalibrationError">The expected calibration error over 10 bins of equal width, 0 to 1.</param>
/// <param name="Coverage">The share that it did not leave to a person, 0 to 1.</param>
/// <param name="AnsweredAccuracy">The share of those answered rightly, 0 to 1; 0 where none was answered.</param>
public sealed record HeadSummary(
    string Head, int Texts, double Accuracy, double MacroF1, double CalibrationError, double Coverage, double AnsweredAccuracy);
