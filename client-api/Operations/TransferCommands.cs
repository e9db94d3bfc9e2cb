using System.CommandLine;
using CityTwin.Silo;
using CityTwin.Silo.Operations;

namespace CityTwin.ClientApi.Operations;

/// <summary><c>citytwin export FILE</c>: events as newline-delimited JSON, gzipped, or an event log for process mining.</summary>
internal static class ExportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> journal = OperationRun.Journal();
        Argument<string> file = new("file") { Description = "Where to write, as events.ndjson.gz." };
        Option<bool> keys = new("--with-keys") { Description = "Write citizens' keys too: whoever has the file can then read their texts." };
        Option<long> after = new("--after") { Description = "Only events above this position." };
        Option<string> format = new("--format") { Description = "events; or an event log: ocel, ocel-sqlite, xes (packed when FILE ends in .gz).", DefaultValueFactory = _ => "events" };
        LogOptions scope = new();
        Command command = new("export", "Write the events, or an event log for process mining; the city goes on.") { file, journal, keys, after, format };
        scope.AddTo(command);
        command.SetAction(parsed => OperationRun.Run("export", progress => parsed.GetValue(format) == "events"
            ? $"exported to position {JournalExport.Write(parsed.GetValue(journal)!, parsed.GetValue(file)!, parsed.GetValue(keys), scope.AfterWithout(parsed, after), progress)}"
            : scope.Write(parsed, parsed.GetValue(journal)!, parsed.GetValue(file)!, parsed.GetValue(format)!, progress)));
        return command;
    }
}

/// <summary><c>citytwin import FILE</c>: events of an export into a journal; repeated, it goes on where it was.</summary>
internal static class ImportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> journal = OperationRun.Journal();
        Argument<string> file = new("file") { Description = "The export." };
        Command command = new("import", "Take the events of an export into a journal that is empty or holds their beginning; resumes after an interruption.") { file, journal };
        command.SetAction(parsed => OperationRun.Run("import", progress =>
            $"imported to position {JournalImport.Read(parsed.GetValue(file)!, parsed.GetValue(journal)!, CityTwins.Types, p => progress(p, p + 1))}"));
        return command;
    }
}

/// <summary><c>citytwin migrate --from A --to B</c>: a whole journal into an empty one of the other make.</summary>
internal static class MigrateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> from = new("--from") { Description = "The journal to read, as data/hue.db.", Required = true };
        Option<string> to = new("--to") { Description = "The empty journal to fill, as Host=…;Database=….", Required = true };
        Command command = new("migrate", "Copy a whole journal into an empty one: SQLite to PostgreSQL, or back.") { from, to };
        command.SetAction(parsed => OperationRun.Run("migrate", progress =>
            $"copied up to position {JournalTransfer.Migrate(parsed.GetValue(from)!, parsed.GetValue(to)!, CityTwins.Types, progress)}"));
        return command;
    }
}
