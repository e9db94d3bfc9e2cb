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
        :root{--ink:#1d2733;--soft:#5d6b7a;--line:#dfe5eb;--paper:#fff;--bar:#17658a;--right:31,120,90;--wrong:185,80,28}
        @media (prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#9fb0c0;--line:#33404d;--paper:#161c22;--bar:#6ab0d4;--right:45,160,120;--wrong:214,110,50}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1040px;margin:2rem auto;padding:0 1rem;-webkit-text-size-adjust:100%}
        h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.2rem;margin-top:2.4rem}h3{font-size:1rem;margin:1.6rem 0 .4rem}p.soft{color:var(--soft);overflow-wrap:anywhere}
        .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.86rem}td,th{padding:.25rem .45rem;border:1px solid var(--line);text-align:right;font-weight:400}
        th{color:var(--soft)}th:first-child{text-align:left;white-space:nowrap;position:sticky;left:0;background:var(--paper)}th.turned{writing-mode:vertical-rl;transform:rotate(180deg);text-align:left;vertical-align:bottom;padding:.4rem .25rem}
        svg{width:100%;max-width:460px;height:auto;display:block}text{font:12px system-ui,sans-serif;fill:var(--soft)}.grid{stroke:var(--line)}.even{stroke:var(--soft);stroke-dasharray:4 4}rect{fill:var(--bar)}
        @media (max-width:640px){body{margin:1rem auto}h1{font-size:1.35rem}}
        """;

    internal static string Of(ModelCard card, IReadOnlyList<HeadEvaluation> evaluations, string judgedBy)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{Escape(card.Name)}</title><style>{Style}</style>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Escape(card.Name)}</h1><p class=\"soft\">Learnt from {card.TrainingTexts:N0} texts (fingerprint <code>{Escape(card.TrainingFingerprint)}</code>, seed {card.Seed}); judged by {Escape(judgedBy)}.</p>");
        foreach (HeadEvaluation evaluation in evaluations.Where(e => e.Summary.Texts > 0))
        {
            HeadSummary s = evaluation.Summary;
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Escape(s.Head)}</h2><p>{s.Texts:N0} texts: accuracy {s.Accuracy * 100:0.0} %, macro-F1 {s.MacroF1 * 100:0.0} %, calibration error {s.CalibrationError * 100:0.0} %. Answered {s.Coverage * 100:0.0} % of them{(s.Coverage > 0 ? FormattableString.Invariant($", {s.AnsweredAccuracy * 100:0.0} % rightly") : "")}; the rest goes to a person.</p>");
            AppendConfusion(page, evaluation);
            AppendReliability(page, evaluation.Reliability);
        }
        return page.Append("</html>\n").ToString();
    }

    private static void AppendConfusion(StringBuilder page, HeadEvaluation evaluation)
    {
        IReadOnlyList<string> labels = evaluation.Head.Labels;
        page.Append("<h3>What was taken for what</h3><p class=\"soft\">A row for each truth, a column for each answer; the fuller the colour, the larger its share of the row.</p><div class=\"scroll\"><table><tr><th></th>");
        foreach (string label in labels)
        {
            page.Append(CultureInfo.InvariantCulture, $"<th class=\"turned\" scope=\"col\">{Escape(label)}</th>");
        }
        page.Append("</tr>");
        for (int truth = 0; truth < labels.Count; truth++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Escape(labels[truth])}</th>");
            double support = Math.Max(1, evaluation.Confusion.Support(truth));
            for (int answer = 0; answer < labels.Count; answer++)
            {
                int count = evaluation.Confusion.Counts[truth][answer];
                // Half of the colour at most: the number on it stays legible in both themes.
                page.Append(CultureInfo.InvariantCulture, $"<td style=\"background:rgba(var(--{(truth == answer ? "right" : "wrong")}),{0.5 * count / support:0.00})\">{(count == 0 ? "" : count)}</td>");
            }
            page.Append("</tr>");
        }
        page.Append("</table></div>");
    }

    private static void AppendReliability(StringBuilder page, IReadOnlyList<ReliabilityBin> bins)
    {
        const int Side = 300, Left = 44, Top = 10;
        page.Append("<h3>Does a probability mean what it says?</h3><p class=\"soft\">On the dashed line it does. Below it the model is surer than it should be. The fuller its colour, the more answers a bar stands for.</p>");
        page.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Left + Side + 16} {Top + Side + 44}\" role=\"img\" aria-label=\"Reliability diagram: the probability given against the share that was right\">");
        for (int i = 0; i <= 4; i++)
        {
            int at = i * Side / 4;
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" y1=\"{Top + at}\" x2=\"{Left + Side}\" y2=\"{Top + at}\"/><text x=\"{Left - 6}\" y=\"{Top + at + 4}\" text-anchor=\"end\">{100 - (25 * i)}</text>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + at}\" y=\"{Top + Side + 16}\" text-anchor=\"middle\">{25 * i}</text>");
        }
        double most = Math.Max(1, bins.Max(b => b.Count));
        double width = Side / (double)bins.Count;
        foreach ((int i, ReliabilityBin bin) in bins.Index().Where(b => b.Item.Count > 0))
        {
            double height = bin.Accuracy * Side;
            page.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left + (i * width):0.#}\" y=\"{Top + Side - height:0.#}\" width=\"{width - 1:0.#}\" height=\"{height:0.#}\" opacity=\"{0.3 + (0.7 * bin.Count / most):0.00}\"><title>{bin.Count} answers of probability {bin.Probability * 100:0} %: {bin.Accuracy * 100:0} % right</title></rect>");
        }
        page.Append(CultureInfo.InvariantCulture, $"<line class=\"even\" x1=\"{Left}\" y1=\"{Top + Side}\" x2=\"{Left + Side}\" y2=\"{Top}\"/>")
            .Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + (Side / 2)}\" y=\"{Top + Side + 36}\" text-anchor=\"middle\">probability given, %</text>")
            .Append(CultureInfo.InvariantCulture, $"<text x=\"12\" y=\"{Top + (Side / 2)}\" text-anchor=\"middle\" transform=\"rotate(-90 12 {Top + (Side / 2)})\">right, %</text></svg>");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
