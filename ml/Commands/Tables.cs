using CityTwin.Ml.Classification.Evaluation;
using Spectre.Console;

namespace CityTwin.Ml.Commands;

/// <summary>Evaluations as tables on the terminal.</summary>
internal static class Tables
{
    internal static void WriteSummaries(IEnumerable<HeadSummary> summaries, string what)
    {
        Table table = new();
        table.AddColumns("head", $"texts {what}", "accuracy", "macro-F1", "calibration error", "answered", "right when answered");
        foreach (HeadSummary s in summaries.Where(s => s.Texts > 0))
        {
            table.AddRow(
                Markup.Escape(s.Head), $"{s.Texts}", $"{s.Accuracy:P1}", $"{s.MacroF1:P1}", $"{s.CalibrationError:P1}",
                $"{s.Coverage:P1}", $"{s.AnsweredAccuracy:P1}");
        }
        MlCommand.WriteTable(table);
    }

    internal static void WriteLabels(HeadEvaluation evaluation)
    {
        Table table = new() { Title = new(Markup.Escape(evaluation.Head.Name)) };
        table.AddColumns("label", "texts", "precision", "recall", "F1", "most often taken for");
        Confusion confusion = evaluation.Confusion;
        for (int c = 0; c < evaluation.Head.Labels.Count; c++)
        {
            int label = c;
            int other = Enumerable.Range(0, evaluation.Head.Labels.Count).Where(o => o != label)
                .MaxBy(o => confusion.Counts[label][o]);
            int times = confusion.Counts[label][other];
            table.AddRow(
                Markup.Escape(evaluation.Head.Labels[c]), $"{confusion.Support(c)}", $"{confusion.Precision(c):P1}",
                $"{confusion.Recall(c):P1}", $"{confusion.F1(c):P1}",
                times == 0 ? "" : Markup.Escape($"{evaluation.Head.Labels[other]} ({times})"));
        }
        MlCommand.WriteTable(table);
    }
}
