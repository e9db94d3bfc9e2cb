using System.CommandLine;
using System.Runtime.InteropServices;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary>What all bench commands do alike: mistakes go to standard error, and Ctrl-C ends them.</summary>
internal static class BenchCommand
{
    /// <summary>Sets a command's action. It ends with 0; with 2 where what the user gave cannot be used; with 130 when stopped.</summary>
    public static void SetBenchAction(this Command command, Func<ParseResult, CancellationToken, Task> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Stop(c, stopping));
            using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Stop(c, stopping));
            try
            {
                await action(parsed, stopping.Token);
                return 0;
            }
            catch (Exception e) when (e is BenchFailureException or IOException or UnauthorizedAccessException)
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

    // A second signal ends the process at once.
    private static void Stop(PosixSignalContext signal, CancellationTokenSource stopping)
    {
        signal.Cancel = !stopping.IsCancellationRequested;
        stopping.Cancel();
    }
}
