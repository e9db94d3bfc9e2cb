using System.CommandLine;
using CityTwin.ClientApi.Feedback;
using CityTwin.Grains;
using CityTwin.Ml.Learning;
using CityTwin.Silo;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Operations;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Operations;

/// <summary><c>citytwin verify</c>: replays a journal and compares everything that is kept.</summary>
internal static class VerifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> journal = OperationRun.Journal();
        Command command = new("verify", "Replay a journal from its first event, and compare every kept state and every rule; the city goes on.") { journal };
        command.SetAction(parsed =>
        {
            VerificationReport? report = null;
            int code = OperationRun.Run("verify", progress =>
            {
                report = JournalVerification.Run(parsed.GetValue(journal)!, CityTwins.Types, progress);
                string verdict = report.IsSound ? "sound" : $"NOT SOUND: {string.Join("\n  ", report.Findings.Prepend(""))}";
                return $"{report.Events:N0} events, {report.Twins:N0} twins, {report.States:N0} kept states: {verdict}";
            });
            return report is { IsSound: false } ? 1 : code;
        });
        return command;
    }
}

/// <summary><c>citytwin compact</c>: deletes what is kept for reading the past fast.</summary>
internal static class CompactCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> journal = OperationRun.Journal();
        Option<long?> upTo = new("--up-to") { Description = "Only what stands for this position or an earlier one. Default: all." };
        Command command = new("compact", "Delete earlier states and views and give their space back; no event is deleted. The city must not run.") { journal, upTo };
        command.SetAction(parsed => OperationRun.Run("compact", _ => parsed.GetValue(upTo) < 0
            ? throw new ArgumentException($"--up-to: found {parsed.GetValue(upTo)}, expected a position, 0 or more")
            : $"{JournalTransfer.Compact(parsed.GetValue(journal)!, CityTwins.Types, parsed.GetValue(upTo)):N0} earlier states and views deleted"));
        return command;
    }
}

/// <summary><c>citytwin forget CITIZEN</c>: destroys the key of a citizen's texts.</summary>
internal static class ForgetCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> journal = OperationRun.Journal();
        Argument<string> subject = new("citizen") { Description = "As citizen/0000000044J, or a case that nobody was named for, as case/01HX2M9QK3TA." };
        Command command = new("forget", "Make all texts of a citizen unreadable for ever. The city must not run; a running one forgets over its API.") { subject, journal };
        command.SetAction(parsed => OperationRun.Run("forget", _ =>
        {
            string text = parsed.GetValue(subject)!;
            TwinId id = TwinId.TryParse(text, null, out TwinId read) ? read : throw new ArgumentException($"'{text}' names no citizen: expected citizen/…");
            string place = parsed.GetValue(journal)!;
            bool had = CitizenErasure.Forget(place, CityTwins.Types, id);
            ForgetLetters(place, id);

            // What models learn from lies beside a journal that is a file; beside a database only the running city knows where.
            had |= !PostgresAddress.Is(place) && CorrectionFile.Remove(ModelShelf.CorrectionsIn(Path.ChangeExtension(place, ".feedback")), id.ToString()) > 0;
            return had ? $"{id} is forgotten" : $"there was nothing of {id} to forget";
        }));
        return command;
    }

    // Events of webhooks that could not be delivered lie beside a journal that is a file.
    private static void ForgetLetters(string journal, TwinId id)
    {
        string path = Path.ChangeExtension(journal, SubscriptionOptions.Extension);
        if (!PostgresAddress.Is(journal) && File.Exists(path))
        {
            using var store = new SubscriptionStore(path);
            store.Forget(id);
        }
    }
}
