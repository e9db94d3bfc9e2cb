using System.CommandLine;
using CityTwin.Silo;
using CityTwin.Silo.Operations;

namespace CityTwin.ClientApi.Operations;

/// <summary><c>citytwin backup FILE</c>: a consistent copy of a journal while its city runs.</summary>
internal static class BackupCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> journal = OperationRun.Journal();
        Argument<string> file = new("file") { Description = "Where to write the backup." };
        Command command = new("backup", "Write a consistent, checksummed backup of a journal; the city on it goes on.") { file, journal };
        command.SetAction(parsed => OperationRun.Run("backup", progress =>
        {
            BackupManifest manifest = JournalBackup.Write(parsed.GetValue(journal)!, parsed.GetValue(file)!, progress);
            return $"backed up to position {manifest.Position}, {manifest.At:u}";
        }));
        return command;
    }
}

/// <summary><c>citytwin restore FILE</c>: a backup into an empty journal.</summary>
internal static class RestoreCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> journal = OperationRun.Journal();
        Argument<string> file = new("file") { Description = "The backup." };
        Command command = new("restore", "Restore a backup, whose checksums are compared first, into an empty journal: wholly or not at all.") { file, journal };
        command.SetAction(parsed => OperationRun.Run("restore", progress =>
        {
            BackupManifest manifest = JournalBackup.Restore(parsed.GetValue(file)!, parsed.GetValue(journal)!, CityTwins.Types, progress);
            return $"restored to position {manifest.Position}, {manifest.At:u}";
        }));
        return command;
    }
}
