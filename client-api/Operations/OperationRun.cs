using System.CommandLine;
using CityTwin.ClientApi.Hosting;
using CityTwin.Silo.Journal;
using Spectre.Console;

namespace CityTwin.ClientApi.Operations;

/// <summary>What the commands on a journal share: the option that names it, progress on standard error, and mistakes told in one line.</summary>
internal static class OperationRun
{
    /// <summary>A new option <c>--journal</c>.</summary>
    public static Option<string> Journal() => new("--journal")
    {
        Description = "The journal: Host=…;Database=… or postgres://… for PostgreSQL, else the path of an SQLite file. The default is that of the city that serve runs by default.",
        DefaultValueFactory = _ => "data/hue.db",
    };

    /// <summary>Runs long work with a progress line; 0 when it is done, 1 with the reason when it cannot be, 2 when the words are off.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="work">The work; it tells how much is done of how much, and returns what to print at the end.</param>
    public static int Run(string title, Func<Action<long, long>, string> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        try
        {
            // Progress is for people: a log of a nightly backup has its last line only.
            string done = Console.IsErrorRedirected ? work((_, _) => { }) : console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
            {
                ProgressTask task = progress.AddTask(title);
                return work((now, all) =>
                {
                    // Told for every row; shown for every thousandth.
                    if (now % 1_000 == 0 || now == all)
                    {
                        task.MaxValue = Math.Max(1, all);
                        task.Value = now;
                    }
                });
            });
            Console.WriteLine(done);
            return 0;
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine($"{title}: {e.Message}");
            return e is ArgumentException ? CommandLine.BadWords : 1;
        }
    }
}
