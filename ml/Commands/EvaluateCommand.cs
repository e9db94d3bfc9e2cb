using System.CommandLine;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Classification.Evaluation;
using CityTwin.Ml.Text;
using Spectre.Console;

namespace CityTwin.Ml.Commands;

internal static class EvaluateCommand
{
    /// <summary>Names a folder of public sets, each a folder with <c>train.tsv</c>, <c>dev.tsv</c> and <c>test.tsv</c>.</summary>
    internal const string BenchmarkVariable = "CITYTWIN_BENCH_TEXTS";

    internal static Command Create()
    {
        Argument<string?> file = new("test.tsv")
        {
            Description = $"Examples to judge by. Default: the bundled test set, and each public set under ${BenchmarkVariable}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> model = MlCommand.ModelOption();
        Option<string?> html = new("--html") { Description = "Where a page with confusion matrix and reliability diagram goes." };
        Option<bool> bare = new("--without-diacritics") { Description = "Take diacritics off the texts first." };
        Command command = new("evaluate", "Judges a model by examples that it has not learnt from.") { file, model, html, bare };
        command.SetAction(parsed => MlCommand.Guard(parsed, () =>
        {
            FeedbackModel judged = MlCommand.LoadModel(parsed.GetValue(model));
            string? path = parsed.GetValue(file);
            IReadOnlyList<Example> examples = path is null ? Seed.SeedTexts.Test() : LabelledTextFile.Read(path);
            if (parsed.GetValue(html) is { } place)
            {
                MlCommand.CheckWritable("--html", place);
            }
            IReadOnlyList<HeadEvaluation> evaluations =
                HeadEvaluation.Of(judged, parsed.GetValue(bare) ? [.. examples.Select(WithoutDiacritics)] : examples);
            if (evaluations.All(e => e.Summary.Texts == 0))
            {
                throw new InvalidDataException($"{path}: no label is one that {judged.Card.Name} knows; it knows {string.Join(", ", judged.Heads[0].Labels)}.");
            }
            Tables.WriteSummaries(evaluations.Select(e => e.Summary), path ?? "bundled");
            foreach (HeadEvaluation evaluation in evaluations.Where(e => e.Summary.Texts > 0))
            {
                Tables.WriteLabels(evaluation);
            }
            if (parsed.GetValue(html) is { } page)
            {
                File.WriteAllText(page, EvaluationPage.Of(judged.Card, evaluations, path ?? "bundled test set"));
                AnsiConsole.MarkupLineInterpolated($"page written to {page}");
            }
            if (path is null && Environment.GetEnvironmentVariable(BenchmarkVariable) is { Length: > 0 } folder)
            {
                EvaluatePublicSets(folder);
            }
        }));
        return command;
    }

    /// <summary>The example as typed without an input method.</summary>
    internal static Example WithoutDiacritics(Example example) => example with { Text = Diacritics.Strip(example.Text) };

    private static void EvaluatePublicSets(string folder)
    {
        foreach (string set in Directory.GetDirectories(folder).Where(d => File.Exists(Path.Combine(d, "train.tsv"))).Order(StringComparer.Ordinal))
        {
            IReadOnlyList<Example> Part(string name) => LabelledTextFile.Read(Path.Combine(set, name));
            FeedbackModel model = FeedbackTrainer.Train(Part("train.tsv"), Part("dev.tsv"), new());
            IReadOnlyList<Example> test = Part("test.tsv");
            string name = Path.GetFileName(set);
            Tables.WriteSummaries(HeadEvaluation.Of(model, test).Select(e => e.Summary), name);
            Tables.WriteSummaries(
                HeadEvaluation.Of(model, [.. test.Select(WithoutDiacritics)]).Select(e => e.Summary), $"{name}, without diacritics");
        }
    }
}
