using System.CommandLine;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Seed;
using Spectre.Console;

namespace CityTwin.Ml.Commands;

/// <summary>The command line: <c>ml train|evaluate|predict|explain</c>.</summary>
public static class MlCommand
{
    /// <summary>The whole command. 0: done; 1: the input was off; 2: the words were off.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new("Learns to read citizens' messages, and shows how well it does.");
        root.Subcommands.Add(TrainCommand.Create());
        root.Subcommands.Add(EvaluateCommand.Create());
        root.Subcommands.Add(PredictCommand.Create());
        root.Subcommands.Add(ExplainCommand.Create());
        return root;
    }

    /// <summary>Runs words of a command line.</summary>
    public static int Run(string[] args)
    {
        PlainOutput.WhereRedirected();
        ParseResult parsed = Create().Parse(args);
        int code = parsed.Invoke();
        return parsed.Errors.Count > 0 ? 2 : code;
    }

    internal static Option<string?> ModelOption() => new("--model", "-m")
    {
        Description = "A model file. Default: the bundled seed model.",
    };

    internal static FeedbackModel LoadModel(string? path) => path is null ? SeedModel.Load() : FeedbackModel.Load(path);

    /// <summary>Runs an action, turning what is wrong with its input into one line on standard error and code 1.</summary>
    internal static int Guard(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ArgumentException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ml: {e.Message}");
            return 1;
        }
    }

    internal static void WriteTable(Table table) => AnsiConsole.Write(table.Border(TableBorder.Rounded));
}
