using System.Collections.Frozen;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Offices;

/// <summary>Communes and departments.</summary>
internal static class OfficeEndpoints
{
    private static readonly QueryDoc[] ListQuery =
    [
        new("kind", "ward, commune, specialZone or department.", Words: [.. Words<OfficeKind>.All]),
        new("sort", "id (default), open, overdue, filed, onTimeShare or population; with a minus the largest first."),
        new("limit", "1 to 500, default 500.", "integer"), new("cursor", "The next of the page before."),
    ];

    private static readonly FrozenSet<string> ListNames = ListQuery.Select(q => q.Name).ToFrozenSet();

    private static readonly FrozenDictionary<string, Func<OfficeLine, double>> Orders = new Dictionary<string, Func<OfficeLine, double>>
    {
        ["id"] = o => o.Profile.Id.Number,
        ["open"] = o => o.Figures.Open,
        ["overdue"] = o => o.Figures.Overdue,
        ["filed"] = o => o.Figures.Filed,
        ["onTimeShare"] = o => o.Figures.OnTimeShare ?? 1,
        ["population"] = o => o.Profile.Population,
    }.ToFrozenDictionary();

    /// <summary>Adds the routes.</summary>
    public static void MapOffices(this IEndpointRouteBuilder routes, CityApi api)
    {
        Map(routes, api, TwinKind.Commune, "communes", "Commune");
        Map(routes, api, TwinKind.Department, "departments", "Department");
    }

    private static void Map(IEndpointRouteBuilder routes, CityApi api, TwinKind kind, string path, string name)
    {
        string tag = name + "s";
        routes.Get($"/{path}", new RouteDoc(tag, $"List{tag}", $"All {path} with their figures") { Answer = typeof(OfficeListAnswer), Query = ListQuery }, http => ListAsync(api, http, kind));
        routes.Get($"/{path}/{{id}}", new RouteDoc(tag, $"Get{name}", $"A {name.ToLowerInvariant()}, now or as of a moment") { Answer = typeof(OfficeReading), Query = [Twins.At] }, async http =>
        {
            TwinId id = Twins.InPath(http, kind);
            (OfficeState state, TwinReading reading) = await Twins.ReadAsync<OfficeState>(api, http, id);
            await Answers.TwinAsync(http, OfficeReading.From(id, state, reading.Version), ApiJson.Default.OfficeReading, reading.Version);
        });
        var doc = new RouteDoc(tag, $"OpenDeskAt{name}", "Opens another desk") { Body = typeof(OpenDeskBody), Answer = typeof(OfficeAnswer), Status = StatusCodes.Status201Created };
        routes.Post($"/{path}/{{id}}/desks", doc, async http =>
        {
            TwinId id = Twins.InPath(http, kind);
            Reply? reply = await Commands.SendAsync(api, http, id, ApiJson.Default.OpenDeskBody, OpenDesk);
            if (reply is not null)
            {
                await AnswerAsync(http, id, reply);
            }
        });
    }

    private static Task ListAsync(CityApi api, HttpContext http, TwinKind kind)
    {
        var query = new QueryReader(http, ListNames);
        OfficeKind? officeKind = query.Word<OfficeKind>("kind");
        string sort = query.Text("sort") ?? "id";
        bool descending = sort.StartsWith('-');
        if (!Orders.TryGetValue(descending ? sort[1..] : sort, out Func<OfficeLine, double>? key))
        {
            query.Add("sort", $"expected one of {string.Join(", ", Orders.Keys.Order(StringComparer.Ordinal))}, with or without a minus");
            key = Orders["id"];
        }
        int limit = query.Number("limit", 1, 500, 500);
        TwinId? after = query.Id("cursor", kind);
        query.ThrowIfAny();
        long position = api.View.Position;
        IEnumerable<OfficeLine> wanted = api.View.Board.Offices(api.Runtime.Clock.Now)
            .Where(o => o.Profile.Id.Kind == kind && (officeKind is null || o.Profile.Kind == officeKind));
        OfficeLine[] sorted = [.. (descending ? wanted.OrderByDescending(key) : wanted.OrderBy(key)).ThenBy(o => o.Profile.Id)];

        // An office never goes away, so the page goes on after it, wherever it stands now.
        int from = after is { } last ? Array.FindIndex(sorted, o => o.Profile.Id == last) + 1 : 0;
        OfficeLine[] page = sorted[from..Math.Min(sorted.Length, from + limit)];
        string? next = from + page.Length < sorted.Length && page.Length > 0 ? page[^1].Profile.Id.ToString() : null;
        return Answers.JsonAsync(http, new OfficeListAnswer(page, next, position), ApiJson.Default.OfficeListAnswer);
    }

    private static OfficeCommand.OpenDesk OpenDesk(OpenDeskBody b, CityRules rules, ref Mistakes m) => new(b.Definition("$", ref m));

    private static Task AnswerAsync(HttpContext http, TwinId id, Reply reply)
    {
        if (reply.State is not OfficeState state)
        {
            return Answers.ProblemAsync(http, Problem.KeyReused);
        }
        Answers.Tag(http, reply.Version);
        var answer = new OfficeAnswer(Commands.StatusOf(reply), reply.Position, reply.Repeated, OfficeReading.From(id, state, reply.Version));
        return Answers.JsonAsync(http, answer, ApiJson.Default.OfficeAnswer, StatusCodes.Status201Created);
    }
}
