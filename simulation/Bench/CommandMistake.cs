using System.CommandLine.Parsing;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary>Says what is wrong with words of a command line. One file for every program that reads options: client-api compiles it too.</summary>
internal static class CommandMistake
{
    /// <summary>The mistake with the option, what was found and what was expected.</summary>
    public static string Reason(ParseError error) =>
        error.SymbolResult is OptionResult { Tokens: [{ Value: var found }] } option && error.Message.StartsWith("Cannot parse", StringComparison.Ordinal)
            ? $"{option.Option.Name}: found '{found}', expected {Expected(option.Option.ValueType)}"
            : error.Message;

    private static string Expected(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.UInt32 or TypeCode.UInt64 => "a whole number, not negative",
        TypeCode.Double => "a number",
        TypeCode.Boolean => "true or false, or nothing",
        TypeCode.DateTime => "a date as 2027-01-25",
        _ => type == typeof(DateOnly) || type == typeof(DateOnly?) ? "a date as 2027-01-25" : "something else",
    };
}
