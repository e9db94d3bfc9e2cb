using CityTwin.Ml.Classification.Evaluation;
using Spectre.Console;

namespace CityTwin.Ml.Commands;

/// <summary>Evaluations as tables on the terminal.</summary>
internal static class Tables
{
    internal static void WriteSummaries(IEnumerable<HeadSummary> summaries, string what)
    {
        Table table = new() { Title = new($"judged by {Markup.Escape(what)}") };
        table.AddColumn(new TableColumn("head").NoWrap());
        foreach (string figure in (string[])["texts", "accuracy", "macro-F1", "calibr. off", "answered", "right then"])
        {
            table.AddColumn(new TableColumn(figure).RightAligned().NoWrap());
        }
        foreach (HeadSummary s in summaries.Where(s => s.Texts > 0))
        {
            table.AddRow(
                Markup.Escape(s.Head), $"{s.Texts}", $"{s.Accuracy:P1}", $"{s.MacroF1:P1}", $"{s.CalibrationError:P1}",
                $"{s.Coverage:P1}", s.Coverage > 0 ? $"{s.AnsweredAccuracy:P1}" : "–");
        }
        MlCommand.WriteTable(table);
    }

    internal static void WriteLabels(HeadEvaluation evaluation)
    {
        Table table = new() { Title = new($"{Markup.Escape(evaluation.Head.Name)}, in %") };
        table.AddColumn(new TableColumn("label").NoWrap());
        foreach (string figure in (string[])["texts", "precise", "recall", "F1"])
        {
            table.AddColumn(new TableColumn(figure).RightAligned().NoWrap());
        }
        table.AddColumn("often taken for");
        Confusion confusion = evaluation.Confusion;
        for (int c = 0; c < evaluation.Head.Labels.Count; c++)
        {
            int label = c;
            int other = Enumerable.Range(0, evaluation.Head.Labels.Count).Where(o => o != label)
                .MaxBy(o => confusion.Counts[label][o]);
            int times = confusion.Counts[label][other];
            table.AddRow(
                Markup.Escape(evaluation.Head.Labels[c]), $"{confusion.Support(c)}", $"{100 * confusion.Precision(c):0.0}",
                $"{100 * confusion.Recall(c):0.0}", $"{100 * confusion.F1(c):0.0}",
                times == 0 ? "" : Markup.Escape($"{evaluation.Head.Labels[other]} ({times})"));
        }
        MlCommand.WriteTable(table);
    }
}
