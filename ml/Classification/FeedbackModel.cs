using CityTwin.Ml.Classification.Model;
using CityTwin.Ml.Classification.Training;

namespace CityTwin.Ml.Classification;

/// <summary>A trained classifier of citizens' messages: category, level and urgency in one pass over the text.</summary>
/// <remarks>Immutable and thread-safe; the <see cref="Prediction"/> it writes to is not. Prediction allocates nothing.</remarks>
public sealed class FeedbackModel
{
    internal FeedbackModel(ModelCard card, Scorer scorer)
    {
        (Card, Scorer) = (card, scorer);
        int labels = card.Heads.Sum(h => h.Labels.Count);
        if (scorer.Stride < labels + 1 || card.Calibrations.Count != card.Heads.Count || card.Biases.Count != labels)
        {
            throw new InvalidDataException("The model's heads and its rows do not match.");
        }
    }

    /// <summary>What the model is: heads, calibration, training data's fingerprint, evaluation.</summary>
    public ModelCard Card { get; }

    /// <summary>The questions it answers.</summary>
    public IReadOnlyList<Head> Heads => Card.Heads;

    internal Scorer Scorer { get; }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="InvalidDataException">The file is not a model, of a version not known here, or damaged; the message names it.</exception>
    public static FeedbackModel Load(string path)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            return ModelFile.Read(file);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Reads a model from a stream.</summary>
    /// <exception cref="InvalidDataException">The stream is not a model, of a version not known here, or damaged.</exception>
    public static FeedbackModel Load(Stream stream) => ModelFile.Read(stream);

    /// <summary>Writes the model file, replacing it in one move.</summary>
    public void Save(string path)
    {
        string beside = path + ".new";
        using (FileStream file = File.Create(beside))
        {
            ModelFile.Write(this, file);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Room for an answer of this model, to be used again and again.</summary>
    public Prediction NewPrediction() => new(Heads, Scorer.Stride, Scorer.Phrases?.RoomLength ?? 0);

    /// <summary>Answers every head. Allocates nothing.</summary>
    /// <param name="text">The message; masked or not, any Unicode form, with diacritics or without.</param>
    /// <param name="into">Room made by <see cref="NewPrediction"/> of this model.</param>
    public void Predict(ReadOnlySpan<char> text, Prediction into)
    {
        Span<float> sums = into.Sums;
        sums.Clear();
        Span<float> phrases = into.Phrases;
        phrases.Clear();
        bool bare = Scorer.IsBare(text);
        (into.WordsRead, into.WordsKnown) = Scorer.Add(text, bare, sums, phrases, into.Room);
        float square = sums[^1];
        float scale = square > 0 ? 1 / MathF.Sqrt(square) : 0;
        int first = 0;
        for (int h = 0; h < Heads.Count; h++)
        {
            HeadCalibration calibration = Card.Calibrations[h];
            (float temperature, float threshold, float share) = bare && calibration.Bare is { } other
                ? (other.Temperature, other.Threshold, other.PhraseShare)
                : (calibration.Temperature, calibration.Threshold, calibration.PhraseShare);
            Prediction.Answer answer = into.Answers[h];
            Span<float> scores = answer.Writable;
            int best = 0;
            for (int c = 0; c < scores.Length; c++)
            {
                scores[c] = (sums[first + c] * scale) + (share * phrases[first + c]) + Card.Biases[first + c];
                best = scores[c] > scores[best] ? c : best;
            }
            Temperature.Apply(scores, temperature);
            answer.LabelNumber = best;
            answer.Abstains = scores[best] < threshold || square == 0;
            first += scores.Length;
        }
    }

    /// <summary>Answers every head in fresh room; for callers in no hurry.</summary>
    public Prediction Predict(string text)
    {
        Prediction prediction = NewPrediction();
        Predict(text, prediction);
        return prediction;
    }

    /// <summary>The words and pairs that spoke most for the answer of a head.</summary>
    /// <param name="text">The message.</param>
    /// <param name="head">The number of the head.</param>
    /// <param name="count">The most contributions to give.</param>
    public IReadOnlyList<Contribution> Explain(string text, int head, int count = 8) => Explanation.Of(this, text, head, count);
}
