using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Classification.Evaluation;
using CityTwin.Ml.Text;

namespace CityTwin.Benchmarks.Ml;

/// <summary>The classifier on public sets, where <c>CITYTWIN_BENCH_TEXTS</c> names a folder that has them; else nothing.</summary>
public sealed class PublicTextFigures : IFigureSource
{
    private const string CoverageToBeat = "vsfc-topic";

    // Test accuracy and macro-F1 of the better of tuned fastText and TF-IDF with liblinear, measured by the authors of the targets.
    private static readonly Dictionary<string, (double Accuracy, double MacroF1)> Baselines = new()
    {
        ["vsfc-topic"] = (85.8, 74.4),
        ["sib200-vi"] = (76.0, 75.8),
        ["sib200-fr"] = (64.2, 57.7),
    };

    /// <inheritdoc/>
    public string Area => "ml";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (Environment.GetEnvironmentVariable("CITYTWIN_BENCH_TEXTS") is not { Length: > 0 } folder)
        {
            yield break;
        }
        foreach (string set in Directory.GetDirectories(folder).Where(d => File.Exists(Path.Combine(d, "train.tsv"))).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            string name = Path.GetFileName(set);
            progress(name);
            IReadOnlyList<Example> Part(string part) => LabelledTextFile.Read(Path.Combine(set, part));
            IReadOnlyList<Example> train = Part("train.tsv");
            TimeSpan before = Environment.CpuUsage.TotalTime;
            FeedbackModel model = FeedbackTrainer.Train(train, Part("dev.tsv"), new());
            double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            IReadOnlyList<Example> test = Part("test.tsv");
            HeadSummary written = HeadEvaluation.Of(model, test)[0].Summary;
            HeadSummary bare = HeadEvaluation.Of(model, [.. test.Select(e => e with { Text = Diacritics.Strip(e.Text) })])[0].Summary;
            bool known = Baselines.TryGetValue(name, out (double Accuracy, double MacroF1) baseline);
            string conditions = $"official splits, {train.Count} texts to train on";
            yield return new("ml", $"{name} accuracy", 100 * written.Accuracy, "%", known ? baseline.Accuracy : null, Better.Higher, null, conditions);
            yield return new("ml", $"{name} macro-F1", 100 * written.MacroF1, "%", known ? baseline.MacroF1 : null, Better.Higher, null, conditions);
            yield return new("ml", $"{name} calibration error", 100 * written.CalibrationError, "%", train.Count < 1000 ? 8 : 3, Better.Lower, null, conditions);
            yield return new("ml", $"{name} right when answered", 100 * written.AnsweredAccuracy, "%", written.Coverage > 0 ? 95 : null, Better.Higher, null, $"{written.Coverage:P1} answered");
            yield return new("ml", $"{name} answered", 100 * written.Coverage, "%", name == CoverageToBeat ? 74.0 : null, Better.Higher, null, $"the others go to a person; {written.AnsweredAccuracy:P1} of these right");
            yield return new("ml", $"{name} loss without diacritics", 100 * (written.Accuracy - bare.Accuracy), "points", 1.5, Better.Lower, null, conditions);
            yield return new("ml", $"{name} training", seconds, "s", 60, Better.Lower, null, "processor time of one core, hyper-parameters included");
        }
    }
}
