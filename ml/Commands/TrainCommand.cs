using System.CommandLine;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Learning;
using Spectre.Console;

namespace CityTwin.Ml.Commands;

internal static class TrainCommand
{
    internal static Command Create()
    {
        Argument<string[]> files = new("train.tsv")
        {
            Description = "Examples: 'label TAB text' or 'category TAB level TAB urgency TAB text'. Several files are read one after another.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> validation = new("--validation", "-v") { Description = "Examples to choose and calibrate by. Default: cross-validation." };
        Option<string?> calibration = new("--calibration") { Description = "Examples that only probabilities and abstaining are set by. Default: what was held back." };
        Option<string> output = new("--output", "-o") { Description = "Where the model goes.", DefaultValueFactory = _ => "feedback.model" };
        Option<ulong> seed = new("--seed") { Description = "Seed of the run.", DefaultValueFactory = _ => 1UL };
        Option<double> risk = new("--risk")
        {
            Description = "Share of wrong answers allowed among those not left to a person, 0 to 1.",
            DefaultValueFactory = _ => 0.05,
        };
        Option<string?> running = new("--running") { Description = "The running model: the new one is written only if it beats this one." };
        Option<string?> heldBack = new("--held-back") { Description = "Examples that neither model learnt from, to compare by. Needed with --running." };
        Command command = new("train", "Trains a model and says how it did on what was held back.")
        {
            files, validation, calibration, output, seed, risk, running, heldBack,
        };
        command.SetAction(parsed => MlCommand.Guard(() =>
        {
            IReadOnlyList<Example> train = [.. parsed.GetRequiredValue(files).SelectMany(LabelledTextFile.Read)];
            IReadOnlyList<Example> held = parsed.GetValue(validation) is { } v ? LabelledTextFile.Read(v) : [];
            TrainingOptions options = new()
            {
                Seed = parsed.GetValue(seed),
                RiskTarget = parsed.GetValue(risk),
                Calibration = parsed.GetValue(calibration) is { } c ? LabelledTextFile.Read(c) : [],
            };
            FeedbackModel model = Train(train, held, options);
            string path = parsed.GetRequiredValue(output);
            Tables.WriteSummaries(model.Card.Validation, "held back");
            if (parsed.GetValue(running) is { } old && !Beats(old, model, parsed.GetValue(heldBack)))
            {
                return;
            }
            model.Save(path);
            AnsiConsole.MarkupLineInterpolated($"[bold]{model.Card.Name}[/], {model.Card.TrainingTexts} texts, written to {path}");
        }));
        return command;
    }

    private static bool Beats(string running, FeedbackModel model, string? heldBack)
    {
        IReadOnlyList<Example> texts = LabelledTextFile.Read(heldBack ?? throw new ArgumentException("--running needs --held-back."));
        PromotionDecision decision = Promotion.Decide(FeedbackModel.Load(running), model, texts);
        AnsiConsole.MarkupLineInterpolated($"{(decision.Promote ? "promoted" : "kept the running model")}: {decision.Reason}");
        return decision.Promote;
    }

    private static FeedbackModel Train(IReadOnlyList<Example> train, IReadOnlyList<Example> held, TrainingOptions options)
    {
        FeedbackModel? model = null;
        AnsiConsole.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask("training");
            model = FeedbackTrainer.Train(train, held, options, p =>
            {
                task.MaxValue = p.Of;
                task.Value = p.Done;
                task.Description = Markup.Escape(p.Step);
            });
        });
        return model!;
    }
}
