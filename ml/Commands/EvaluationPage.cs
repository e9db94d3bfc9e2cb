using System.Globalization;
using System.Net;
using System.Text;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Classification.Evaluation;

namespace CityTwin.Ml.Commands;

/// <summary>An evaluation as one HTML page that needs nothing else: figures, confusion matrix, reliability diagram.</summary>
internal static class EvaluationPage
{
    private const string Style = """
        body{font:14px/1.5 system-ui,sans-serif;margin:2rem;max-width:72rem;color:#1b1f24;background:#fff}
        table{border-collapse:collapse;margin:1rem 0}td,th{padding:.25rem .5rem;border:1px solid #d0d7de;text-align:right}
        th:first-child,td:first-child{text-align:left}th.turned{writing-mode:vertical-rl;text-align:left}
        svg{border:1px solid #d0d7de}caption{text-align:left;font-weight:600}
        """;

    internal static string Of(ModelCard card, IReadOnlyList<HeadEvaluation> evaluations, string judgedBy)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{Escape(card.Name)}</title><style>{Style}</style>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Escape(card.Name)}</h1><p>Learnt from {card.TrainingTexts} texts (fingerprint <code>{Escape(card.TrainingFingerprint)}</code>, seed {card.Seed}); judged by {Escape(judgedBy)}.</p>");
        foreach (HeadEvaluation evaluation in evaluations.Where(e => e.Summary.Texts > 0))
        {
            HeadSummary s = evaluation.Summary;
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Escape(s.Head)}</h2><p>{s.Texts} texts: accuracy {s.Accuracy:P1}, macro-F1 {s.MacroF1:P1}, calibration error {s.CalibrationError:P1}. Answered {s.Coverage:P1} of them, {s.AnsweredAccuracy:P1} rightly; the rest goes to a person.</p>");
            AppendConfusion(page, evaluation);
            AppendReliability(page, evaluation.Reliability);
        }
        return page.Append("</html>\n").ToString();
    }

    private static void AppendConfusion(StringBuilder page, HeadEvaluation evaluation)
    {
        IReadOnlyList<string> labels = evaluation.Head.Labels;
        page.Append("<table><caption>What was taken for what (rows: the truth)</caption><tr><th></th>");
        foreach (string label in labels)
        {
            page.Append(CultureInfo.InvariantCulture, $"<th class=\"turned\">{Escape(label)}</th>");
        }
        page.Append("</tr>");
        for (int truth = 0; truth < labels.Count; truth++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escape(labels[truth])}</td>");
            double support = Math.Max(1, evaluation.Confusion.Support(truth));
            for (int answer = 0; answer < labels.Count; answer++)
            {
                int count = evaluation.Confusion.Counts[truth][answer];
                string colour = truth == answer ? "31,136,61" : "207,34,46";
                page.Append(CultureInfo.InvariantCulture, $"<td style=\"background:rgba({colour},{count / support:0.00})\">{(count == 0 ? "" : count)}</td>");
            }
            page.Append("</tr>");
        }
        page.Append("</table>");
    }

    private static void AppendReliability(StringBuilder page, IReadOnlyList<ReliabilityBin> bins)
    {
        const int Side = 320;
        page.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Side} {Side}\" width=\"{Side}\" height=\"{Side}\" role=\"img\" aria-label=\"Reliability diagram: probability against share right\"><line x1=\"0\" y1=\"{Side}\" x2=\"{Side}\" y2=\"0\" stroke=\"#8c959f\" stroke-dasharray=\"4\"/>");
        double most = Math.Max(1, bins.Max(b => b.Count));
        double width = Side / (double)bins.Count;
        for (int i = 0; i < bins.Count; i++)
        {
            ReliabilityBin bin = bins[i];
            if (bin.Count > 0)
            {
                double height = bin.Accuracy * Side;
                page.Append(CultureInfo.InvariantCulture, $"<rect x=\"{i * width:0.#}\" y=\"{Side - height:0.#}\" width=\"{width - 1:0.#}\" height=\"{height:0.#}\" fill=\"#0969da\" opacity=\"{0.25 + (0.75 * bin.Count / most):0.00}\"><title>{bin.Count} answers of probability {bin.Probability:P0}: {bin.Accuracy:P0} right</title></rect>");
            }
        }
        page.Append("</svg><p>Across: the probability given. Up: the share that was right. On the dashed line both agree.</p>");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
