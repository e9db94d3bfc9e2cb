namespace CityTwin.Ml.Classification.Evaluation;

/// <summary>How a head did, in full: what the tables and the report show.</summary>
/// <param name="Head">The question.</param>
/// <param name="Confusion">What was taken for what.</param>
/// <param name="Reliability">How often answers of like probability were right.</param>
/// <param name="Summary">The figures in brief.</param>
public sealed record HeadEvaluation(Head Head, Confusion Confusion, IReadOnlyList<ReliabilityBin> Reliability, HeadSummary Summary)
{
    /// <summary>The bins of equal width that reliability and calibration error are counted in.</summary>
    public const int BinCount = 10;

    /// <summary>Judges every head of a model by examples; those without a known label for a head do not count for it.</summary>
    public static IReadOnlyList<HeadEvaluation> Of(FeedbackModel model, IReadOnlyList<Example> examples)
    {
        List<Judged>[] judged = [.. model.Heads.Select(_ => new List<Judged>())];
        Prediction prediction = model.NewPrediction();
        foreach (Example example in examples)
        {
            model.Predict(example.Text, prediction);
            for (int h = 0; h < model.Heads.Count && h < example.Labels.Count; h++)
            {
                if (model.Heads[h].IndexOf(example.Labels[h]) is >= 0 and var truth)
                {
                    Prediction.Answer answer = prediction.Answers[h];
                    judged[h].Add(new(truth, answer.LabelNumber, answer.Probability, answer.Abstains));
                }
            }
        }
        return [.. model.Heads.Select((h, i) => Of(h, judged[i]))];
    }

    /// <summary>Sums up judged answers of one head.</summary>
    internal static HeadEvaluation Of(Head head, IReadOnlyList<Judged> judged)
    {
        int[][] counts = [.. head.Labels.Select(_ => new int[head.Labels.Count])];
        (int Count, double Probability, int Right)[] bins = new (int, double, int)[BinCount];
        (int answered, int answeredRight) = (0, 0);
        foreach (Judged j in judged)
        {
            counts[j.Truth][j.Answer]++;
            ref (int Count, double Probability, int Right) bin = ref bins[Math.Min(BinCount - 1, (int)(j.Probability * BinCount))];
            bin = (bin.Count + 1, bin.Probability + j.Probability, bin.Right + (j.Right ? 1 : 0));
            answered += j.Abstains ? 0 : 1;
            answeredRight += !j.Abstains && j.Right ? 1 : 0;
        }
        Confusion confusion = new(counts);
        double error = judged.Count == 0 ? 0 : bins.Sum(b => Math.Abs(b.Probability - b.Right)) / judged.Count;
        HeadSummary summary = new(
            head.Name, judged.Count, confusion.Accuracy, confusion.MacroF1, error,
            judged.Count == 0 ? 0 : answered / (double)judged.Count,
            answered == 0 ? 0 : answeredRight / (double)answered);
        return new(head, confusion, [.. bins.Select(b => new ReliabilityBin(
            b.Count, b.Count == 0 ? 0 : b.Probability / b.Count, b.Count == 0 ? 0 : b.Right / (double)b.Count))], summary);
    }
}

/// <summary>Answers of like probability.</summary>
/// <param name="Count">How many.</param>
/// <param name="Probability">Their mean probability, 0 to 1.</param>
/// <param name="Accuracy">The share of them that was right, 0 to 1.</param>
public sealed record ReliabilityBin(int Count, double Probability, double Accuracy);

/// <summary>One answer beside the truth.</summary>
internal readonly record struct Judged(int Truth, int Answer, float Probability, bool Abstains)
{
    internal bool Right => Truth == Answer;
}
