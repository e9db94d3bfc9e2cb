using System.CommandLine;
using System.CommandLine.Parsing;
using CityTwin.Simulation.Cli.Bench;

namespace CityTwin.ClientApi.Hosting;

/// <summary>Runs a command line.</summary>
internal static class CommandLine
{
    /// <summary>The exit code for words that cannot be understood.</summary>
    public const int BadWords = 2;

    /// <summary>Runs what the words ask for; words that cannot be understood are told in a line each, and nothing is run.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] words, string program = "citytwin")
    {
        ParseResult parsed = root.Parse(words);
        if (parsed.Errors.Count == 0)
        {
            // The host answers the signals: a stopping city may take longer than the command line's own two seconds to write its checkpoint.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        }
        foreach (ParseError error in parsed.Errors)
        {
            await Console.Error.WriteLineAsync(CommandMistake.Reason(error));
        }
        Command asked = parsed.CommandResult.Command;
        await Console.Error.WriteLineAsync($"What there is: {program} {(asked is RootCommand ? "" : asked.Name + " ")}--help");
        return BadWords;
    }
}
