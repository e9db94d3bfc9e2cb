using System.CommandLine;
using System.CommandLine.Parsing;

namespace CityTwin.ClientApi.Hosting;

/// <summary>Runs a command line.</summary>
internal static class CommandLine
{
    /// <summary>The exit code for words that cannot be understood.</summary>
    public const int BadWords = 2;

    /// <summary>Runs what the words ask for; words that cannot be understood are told in a line each, and nothing is run.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] words)
    {
        ParseResult parsed = root.Parse(words);
        if (parsed.Errors.Count == 0)
        {
            // The host answers the signals: a stopping city may take longer than the command line's own two seconds to write its checkpoint.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        }
        foreach (ParseError error in parsed.Errors)
        {
            await Console.Error.WriteLineAsync(Reason(error));
        }
        Command asked = parsed.CommandResult.Command;
        await Console.Error.WriteLineAsync($"What there is: citytwin {(asked is RootCommand ? "" : asked.Name + " ")}--help");
        return BadWords;
    }

    private static string Reason(ParseError error) => error.SymbolResult is OptionResult { Tokens: [{ Value: var found }] } option && error.Message.StartsWith("Cannot parse", StringComparison.Ordinal)
        ? $"{option.Option.Name}: found '{found}', expected {Expected(option.Option.ValueType)}"
        : error.Message;

    private static string Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(int) || t == typeof(long) => "a whole number",
        var t when t == typeof(bool) => "true or false, or nothing",
        _ => "something else",
    };
}
