using CityTwin.Grains;
using CityTwin.Ml.Privacy;
using CityTwin.Silo;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Open311;

/// <summary>Cases as the standard tells them.</summary>
/// <param name="desk">The city.</param>
/// <param name="withTexts">Whether the caller may read what citizens wrote.</param>
internal sealed class RequestLines(Open311Desk desk, bool withTexts)
{
    private readonly Dictionary<TwinId, string> _offices = desk.Api.View.Board.Offices(desk.Api.Runtime.Clock.Now).ToDictionary(o => o.Profile.Id, o => o.Profile.NameVi);

    /// <summary>A report; null when there is none, or the case is a dossier.</summary>
    public async ValueTask<RequestLine?> FindAsync(TwinId id)
    {
        TwinReading reading = await desk.Api.Runtime.ReadAsync(id);
        return reading.Version > 0 && reading.State is CaseState { Kind: CaseKind.Feedback } state ? Of(id, state) : null;
    }

    /// <summary>Reports of a list, in its order.</summary>
    public async ValueTask<List<RequestLine>> FindAsync(IEnumerable<TwinId> ids)
    {
        List<RequestLine> lines = [];
        foreach (TwinId id in ids)
        {
            if (await FindAsync(id) is { } line)
            {
                lines.Add(line);
            }
        }
        return lines;
    }

    /// <summary>open or closed.</summary>
    public static string Status(CaseStage stage) => stage is >= CaseStage.Received and <= CaseStage.InProgress ? "open" : "closed";

    /// <summary>What to tell whoever has just reported.</summary>
    public string Notice(CaseState state) => $"{Office(state.Office)}; hạn trả lời {desk.Moment(state.DueAt)}";

    private RequestLine Of(TwinId id, CaseState s)
    {
        ReportText text = ReportText.Split(s.Description ?? "");
        ServiceDefinition? service = desk.Api.Runtime.Rules.Catalogue.Find(s.Service);
        return new RequestLine(
            id.NumberText, Status(s.Stage), Notes(s), service?.NameVi ?? s.Service, s.Service, Shown(text.Description), Office(s.Office), Notice(s),
            desk.Moment(s.FiledAt), desk.Moment(s.StageAt), desk.Moment(s.DueAt), Shown(text.Address) ?? Office(s.Commune),
            s.Commune.NumberText, null, s.Place?.Latitude, s.Place?.Longitude, withTexts ? text.MediaUrl : null);
    }

    private string Notes(CaseState s) => Shown(s.Outcome) is { Length: > 0 } outcome ? $"{Words(s.Stage)}: {outcome}" : Words(s.Stage);

    // Who has a key is an office or its partner; even so, numbers and addresses of people have no business in a list of reports.
    private string? Shown(string? text) => withTexts && text is not null ? Masker.Mask(text) : null;

    private string Office(TwinId id) => _offices.TryGetValue(id, out string? name) ? name : id.ToString();

    /// <summary>A stage in Vietnamese.</summary>
    public static string Words(CaseStage stage) => stage switch
    {
        CaseStage.Received => "Đã tiếp nhận",
        CaseStage.WaitingForCitizen => "Chờ người dân bổ sung",
        CaseStage.Queued => "Chờ xử lý",
        CaseStage.InProgress => "Đang xử lý",
        CaseStage.Resolved => "Đã xử lý",
        CaseStage.Returned => "Đã trả kết quả",
        CaseStage.Closed => "Đã kết thúc",
        CaseStage.Withdrawn => "Đã rút",
        CaseStage.Rejected => "Không tiếp nhận",
        _ => "",
    };
}
