using CityTwin.Ml.Classification.Model;
using CityTwin.Ml.Classification.Phrases;
using CityTwin.Ml.Classification.Restoring;

namespace CityTwin.Ml.Classification;

/// <summary>A word or two neighbouring words and how much they spoke for the answer.</summary>
/// <param name="Words">As normalised.</param>
/// <param name="Begin">Where they begin in the text.</param>
/// <param name="End">The first place past them.</param>
/// <param name="Weight">The label's score from them over the mean of all labels', after temperature; negative spoke against.</param>
public sealed record Contribution(string Words, int Begin, int End, float Weight);

/// <summary>Takes an answer apart into what each word and pair added to it.</summary>
internal static class Explanation
{
    internal static IReadOnlyList<Contribution> Of(FeedbackModel model, string text, int head, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(head, model.Heads.Count);
        Prediction prediction = model.Predict(text);
        int first = model.Heads.Take(head).Sum(h => h.Labels.Count);
        int labels = model.Heads[head].Labels.Count;
        int label = prediction.Answers[head].LabelNumber;
        float scale = prediction.Sums[^1] > 0 ? 1 / MathF.Sqrt(prediction.Sums[^1]) : 0;
        HeadCalibration calibration = model.Card.Calibrations[head];
        bool isBare = model.Scorer.IsBare(text);
        (float temperature, float share) = isBare && calibration.Bare is { } bare
            ? (bare.Temperature, bare.PhraseShare)
            : (calibration.Temperature, calibration.PhraseShare);
        scale /= temperature;
        List<Contribution> all = [];
        List<(ulong Hash, ulong Plain)> read = [];
        float[] sums = new float[model.Scorer.Stride];
        float Take()
        {
            float mean = 0;
            for (int c = 0; c < labels; c++)
            {
                mean += sums[first + c] / labels;
            }
            float weight = (sums[first + label] - mean) * scale;
            Array.Clear(sums);
            return weight;
        }

        Span<char> scratch = stackalloc char[RestoringReader.ScratchLength];
        Span<ulong> ahead = stackalloc ulong[RestoringReader.RoomLength];
        RestoringReader reader = new(text, isBare ? model.Scorer.Restorer : null, scratch, ahead);
        (string Word, ulong Hash, ulong Plain, int Begin) before = ("", 0, 0, -1);
        while (reader.MoveNext())
        {
            model.Scorer.AddWord(ref reader, sums);
            string word = reader.Word.ToString();
            all.Add(new(word, reader.Begin, reader.End, Take()));
            if (before.Begin >= 0)
            {
                model.Scorer.AddPair(before.Hash, before.Plain, reader.Hash, reader.PlainHash, sums);
                all.Add(new($"{before.Word} {word}", before.Begin, reader.End, Take()));
            }
            before = (word, reader.Hash, reader.PlainHash, reader.Begin);
            read.Add((reader.Hash, reader.PlainHash));
        }
        if (model.Scorer.Phrases is { } phrases)
        {
            float[] parts = PhraseReasons.Of(phrases, read, first, labels, label);
            for (int w = 0; w < parts.Length; w++)
            {
                Contribution word = all[Math.Max(0, (2 * w) - 1)];
                all[Math.Max(0, (2 * w) - 1)] = word with { Weight = word.Weight + (share * parts[w] / temperature) };
            }
        }
        return [.. all.Where(c => c.Weight != 0).GroupBy(c => c.Words).Select(g => g.First() with { Weight = g.Sum(c => c.Weight) })
            .OrderByDescending(c => MathF.Abs(c.Weight)).ThenBy(c => c.Begin).Take(count)];
    }
}
