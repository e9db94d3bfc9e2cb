using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Classification.Evaluation;
using CityTwin.Ml.Duplicates;
using CityTwin.Ml.Seed;
using CityTwin.Ml.Text;

namespace CityTwin.Benchmarks.Ml;

/// <summary>The classifier on the bundled messages: how right, how fast, how large.</summary>
public sealed class TextFigures : IFigureSource
{
    /// <inheritdoc/>
    public string Area => "ml";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        FeedbackModel model = SeedModel.Load();
        IReadOnlyList<Example> test = SeedTexts.Test();
        HeadSummary[] written = [.. HeadEvaluation.Of(model, test).Select(e => e.Summary)];
        HeadSummary[] bare = [.. HeadEvaluation.Of(model, [.. test.Select(e => e with { Text = Diacritics.Strip(e.Text) })]).Select(e => e.Summary)];
        string set = $"seed model, {test.Count} messages written apart from its training";
        foreach (HeadSummary head in written)
        {
            yield return new("ml", $"seed {head.Head} accuracy", 100 * head.Accuracy, "%", null, Better.Higher, null, set);
        }
        yield return new("ml", "seed category macro-F1", 100 * written[0].MacroF1, "%", null, Better.Higher, null, set);
        yield return new("ml", "seed category calibration error", 100 * written[0].CalibrationError, "%", 8, Better.Lower, null, set);
        yield return new("ml", "seed category loss without diacritics", 100 * (written[0].Accuracy - bare[0].Accuracy), "points", null, Better.Lower, null, set);
        yield return new("ml", "seed category right when answered", 100 * written[0].AnsweredAccuracy, "%", 95, Better.Higher, null, $"{set}; {written[0].Coverage:P0} answered");
        progress("speed");
        yield return Speed(model, test.Select(e => e.Text), "prediction, three heads", out long allocated);
        yield return Speed(model, test.Select(e => Diacritics.Strip(e.Text)), "prediction, three heads, typed without diacritics", out long allocatedBare);
        yield return new("ml", "bytes allocated in 200,000 predictions", allocated + allocatedBare, "B", 0, Better.Lower, null, "after warm-up, one thread, half of them typed without diacritics");
        yield return Explanation(model, test);
        yield return FileSize(model);
        yield return Duplicates();
        cancellation.ThrowIfCancellationRequested();
        progress("training on 11,000 texts");
        foreach (Figure figure in Training())
        {
            yield return figure;
        }
    }

    private static Figure Speed(FeedbackModel model, IEnumerable<string> messages, string name, out long allocated)
    {
        string[] texts = [.. messages.Where(t => t.Length >= 60).Select(t => t[..60])];
        Prediction prediction = model.NewPrediction();
        double best = 0;
        allocated = 0;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < 100_000; i++)
            {
                model.Predict(texts[i % texts.Length], prediction);
            }
            best = Math.Max(best, 100_000 / Stopwatch.GetElapsedTime(start).TotalSeconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return new("ml", name, best, "texts/s", 60_000, Better.Higher, null, "60 characters, one thread, best of 5 rounds of 100,000");
    }

    private static Figure Explanation(FeedbackModel model, IReadOnlyList<Example> test)
    {
        for (int i = 0; i < 200; i++)
        {
            model.Explain(test[i].Text, 0);
        }
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 200; i++)
        {
            model.Explain(test[i].Text, 0);
        }
        return new("ml", "explanation", Stopwatch.GetElapsedTime(start).TotalMilliseconds / 200, "ms", 1, Better.Lower, null, "mean of 200 messages");
    }

    private static Figure FileSize(FeedbackModel model)
    {
        string path = Path.GetTempFileName();
        model.Save(path);
        double megabytes = new FileInfo(path).Length / 1e6;
        File.Delete(path);
        return new("ml", "seed model file", megabytes, "MB", 20, Better.Lower, null, "three heads, 20 labels");
    }

    private static Figure Duplicates()
    {
        string[] texts = [.. SeedTexts.Train().Select(e => e.Text)];
        DuplicateIndex index = new(new());
        DateTimeOffset start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        ulong state = 1;
        for (int i = 0; i < 100_000; i++)
        {
            state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
            index.Add(new($"c{i}", "other", start, 16.4 + ((state >> 40) % 1000 * 1e-5), 107.5 + ((state >> 50) % 1000 * 1e-5), TextSignature.Of(texts[i % texts.Length])));
        }
        double least = double.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            index.Find(new("new", "other", start, 16.405, 107.505, TextSignature.Of(texts[i])));
            least = Math.Min(least, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        return new("ml", "duplicate among 100,000 candidates", least, "ms", 50, Better.Lower, null, "signature and search, all within time, best of 20");
    }

    private static IEnumerable<Figure> Training()
    {
        // Messages of the seed set with their halves exchanged within a category: as many and as short as the target speaks of.
        Example[] seed = [.. SeedTexts.Train()];
        ILookup<string?, Example> byCategory = seed.ToLookup(e => e.Labels[0]);
        Example[] many = [.. Enumerable.Range(0, 13_000).Select(i =>
        {
            Example one = seed[i % seed.Length];
            Example[] kin = [.. byCategory[one.Labels[0]]];
            string other = kin[i * 31 % kin.Length].Text;
            return new Example($"{one.Text[..(one.Text.Length / 2)]} {other[(other.Length / 2)..]}", [one.Labels[0]]);
        })];
        TimeSpan before = Environment.CpuUsage.TotalTime;
        FeedbackModel model = FeedbackTrainer.Train(many[..10_000], many[10_000..11_000], new());
        double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        yield return new("ml", "training, hyper-parameters included", seconds, "s", 60, Better.Lower, null, "processor time of one core; 11,000 texts, 15 labels");
        HeadSummary written = HeadEvaluation.Of(model, many[11_000..])[0].Summary;
        HeadSummary bare = HeadEvaluation.Of(model, [.. many[11_000..].Select(e => e with { Text = Diacritics.Strip(e.Text) })])[0].Summary;
        const string Conditions = "2,000 more of the made-up messages; easier than real ones";
        yield return new("ml", "made-up messages, accuracy", 100 * written.Accuracy, "%", null, Better.Higher, null, Conditions);
        yield return new("ml", "made-up messages, calibration error", 100 * written.CalibrationError, "%", 3, Better.Lower, null, Conditions);
        yield return new("ml", "made-up messages, right when answered", 100 * written.AnsweredAccuracy, "%", 95, Better.Higher, null, $"{Conditions}; {written.Coverage:P1} answered");
        yield return new("ml", "made-up messages, loss without diacritics", 100 * (written.Accuracy - bare.Accuracy), "points", 1.5, Better.Lower, null, Conditions);
    }
}
