using System.CommandLine;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Text;
using Spectre.Console;

namespace CityTwin.Ml.Commands;

internal static class PredictCommand
{
    internal static Command Create()
    {
        Argument<string[]> texts = new("text") { Description = "Messages. Default: the lines of standard input.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> model = MlCommand.ModelOption();
        Command command = new("predict", "Answers for messages: labels, probabilities, and which go to a person.") { texts, model };
        command.SetAction(parsed => MlCommand.Guard(parsed, () =>
        {
            FeedbackModel answering = MlCommand.LoadModel(parsed.GetValue(model));
            string[] given = parsed.GetValue(texts) ?? [];
            Table table = new();
            table.AddColumns(["text", "language", .. answering.Heads.Select(h => h.Name)]);
            foreach (string text in given.Length > 0 ? given : Lines())
            {
                Prediction prediction = answering.Predict(text);
                string language = LanguageIdentifier.Identify(text).Language;
                table.AddRow([Markup.Escape(text), language, .. prediction.Answers.Select(Cell)]);
            }
            MlCommand.WriteTable(table);
        }));
        return command;
    }

    private static string Cell(Prediction.Answer answer) =>
        $"{Markup.Escape(answer.Label)} {answer.Probability:P0}{(answer.Abstains ? " [yellow]to a person[/]" : "")}";

    private static IEnumerable<string> Lines()
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
