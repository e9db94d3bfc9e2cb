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
        Option<ulong> seed = MlCommand.NumberOption("--seed", "Seed of the run.", 1UL, _ => true, "a whole number from 0 on");
        Option<double> risk = MlCommand.NumberOption(
            "--risk", "Share of wrong answers allowed among those not left to a person, 0 to 1.", 0.05, r => r is > 0 and < 1,
            "more than 0 and less than 1");
        Option<string?> running = new("--running") { Description = "The running model: the new one is written only if it beats this one." };
        Option<string?> heldBack = new("--held-back") { Description = "Examples that neither model learnt from, to compare by. Needed with --running." };
        Command command = new("train", "Trains a model and says how it did on what was held back.")
        {
            files, validation, calibration, output, seed, risk, running, heldBack,
        };
        command.Validators.Add(words =>
        {
            if (words.GetValue(running) is null != words.GetValue(heldBack) is null)
            {
                words.AddError("--running and --held-back need each other");
            }
        });
        command.SetAction(parsed => MlCommand.Guard(parsed, () =>
        {
            string path = parsed.GetRequiredValue(output);
            MlCommand.CheckWritable("--output", path);
            IReadOnlyList<Example> train = [.. parsed.GetRequiredValue(files).SelectMany(LabelledTextFile.Read)];
            IReadOnlyList<Example> held = parsed.GetValue(validation) is { } v ? LabelledTextFile.Read(v) : [];
            TrainingOptions options = new()
            {
                Seed = parsed.GetValue(seed),
                RiskTarget = parsed.GetValue(risk),
                Calibration = parsed.GetValue(calibration) is { } c ? LabelledTextFile.Read(c) : [],
            };
            FeedbackModel? old = parsed.GetValue(running) is { } o ? FeedbackModel.Load(o) : null;
            IReadOnlyList<Example> judging = parsed.GetValue(heldBack) is { } h ? LabelledTextFile.Read(h) : [];
            RefuseOtherColumns(train, [(held, "--validation"), (options.Calibration, "--calibration"), (judging, "--held-back")]);
            FeedbackModel model = Train(train, held, options);
            Tables.WriteSummaries(model.Card.Validation, "held back");
            if (old is not null && !Beats(old, model, judging))
            {
                return;
            }
            model.Save(path);
            AnsiConsole.MarkupLineInterpolated($"[bold]{model.Card.Name}[/], {model.Card.TrainingTexts} texts, written to {path}");
        }));
        return command;
    }

    private static void RefuseOtherColumns(IReadOnlyList<Example> train, (IReadOnlyList<Example> Examples, string Option)[] others)
    {
        int columns = train[0].Labels.Count;
        if (train.FirstOrDefault(e => e.Labels.Count != columns) is { } odd)
        {
            throw new InvalidDataException($"Files to train on have {columns} and {odd.Labels.Count} columns of labels; they need as many each.");
        }
        foreach ((IReadOnlyList<Example> examples, string option) in others)
        {
            if (examples.Count > 0 && examples[0].Labels.Count != columns)
            {
                throw new InvalidDataException($"{option}: {examples[0].Labels.Count} columns of labels; the texts to train on have {columns}.");
            }
        }
    }

    private static bool Beats(FeedbackModel running, FeedbackModel model, IReadOnlyList<Example> texts)
    {
        PromotionDecision decision = Promotion.Decide(running, model, texts);
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
