using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>What the comparison of the ledger with the city found.</summary>
/// <param name="Cases">Cases compared.</param>
/// <param name="Offices">Offices compared; 0 when the city was not empty at the start.</param>
/// <param name="Differences">How many differ.</param>
/// <param name="Examples">The first of them, one line each.</param>
public sealed record LedgerVerdict(int Cases, int Offices, int Differences, ImmutableArray<string> Examples);

/// <summary>Compares the driver's ledger with the city's journal, case by case, and with its board, office by office.</summary>
public static class LedgerCheck
{
    /// <summary>How many differences are told in words.</summary>
    public const int ExamplesMax = 20;

    private const int BatchSize = 500;

    /// <summary>Compares.</summary>
    /// <param name="ledger">The driver's book.</param>
    /// <param name="door">The city.</param>
    /// <param name="withBoard">Whether the board holds the driver's cases alone.</param>
    /// <param name="progress">Told how many cases have been compared.</param>
    /// <param name="stop">Ends the comparison; what was found so far is returned.</param>
    public static async Task<LedgerVerdict> RunAsync(
        Ledger ledger, ICityDoor door, bool withBoard, Action<int>? progress, CancellationToken stop)
    {
        var found = new List<string>();
        int differences = 0;
        int compared = 0;
        var ids = new TwinId[BatchSize];
        var accounts = new CaseAccount?[BatchSize];
        while (compared < ledger.Lines.Length && !stop.IsCancellationRequested)
        {
            int count = Math.Min(BatchSize, ledger.Lines.Length - compared);
            for (int i = 0; i < count; i++)
            {
                ids[i] = ledger.Lines[compared + i].Case;
            }
            await door.CasesAsync(ids.AsMemory(0, count), accounts.AsMemory(0, count)).ConfigureAwait(false);
            for (int i = 0; i < count; i++)
            {
                differences += Compare(ledger.Lines[compared + i], accounts[i], found);
            }
            compared += count;
            progress?.Invoke(compared);
        }
        int offices = 0;
        if (withBoard && !stop.IsCancellationRequested)
        {
            differences += CompareBoard(ledger, await door.BoardAsync().ConfigureAwait(false), found);
            offices = ledger.Offices.Length;
        }
        return new LedgerVerdict(compared, offices, differences, [.. found]);
    }

    private static int Compare(in LedgerLine line, CaseAccount? journal, List<string> found)
    {
        if (journal is { } account && account == line.Account)
        {
            return 0;
        }
        Tell(found, journal is { } there
            ? $"{line.Case}: ledger and journal differ: {line.Account.DifferenceFrom(there)}"
            : $"{line.Case}: acknowledged, and not in the journal");
        return 1;
    }

    private static int CompareBoard(Ledger ledger, IReadOnlyList<OfficeAccount> board, List<string> found)
    {
        var boardOf = new Dictionary<TwinId, OfficeAccount>();
        foreach (OfficeAccount office in board)
        {
            boardOf[office.Office] = office;
        }
        int differences = 0;
        foreach (OfficeAccount ours in ledger.Offices)
        {
            OfficeAccount theirs = boardOf.GetValueOrDefault(ours.Office, new OfficeAccount(ours.Office, 0, 0, 0, 0, 0, 0, 0, 0));
            if (ours != theirs)
            {
                differences++;
                Tell(found, $"{ours.Office}: ledger and board differ: {ours} ≠ {theirs}");
            }
        }
        return differences;
    }

    private static void Tell(List<string> found, string line)
    {
        if (found.Count < ExamplesMax)
        {
            found.Add(line);
        }
    }
}
