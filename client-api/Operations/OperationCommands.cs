using System.CommandLine;

namespace CityTwin.ClientApi.Operations;

/// <summary>The commands that care for a journal.</summary>
internal static class OperationCommands
{
    /// <summary>All of them, to be added to the root command.</summary>
    public static IEnumerable<Command> All() =>
    [
        BackupCommand.Create(), RestoreCommand.Create(), VerifyCommand.Create(), ExportCommand.Create(), ImportCommand.Create(),
        CompactCommand.Create(), MigrateCommand.Create(), ForgetCommand.Create(),
    ];
}
