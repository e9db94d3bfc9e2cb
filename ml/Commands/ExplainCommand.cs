using System.CommandLine;
using CityTwin.Ml.Classification;
using Spectre.Console;

namespace CityTwin.Ml.Commands;

internal static class ExplainCommand
{
    internal static Command Create()
    {
        Argument<string> text = new("text") { Description = "The message." };
        Option<string?> model = MlCommand.ModelOption();
        Option<int> count = MlCommand.NumberOption("--count", "How many words and pairs to show.", 8, n => n is >= 1 and <= 1000, "1 to 1000", "-n");
        Command command = new("explain", "Shows which words spoke for each answer.") { text, model, count };
        command.SetAction(parsed => MlCommand.Guard(parsed, () =>
        {
            FeedbackModel answering = MlCommand.LoadModel(parsed.GetValue(model));
            string message = parsed.GetRequiredValue(text);
            Prediction prediction = answering.Predict(message);
            for (int h = 0; h < answering.Heads.Count; h++)
            {
                Prediction.Answer answer = prediction.Answers[h];
                Table table = new() { Title = new($"{Markup.Escape(answer.Head.Name)}: {Markup.Escape(answer.Label)} {answer.Probability:P0}") };
                table.AddColumns("words", "spoke for it");
                foreach (Contribution c in answering.Explain(message, h, parsed.GetValue(count)))
                {
                    table.AddRow(Markup.Escape(c.Words), $"{c.Weight:+0.00;-0.00}");
                }
                MlCommand.WriteTable(table);
            }
        }));
        return command;
    }
}
