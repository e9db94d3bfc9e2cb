using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Ml.Duplicates;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Feedback;

/// <summary>What became of a report.</summary>
/// <param name="Case">Its case: its own, or the one it joined.</param>
/// <param name="Reply">The runtime's answer.</param>
/// <param name="Followed">True when it joined a case that stands for the same thing already.</param>
internal readonly record struct FiledReport(TwinId Case, Reply Reply, bool Followed);

/// <summary>Files citizens' reports, whatever way they come in: masked, read, held against the open ones, then filed.</summary>
internal static class FeedbackFiling
{
    /// <summary>The report as it may be stored: masked; and where no category was given, with the one that the model reads, or the one where a person sorts.</summary>
    /// <param name="api">What the endpoints work with.</param>
    /// <param name="report">A report; an empty category asks the model.</param>
    public static async ValueTask<CaseCommand.FileFeedback> PrepareAsync(CityApi api, CaseCommand.FileFeedback report)
    {
        CaseCommand.FileFeedback masked = report with { Description = ReportReader.Mask(report.Description) };
        if (masked.Category.Length > 0)
        {
            return masked;
        }
        ReportReading read = await api.Feedback.ReadAsync(masked.Description, api.Runtime.Rules);
        return masked with { Category = read.Category, Urgency = masked.Urgency ?? read.Urgency, Classification = read.Reading };
    }

    /// <summary>Files a report, or lets it join the open case that stands for the same thing.</summary>
    /// <param name="api">What the endpoints work with.</param>
    /// <param name="report">A report; an empty category asks the model.</param>
    /// <param name="key">The caller's Idempotency-Key, or null.</param>
    /// <param name="group">Whether it may join another case. A report without a place never does.</param>
    public static async ValueTask<FiledReport> FileAsync(CityApi api, CaseCommand.FileFeedback report, string? key, bool group)
    {
        CaseCommand.FileFeedback command = await PrepareAsync(api, report);
        CommandId id = key is null ? default : CommandKey.IdForFiling(key);
        TwinId own = key is null ? TwinId.Case(api.Numbers.Next()) : CommandKey.CaseFor(id);
        if (group && command.Place is { } place && await FindAsync(api, command, place, own, id) is { } found)
        {
            var follow = new CaseCommand.Follow(own.Number, command.Citizen, command.Channel, command.Description, place, found.Score);
            Reply reply = await CaseFiling.SendAsync(api, found.Case, follow, FollowId(id));

            // A case that ended meanwhile cannot be followed: then the report is filed as its own, and nothing of it is lost.
            if (reply.Status != ReplyStatus.Refused)
            {
                return new FiledReport(found.Case, reply, Followed: true);
            }
        }
        return new FiledReport(own, await CaseFiling.SendAsync(api, own, command, id), Followed: false);
    }

    private static CommandId FollowId(CommandId id) => id.IsNone ? default : id.Derive(1);

    private static async ValueTask<(TwinId Case, double Score)?> FindAsync(
        CityApi api, CaseCommand.FileFeedback command, GeoPoint place, TwinId own, CommandId id)
    {
        if (!id.IsNone)
        {
            // What is repeated gets the answer of the first time, whatever has been reported since.
            TwinId before = api.Feedback.View.FollowedUnder(FollowId(id));
            if (!before.IsNone)
            {
                return (before, 1);
            }
            if ((await api.Runtime.ReadAsync(own)).Version > 0)
            {
                return null;
            }
        }
        Duplicate? alike = api.Feedback.View.Index.Find(new Report(
            "", command.Category, api.Runtime.Clock.Now, place.Latitude, place.Longitude, TextSignature.Of(command.Description)));
        return alike is { } duplicate && TwinId.TryParse(duplicate.Case, null, out TwinId found) ? (found, Math.Round(duplicate.Score, 4)) : null;
    }
}
