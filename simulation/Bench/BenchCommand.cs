using System.CommandLine;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary>What all bench commands do alike: mistakes go to standard error, and Ctrl-C ends them.</summary>
internal static class BenchCommand
{
    /// <summary>Sets a command's action. It ends with 0; with 2 where what the user gave cannot be used; with 130 when stopped.</summary>
    public static void SetBenchAction(this Command command, Func<ParseResult, CancellationToken, Task> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                await action(parsed, cancellation);
                return 0;
            }
            catch (BenchFailureException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 2;
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("stopped");
                return 130;
            }
        });
}
