using CityTwin.Grains;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Queries;

/// <summary>What can be asked about cases.</summary>
internal static class CaseAttributes
{
    private static readonly WordList<CaseStage> Stages = new(CaseStage.Absent);
    private static readonly QueryValue LastOpenStage = Stages[(int)CaseStage.InProgress];
    private static readonly WordList<CaseKind> CaseKinds = new();
    private static readonly WordList<Urgency> Urgencies = new();
    private static readonly WordList<Channel> Channels = new();
    private static readonly WordList<Level> Levels = new();

    /// <summary>The table.</summary>
    public static QuerySchema<CaseEntry> Schema { get; } = Make();

    /// <summary>Whether a condition holds for open cases only.</summary>
    public static bool MeansOpen(QueryNode node) => node is QueryNode.Compare { Operator: QueryOperator.Equal } c && c.Attribute.Name switch
    {
        "open" => c.Operands.All(o => o.Low is QueryPoint.Fixed { First.AsFlag: true }),
        "stage" => c.Operands.All(o => o.High is QueryPoint.Fixed { Last: { IsNone: false } last } && last <= LastOpenStage),
        _ => false,
    };

    private static QuerySchema<CaseEntry> Make()
    {
        QueryAttribute<CaseEntry> commune = Id("commune", "Where the citizen lives or the matter lies.", (in CaseEntry r, QueryContext c) => QueryValue.Of(c.Offices[r.Row.Commune]), true, TwinKind.Commune);
        return new QuerySchema<CaseEntry>(
            "case", TwinKind.Case, "A dossier or a feedback report: all open ones and the latest finished ones.",
            [.. Standing(), commune, .. Where(), .. Times(), .. Counts(), .. Places()])
        {
            Place = r => r.Place,
            Commune = commune,
        };
    }

    private static IEnumerable<QueryAttribute<CaseEntry>> Standing() =>
    [
        Id("id", "Its identity.", (in CaseEntry r, QueryContext _) => QueryValue.Of(TwinId.Case(r.Number)), true, TwinKind.Case),
        new("kind", QueryType.Word, "Dossier or feedback.", (in CaseEntry r, QueryContext _) => CaseKinds[(int)r.Row.Kind]) { Words = CaseKinds.Words },
        new("service", QueryType.Text, "The code of the service or category.", (in CaseEntry r, QueryContext c) => QueryValue.Of(c.Services[r.Row.Service])),
        new("service.field", QueryType.Text, "The field of work, as land.", (in CaseEntry r, QueryContext c) => QueryValue.Of(c.Rules.Catalogue.Find(c.Services[r.Row.Service])?.Field)) { IsShown = false },
        new("service.level", QueryType.Word, "Who decides: the city or the commune.", (in CaseEntry r, QueryContext c) => c.Rules.Catalogue.Find(c.Services[r.Row.Service]) is { } s ? Levels[(int)s.Level] : default) { Words = Levels.Words, IsShown = false },
        new("stage", QueryType.Word, "Where it is in its life; the words are in the order of life.", (in CaseEntry r, QueryContext _) => Stages[(int)r.Row.Stage]) { Words = Stages.Words },
        Flag("open", "From filing until a result, a withdrawal or a rejection.", (in CaseEntry r, QueryContext _) => QueryValue.Of(r.Row.IsOpen)),
        new("urgency", QueryType.Word, "How urgent it is.", (in CaseEntry r, QueryContext _) => Urgencies[(int)r.Row.Urgency]) { Words = Urgencies.Words },
        new("channel", QueryType.Word, "How it came in.", (in CaseEntry r, QueryContext _) => Channels[(int)r.Row.Channel]) { Words = Channels.Words },
    ];

    private static IEnumerable<QueryAttribute<CaseEntry>> Where() =>
    [
        Id("office", "The office in charge.", (in CaseEntry r, QueryContext c) => QueryValue.Of(c.Offices[r.Row.Office]), true, TwinKind.Commune, TwinKind.Department),
        Id("desk", "The desk it is at, or was at last.", (in CaseEntry r, QueryContext c) => QueryValue.Of(c.Desks[r.Row.Desk]), true, TwinKind.Desk),
        Id("official", "Who has it in hand, or had it last.", (in CaseEntry r, QueryContext _) => r.Row.Official == 0 ? default : QueryValue.Of(TwinId.Official(r.Row.Official)), false, TwinKind.Official),
        Id("citizen", "Who filed it: a pseudonym.", (in CaseEntry r, QueryContext _) => QueryValue.Of(TwinId.FromValue(r.Row.Citizen)), false, TwinKind.Citizen),
    ];

    private static IEnumerable<QueryAttribute<CaseEntry>> Times() =>
    [
        new("filedAt", QueryType.Moment, "When it came in.", (in CaseEntry r, QueryContext _) => QueryValue.OfMilliseconds(r.Row.FiledAt)),
        new("deadline", QueryType.Moment, "The deadline in force.", (in CaseEntry r, QueryContext _) => QueryValue.OfMilliseconds(r.Row.DueAt)) { Aliases = ["dueAt"] },
        new("stageAt", QueryType.Moment, "Since when it is in its stage.", (in CaseEntry r, QueryContext _) => QueryValue.OfMilliseconds(r.Row.StageAt)),
        new("resolvedAt", QueryType.Moment, "When it was decided.", (in CaseEntry r, QueryContext _) => r.ResolvedAt == 0 ? default : QueryValue.OfMilliseconds(r.ResolvedAt)),
        Flag("overdue", "Whether the deadline in force has passed while the office had it.", (in CaseEntry r, QueryContext _) => QueryValue.Of(r.Row.Has(CaseMarks.Overdue))),
        Flag("onTime", "Whether the result came in time; no value before there is one.", (in CaseEntry r, QueryContext _) => r.Row.Has(CaseMarks.HasResult) ? QueryValue.Of(r.Row.Has(CaseMarks.OnTime)) : default),
        new("leadTime", QueryType.Number, "From filing to the result.", (in CaseEntry r, QueryContext c) => r.ResolvedAt == 0 ? default : QueryValue.Of(c.WorkingHours(r.Row.FiledAt, r.ResolvedAt))) { Unit = "working hours" },
        new("worked", QueryType.Number, "Time that officials spent on it.", (in CaseEntry r, QueryContext _) => QueryValue.Of(r.Worked / 60_000.0)) { Unit = "working minutes" },
        new("age", QueryType.Number, "Of an open case: since filing.", (in CaseEntry r, QueryContext c) => r.Row.IsOpen ? QueryValue.Of(c.WorkingHours(r.Row.FiledAt, c.Moment.Now.ToUnixTimeMilliseconds())) : default) { Unit = "working hours", MovesWithTime = true, IsShown = false },
        new("remaining", QueryType.Number, "Of an open case: until the deadline; negative once it has passed.", (in CaseEntry r, QueryContext c) => r.Row.IsOpen ? QueryValue.Of(c.WorkingHours(c.Moment.Now.ToUnixTimeMilliseconds(), r.Row.DueAt)) : default) { Unit = "working hours", MovesWithTime = true, IsShown = false },
    ];

    private static IEnumerable<QueryAttribute<CaseEntry>> Counts() =>
    [
        new("rating", QueryType.Number, "The citizen's rating, 1 (worst) to 5.", (in CaseEntry r, QueryContext _) => r.Row.Rating == 0 ? default : QueryValue.Of(r.Row.Rating)),
        new("escalations", QueryType.Number, "How often it went up to a department.", (in CaseEntry r, QueryContext _) => QueryValue.Of(r.Row.Escalations)),
        new("reopenings", QueryType.Number, "How often it was reopened.", (in CaseEntry r, QueryContext _) => QueryValue.Of(r.Row.Reopenings)),
    ];

    private static IEnumerable<QueryAttribute<CaseEntry>> Places() =>
    [
        .. PlaceAttributes.Of<CaseEntry>((in CaseEntry r) => r.Place),
        new("description", QueryType.Words, "What was reported; searched by its words, with or without diacritics, and never given out.", (in CaseEntry _, QueryContext _) => default) { IsShown = false },
    ];

    private static QueryAttribute<CaseEntry> Flag(string name, string description, AttributeReader<CaseEntry> read) => new(name, QueryType.Flag, description, read);

    private static QueryAttribute<CaseEntry> Id(string name, string description, AttributeReader<CaseEntry> read, bool indexed, params TwinKind[] kinds) =>
        new(name, QueryType.Id, description, read) { Kinds = kinds, IsIndexed = indexed };
}
