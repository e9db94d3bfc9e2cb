using System.Globalization;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;

namespace CityTwin.ClientApi.Open311;

/// <summary>FixMyStreet's extension: what changed at reports in a period, read from the journal, and updates that citizens send.</summary>
internal static class UpdateList
{
    private const int UpdatesMax = 1_000;

    /// <summary>The updates between start_date and end_date, the oldest first, at most 1,000: whoever wants more asks again from the last one on.</summary>
    public static async Task<UpdateLine[]> ReadAsync(Open311Desk desk, HttpContext http)
    {
        (DateTimeOffset from, DateTimeOffset to) = Open311Moments.ReadPeriod(http, desk.Api.Runtime.Clock.Now);
        IJournal journal = desk.Api.Journal;
        Dictionary<TwinId, bool> isReport = [];
        List<UpdateLine> updates = [];
        long first = journal.PositionAt(from.AddMilliseconds(-1));
        foreach (RecordedEvent recorded in journal.ReadForward(first, journal.PositionAt(to)))
        {
            http.RequestAborted.ThrowIfCancellationRequested();
            if (recorded.Event is CaseEvent happened && Told(happened) is { } told && await IsReportAsync(desk, recorded.Twin, isReport))
            {
                updates.Add(new UpdateLine(
                    recorded.Position.ToString(CultureInfo.InvariantCulture), recorded.Twin.NumberText, told.Status, desk.Moment(recorded.At), told.Words, null));
            }
            if (updates.Count == UpdatesMax)
            {
                break;
            }
        }
        return [.. updates];
    }

    /// <summary>Takes an update of a citizen: an answer to a question, an objection to a result, or a withdrawal.</summary>
    /// <exception cref="Open311Exception">The report is unknown, or there is nothing that the update could change.</exception>
    public static async ValueTask<Open311Reply> TakeAsync(Open311Desk desk, HttpContext http, IFormCollection form)
    {
        string? number = RequestForm.Text(form, "service_request_id", TextLimits.CodeMax);
        string? key = RequestForm.Text(form, "update_id", 100);
        string? text = RequestForm.Text(form, "description", TextLimits.TextMax);
        string status = RequestForm.Text(form, "status", TextLimits.CodeMax)?.ToUpperInvariant() ?? "OPEN";
        if (number is null || status is not ("OPEN" or "CLOSED" or "FIXED"))
        {
            throw Bad(number is null ? "service_request_id was not provided" : "status: expected OPEN or CLOSED");
        }
        if (!TwinId.TryParseNumber(TwinKind.Case, number, out TwinId id)
            || await desk.Api.Runtime.ReadAsync(id) is not { Version: > 0, State: CaseState { Kind: CaseKind.Feedback } state })
        {
            throw new Open311Exception(StatusCodes.Status404NotFound, $"service_request_id '{Mistakes.Short(number)}' was not found");
        }
        TwinCommand command = Command(state, status == "OPEN", text);
        Reply reply = await desk.Api.Runtime.SendAsync(id, command, CommandKey.IdFor(Printable(key) ?? CommandKey.Read(http), id));
        desk.Api.Meter.Count(command.GetType(), reply.Status);
        return Commands.ProblemOf(reply) is { } problem
            ? Open311Edge.Of(problem)
            : new Open311Reply(
                new UpdateFiledLine[] { new(reply.Position.ToString(CultureInfo.InvariantCulture)) }, Open311Reply.Contract.UpdateFiledLineArray,
                "service_request_updates", "request_update")
            { Status = StatusCodes.Status201Created };
    }

    private static CaseCommand Command(CaseState state, bool staysOpen, string? text)
    {
        if (!staysOpen)
        {
            return new CaseCommand.Withdraw(text);
        }
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Bad("description was not provided");
        }

        // Where nothing was asked, the case itself refuses, or knows the update as one that it has had.
        return state.IsOpen ? new CaseCommand.Answer([], text) : new CaseCommand.Reopen(text);
    }

    // A client's own id of its update is what makes a repeat harmless.
    private static string? Printable(string? key) => key is not null && !key.AsSpan().ContainsAnyExceptInRange(' ', '~') ? "open311:" + key : null;

    private static async ValueTask<bool> IsReportAsync(Open311Desk desk, TwinId id, Dictionary<TwinId, bool> known)
    {
        if (!known.TryGetValue(id, out bool isReport))
        {
            CaseKind? kind = desk.Api.View.Cases.Find(id)?.Kind ?? ((await desk.Api.Runtime.ReadAsync(id)).State as CaseState)?.Kind;
            known[id] = isReport = kind == CaseKind.Feedback;
        }
        return isReport;
    }

    // What an official or a citizen wrote is not told here: the list is public.
    private static (string Status, string Words)? Told(CaseEvent happened) => happened switch
    {
        CaseEvent.WorkStarted => ("open", RequestLines.Words(CaseStage.InProgress)),
        CaseEvent.CitizenAsked => ("open", RequestLines.Words(CaseStage.WaitingForCitizen)),
        CaseEvent.CitizenAnswered => ("open", "Người dân đã bổ sung"),
        CaseEvent.CaseEscalated => ("open", "Chuyển lên sở, ngành"),
        CaseEvent.CaseSentBack or CaseEvent.CaseMoved => ("open", "Chuyển cơ quan xử lý"),
        CaseEvent.CaseBecameOverdue => ("open", "Quá hạn"),
        CaseEvent.CaseReopened => ("open", "Mở lại"),
        CaseEvent.CaseResolved => ("closed", RequestLines.Words(CaseStage.Resolved)),
        CaseEvent.CaseRejected => ("closed", RequestLines.Words(CaseStage.Rejected)),
        CaseEvent.ResultReturned => ("closed", RequestLines.Words(CaseStage.Returned)),
        CaseEvent.CaseClosed => ("closed", RequestLines.Words(CaseStage.Closed)),
        CaseEvent.CaseWithdrawn => ("closed", RequestLines.Words(CaseStage.Withdrawn)),
        _ => null,
    };

    private static Open311Exception Bad(string description) => new(StatusCodes.Status400BadRequest, description);
}
