using Spectre.Console;

namespace CityTwin.Ml.Commands;

/// <summary>What a program writes where nobody looks at a screen. One file for every program that writes tables: simulation compiles it too.</summary>
internal static class PlainOutput
{
    /// <summary>Files and pipes get text without colours.</summary>
    public static void WhereRedirected()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        }
    }
}
