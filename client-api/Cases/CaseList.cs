using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Cases;

/// <summary>Lists of cases: filters, order, pages.</summary>
internal static class CaseList
{
    private const int LimitMax = 500;

    private static readonly QueryDoc[] Parameters =
    [
        new("office", "In charge, as commune/19753."), new("commune", "Where the matter lies."), new("desk", "The desk it is at, or was at last."),
        new("service", "A service or category code."), new("kind", "dossier or feedback.", Words: [.. Words<CaseKind>.All]),
        new("stage", "The stage.", Words: [.. Words<CaseStage>.All]), new("open", "Open, or not open any more.", "boolean"),
        new("overdue", "Whether the deadline in force has passed.", "boolean"), new("channel", "How it came in.", Words: [.. Words<Channel>.All]),
        new("urgency", "How urgent it is.", Words: [.. Words<Urgency>.All]), new("citizen", "Who filed it."), new("official", "Who has it, or had it last."),
        new("dueBefore", "Due earlier than this moment."), new("dueAfter", "Due at this moment or later."),
        new("filedBefore", "Filed earlier than this moment."), new("filedAfter", "Filed at this moment or later."),
        new("sort", "dueAt (default), filedAt or stageAt; with a minus the latest first, as -filedAt."),
        new("limit", "1 to 500, default 50.", "integer"), new("cursor", "The next of the page before."),
    ];

    private static readonly FrozenSet<string> Names = Parameters.Select(p => p.Name).ToFrozenSet();

    /// <summary>Adds the route.</summary>
    public static void MapCaseList(this IEndpointRouteBuilder routes, CityApi api) =>
        routes.Get("/cases", new RouteDoc("Cases", "ListCases", "Open cases and the latest finished ones, filtered and ordered")
        {
            Answer = typeof(CaseListAnswer),
            Query = Parameters,
        }, http => ListAsync(api, http));

    private static Task ListAsync(CityApi api, HttpContext http)
    {
        var query = new QueryReader(http, Names);
        CaseFilter filter = Filter(query, api.Runtime.Rules);
        (CaseOrder order, bool descending) = Sort(query);
        int limit = query.Number("limit", 1, LimitMax, 50);
        uint shape = Shape(http);
        CasePlace? after = After(query, shape);
        query.ThrowIfAny();
        long position = api.View.Position;
        CasePage page = api.View.Cases.List(new CaseQuery(filter, order, descending, limit, after));
        var answer = new CaseListAnswer(page.Cases, page.Next is { } next ? Cursor(next, shape) : null, position);
        return Answers.JsonAsync(http, answer, ApiJson.Default.CaseListAnswer);
    }

    private static CaseFilter Filter(QueryReader query, CityRules rules)
    {
        string? service = query.Text("service");
        if (service is not null && rules.Catalogue.Find(service) is null)
        {
            query.Add("service", $"the catalogue has no '{Mistakes.Short(service)}': see /city/catalogue");
        }
        return new CaseFilter
        {
            Office = query.Id("office", TwinKind.Commune, TwinKind.Department),
            Commune = query.Id("commune", TwinKind.Commune),
            Desk = query.Id("desk", TwinKind.Desk),
            Service = service,
            Kind = query.Word<CaseKind>("kind"),
            Stage = query.Word<CaseStage>("stage"),
            Open = query.Flag("open"),
            Overdue = query.Flag("overdue"),
            Channel = query.Word<Channel>("channel"),
            Urgency = query.Word<Urgency>("urgency"),
            Citizen = query.Id("citizen", TwinKind.Citizen),
            Official = query.Id("official", TwinKind.Official),
            DueBefore = query.Moment("dueBefore"),
            DueAfter = query.Moment("dueAfter"),
            FiledBefore = query.Moment("filedBefore"),
            FiledAfter = query.Moment("filedAfter"),
        };
    }

    private static (CaseOrder Order, bool Descending) Sort(QueryReader query)
    {
        string text = query.Text("sort") ?? "dueAt";
        bool descending = text.StartsWith('-');
        if (!Words<CaseOrder>.TryParse(descending ? text[1..] : text, out CaseOrder order))
        {
            query.Add("sort", $"{Words<CaseOrder>.Expected}, with or without a minus");
        }
        return (order, descending);
    }

    // A cursor belongs to one list: the hash of filters and order goes with it.
    private static uint Shape(HttpContext http)
    {
        var text = new StringBuilder();
        foreach (KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> parameter in http.Request.Query.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (parameter.Key is not ("cursor" or "limit"))
            {
                text.Append(parameter.Key).Append('=').Append(parameter.Value).Append('\n');
            }
        }
        return BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static CasePlace? After(QueryReader query, uint shape)
    {
        if (query.Text("cursor") is not { } text)
        {
            return null;
        }
        Span<byte> bytes = stackalloc byte[32];
        bool isWhole = text.Length <= 40 && Base64Url.TryDecodeFromChars(text, bytes, out int length) && length == 20;
        if (!isWhole || BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]) != shape)
        {
            query.Add("cursor", "is not the next of a page of this list: filters and order must stay the same");
            return null;
        }
        return new CasePlace(BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]));
    }

    private static string Cursor(CasePlace place, uint shape)
    {
        Span<byte> bytes = stackalloc byte[20];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, place.At);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], place.Number);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[16..], shape);
        return Base64Url.EncodeToString(bytes);
    }
}

/// <summary>A page of cases.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="Next">Give it as <c>cursor</c> for the next page; null when there is no more.</param>
/// <param name="Position">The journal position that the list knows of.</param>
internal sealed record CaseListAnswer(IReadOnlyList<CaseLine> Items, string? Next, long Position);
