using System.CommandLine;
using System.Globalization;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Seed;
using Spectre.Console;

namespace CityTwin.Ml.Commands;

/// <summary>The command line: <c>ml train|evaluate|predict|explain|forecast</c>.</summary>
public static class MlCommand
{
    /// <summary>The whole command. 0: done; 1: the input was off; 2: the words were off.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new("Learns to read citizens' messages, shows how well it does, and forecasts daily values.");
        root.Subcommands.Add(TrainCommand.Create());
        root.Subcommands.Add(EvaluateCommand.Create());
        root.Subcommands.Add(PredictCommand.Create());
        root.Subcommands.Add(ExplainCommand.Create());
        root.Subcommands.Add(ForecastCommand.Create());
        return root;
    }

    /// <summary>Runs words of a command line.</summary>
    /// <param name="args">The words.</param>
    /// <param name="error">Where what is wrong is told; standard error by default.</param>
    public static int Run(string[] args, TextWriter? error = null)
    {
        PlainOutput.WhereRedirected();
        ParseResult parsed = Create().Parse(args);
        int code = parsed.Invoke(error is null ? new() : new() { Error = error });
        return parsed.Errors.Count > 0 ? 2 : code;
    }

    internal static Option<string?> ModelOption() => new("--model", "-m")
    {
        Description = "A model file. Default: the bundled seed model.",
    };

    internal static FeedbackModel LoadModel(string? path) => path is null ? SeedModel.Load() : FeedbackModel.Load(path);

    /// <summary>Refuses a place that no file can be written to, before minutes are spent on what goes there.</summary>
    internal static void CheckWritable(string option, string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (Directory.Exists(path) || !Directory.Exists(folder))
        {
            throw new InvalidDataException(Directory.Exists(path) ? $"{option}: {path} is a folder; a file is needed." : $"{option}: there is no folder {folder}.");
        }
    }

    /// <summary>An option that takes a number; anything else is answered with the numbers that it takes.</summary>
    internal static Option<T> NumberOption<T>(string name, string description, T preset, Func<T, bool> allowed, string range, params string[] aliases)
        where T : IParsable<T> => new(name, aliases)
        {
            Description = description,
            DefaultValueFactory = _ => preset,
            CustomParser = result =>
            {
                string given = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (T.TryParse(given, CultureInfo.InvariantCulture, out T? number) && allowed(number))
                {
                    return number;
                }
                result.AddError($"{name}: expected {range}, not '{given}'");
                return preset;
            },
        };

    /// <summary>Runs an action, turning what is wrong with its input into one line where errors go and code 1.</summary>
    internal static int Guard(ParseResult parsed, Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ArgumentException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"ml: {Plain(e)}");
            return 1;
        }
    }

    /// <summary>What a person needs to read: no name of a parameter of ours, no line of the framework's own.</summary>
    private static string Plain(Exception e) => e switch
    {
        FileNotFoundException { FileName: { } file } => $"there is no file {file}.",
        DirectoryNotFoundException => e.Message.Replace("Could not find a part of the path", "there is no", StringComparison.Ordinal),
        ArgumentException { ParamName: { } name } => e.Message.Split('\n')[0].Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        _ => e.Message,
    };

    internal static void WriteTable(Table table) => AnsiConsole.Write(table.Border(TableBorder.Rounded));
}
