using System.Numerics.Tensors;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Classification.Training;

/// <summary>Finds temperatures, thresholds and how far the phrase networks are to be trusted anew, by texts that the model did not learn from.</summary>
/// <remarks>What is held back of texts that were composed for training is not like what citizens write: probabilities that come true on the
/// one do not on the other. Some 300 texts written apart are enough to tell by how much.</remarks>
internal static class Recalibration
{
    /// <summary>The fewest labelled texts that a head is calibrated by; with fewer it stays as it is.</summary>
    internal const int TextsMin = 50;

    private static readonly float[] Trusts = [0, 0.25f, 0.5f, 0.75f, 1];

    /// <summary>The calibrations, one a head. The texts are few, so twice the doubt is allowed.</summary>
    internal static IReadOnlyList<HeadCalibration> Of(FeedbackModel model, IReadOnlyList<Example> texts, TrainingOptions options) =>
        [.. model.Heads.Select((head, number) =>
        {
            HeadCalibration before = model.Card.Calibrations[number];
            Example[] told = [.. texts.Where(t => head.IndexOf(t.LabelOf(number)) >= 0)];
            if (told.Length < TextsMin)
            {
                return before;
            }
            BareCalibration? bare = before.Bare is { } other
                ? Best(model, number, [.. told.Select(t => t with { Text = Diacritics.Strip(t.Text) })], options, other.PhraseShare)
                : null;
            BareCalibration written = Best(model, number, told, options, before.PhraseShare);
            return before with
            {
                Temperature = written.Temperature,
                Threshold = written.Threshold,
                PhraseShare = written.PhraseShare,
                Doubt = 2 * options.Doubt,
                Bare = bare,
            };
        })];

    private static BareCalibration Best(FeedbackModel model, int number, Example[] told, TrainingOptions options, float share)
    {
        int labels = model.Heads[number].Labels.Count;
        int[] truth = [.. told.Select(t => model.Heads[number].IndexOf(t.LabelOf(number)))];
        (float[] Scores, float Temperature, float Share) best = default;
        double least = double.PositiveInfinity;
        foreach (float trust in share > 0 ? Trusts : [1])
        {
            float[] scores = ScoresOf(model, number, told, share * trust);
            float temperature = Temperature.Fit(scores, labels, truth, labels);
            double loss = Temperature.LogLoss(scores, labels, truth, labels, temperature);
            (best, least) = loss < least ? ((scores, temperature, share * trust), loss) : (best, least);
        }
        (float, bool)[] judged = [.. truth.Select((t, i) =>
        {
            Span<float> row = best.Scores.AsSpan(i * labels, labels);
            Temperature.Apply(row, best.Temperature);
            int answer = TensorPrimitives.IndexOfMax<float>(row);
            return (row[answer], answer == t);
        })];
        return new(best.Temperature, RiskControl.Threshold(judged, options.RiskTarget, 2 * options.Doubt), best.Share);
    }

    /// <summary>The scores of a head, but for a sum that a text's labels share.</summary>
    private static float[] ScoresOf(FeedbackModel model, int number, Example[] told, float share)
    {
        const float Flat = 100; // so that no probability is too small to take its logarithm
        HeadCalibration[] calibrations = [.. model.Card.Calibrations.Select(c => c with { Temperature = Flat, PhraseShare = share, Bare = null })];
        FeedbackModel asked = new(model.Card with { Calibrations = calibrations }, model.Scorer);
        Prediction prediction = asked.NewPrediction();
        int labels = model.Heads[number].Labels.Count;
        float[] scores = new float[told.Length * labels];
        for (int i = 0; i < told.Length; i++)
        {
            asked.Predict(told[i].Text, prediction);
            Span<float> row = scores.AsSpan(i * labels, labels);
            TensorPrimitives.Log(prediction.Answers[number].Probabilities, row);
            TensorPrimitives.Multiply(row, Flat, row);
        }
        return scores;
    }
}
