using System.Globalization;
using System.Text.Json.Nodes;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>An error as the standard has it.</summary>
/// <param name="Type">A URI below https://uri.etsi.org/ngsi-ld/errors/.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Detail">What exactly.</param>
/// <param name="Status">The HTTP status.</param>
internal sealed record NgsiError(string Type, string Title, string Detail, int Status);

/// <summary>NGSI-LD (ETSI GS CIM 009): twins as entities, for context brokers and their clients.</summary>
internal static class NgsiEndpoints
{
    private const string Tag = "NGSI-LD";
    private const string Base = "/ngsi-ld/v1";
    private static readonly string[] Types = [NgsiMedia.Json, NgsiMedia.JsonLd];
    private static readonly RouteForm Form = new(Types, Types, typeof(NgsiError), ["application/json"], [400, 404, 406, 415, 422, 501, 503]);

    private static readonly QueryDoc[] Shape = [new("attrs", "Only these attributes, with commas between."), new("options", "keyValues, concise, normalized, sysAttrs, count; with commas between."), new("geometryProperty", "The geometry of GeoJSON features; default location.")];

    private static readonly QueryDoc[] Query =
    [
        new("type", "Types with commas between; required unless id, idPattern, attrs, q or georel is given."), new("id", "URNs with commas between."), new("idPattern", "A regular expression that URNs match."), new("q", "The condition."),
        new("georel", "near;maxDistance==<metres> or within."), new("geometry", "Point or Polygon."), new("coordinates", "GeoJSON coordinates."),
        new("count", "Whether NGSILD-Results-Count is wanted.", "boolean"), new("limit", "0 to 1,000, default 20.", "integer"), new("offset", "Default 0.", "integer"), .. Shape,
    ];

    private static readonly QueryDoc[] Temporal = [new("timerel", "before, after or between."), new("timeAt", "A moment."), new("endTimeAt", "A moment."), new("lastN", "The last n of each attribute.", "integer"), .. Shape];

    /// <summary>Adds the routes.</summary>
    public static void MapNgsiLd(this IEndpointRouteBuilder routes, CityApi api)
    {
        var desk = new NgsiDesk(api);
        Get("/ngsi-ld/context.jsonld", "NgsiContext", "The JSON-LD context of the city's entities", [], http => NgsiAnswer.RawAsync(http, NgsiContext.Document(), "application/ld+json"));
        Get(Base + "/entities", "NgsiQueryEntities", "Entities of types that fulfil a condition", Query, desk.QueryAsync);
        Get(Base + "/entities/{id}", "NgsiGetEntity", "One entity", Shape, desk.GetAsync);
        Get(Base + "/types", "NgsiListTypes", "The types of entities", [new("details", "With attributes.", "boolean")], NgsiDesk.TypesAsync);
        Get(Base + "/types/{type}", "NgsiGetType", "A type and its attributes", [], desk.TypeAsync);
        Get(Base + "/attributes", "NgsiListAttributes", "The attributes of all types", [new("details", "With types.", "boolean")], NgsiDesk.AttributesAsync);
        Get(Base + "/attributes/{attribute}", "NgsiGetAttribute", "An attribute and the types that have it", [], NgsiDesk.AttributeAsync);
        Get(Base + "/temporal/entities", "NgsiQueryTemporal", "How entities of types changed over time", [.. Query, .. Temporal.Take(4)], desk.QueryTemporalAsync);
        Get(Base + "/temporal/entities/{id}", "NgsiGetTemporal", "How an entity changed over time", Temporal, desk.GetTemporalAsync);
        Write(HttpMethods.Post, Base + "/entities", "NgsiCreate", "Files a report: an Open311ServiceRequest", desk.CreateAsync);
        Write(HttpMethods.Patch, Base + "/entities/{id}/attrs", "NgsiChange", "Readings of an observed type", desk.ChangeAsync);
        Write(HttpMethods.Post, Base + "/entities/{id}/attrs", "NgsiAppend", "The same", desk.ChangeAsync);
        Write(HttpMethods.Patch, Base + "/entities/{id}/attrs/{attribute}", "NgsiChangeOne", "One reading of an observed type", desk.ChangeOneAsync);
        NgsiBatches.Map(api, (pattern, name, summary, work) => Write(HttpMethods.Post, Base + pattern, name, summary, work));
        Write(HttpMethods.Patch, Base + "/entities/{id}", "NgsiMerge", "Readings of an observed type", desk.ChangeAsync);
        routes.Map("/ngsi-ld/{*path}", NgsiEdge.Handle(http => throw (http.Request.Path.StartsWithSegments(Base)
            ? NgsiException.Unsupported($"{http.Request.Method} {http.Request.Path} is not something that this city does")
            : NgsiException.NotFound(http.Request.Path)))).WithMetadata(new ExcludeFromDescriptionAttribute());

        void Get(string pattern, string name, string summary, QueryDoc[] query, Func<HttpContext, Task> work) =>
            routes.Get(pattern, new RouteDoc(Tag, name, summary) { Query = query, Form = Form }, NgsiEdge.Handle(work));

        void Write(string method, string pattern, string name, string summary, Func<HttpContext, Task> work) =>
            routes.Command(
                method, pattern,
                new RouteDoc(Tag, name, summary) { Form = Form, TakesKey = false, Status = name == "NgsiCreate" ? StatusCodes.Status201Created : StatusCodes.Status204NoContent },
                NgsiEdge.Handle(work));
    }

    /// <summary>What the handlers share.</summary>
    private sealed class NgsiDesk(CityApi api)
    {
        private static readonly string[] FindsByOther = ["q", "georel", "idPattern"];

        private readonly NgsiAsking _asking = new(api);
        private readonly NgsiReading _reading = new(api);
        private readonly NgsiTemporal _temporal = new(api);
        private readonly NgsiWrites _writes = new(api);
        private readonly NgsiTypeLists _lists = new(api);

        public async Task QueryAsync(HttpContext http)
        {
            (int offset, int limit) = NgsiParameters.Paging(http);
            List<JsonNode> found = [];
            await foreach ((NgsiType type, TwinId id, Dictionary<string, QueryValue> row) in FindAsync(http, offset, limit))
            {
                found.Add(await EntityAsync(http, type, id, row));
            }
            await NgsiAnswer.WriteAsync(http, new JsonArray([.. found]), NgsiParameters.Geometry(http));
        }

        private async Task<JsonObject> EntityAsync(HttpContext http, NgsiType type, TwinId id, Dictionary<string, QueryValue> row)
        {
            NgsiEntity entity = _reading.Entity(type, id, row);
            entity = NgsiParameters.Options(http).Contains("sysAttrs") ? await _reading.WithSystemAttributesAsync(entity, id) : entity;
            return NgsiShape.Of(entity, NgsiParameters.Style(http), NgsiParameters.Attrs(http));
        }

        public async Task GetAsync(HttpContext http)
        {
            (NgsiType type, TwinId id) = NgsiType.Parse(NgsiParameters.Part(http, "id"));
            IReadOnlyList<(TwinId Id, Dictionary<string, QueryValue> Row)> rows = await _asking.RowsAsync(type, http, [id], 0, 1);
            JsonObject entity = rows.Count == 1 ? await EntityAsync(http, type, id, rows[0].Row) : throw NgsiException.NotFound($"entity '{NgsiParameters.Part(http, "id")}'");
            await NgsiAnswer.WriteAsync(http, entity, NgsiParameters.Geometry(http));
        }

        public async Task QueryTemporalAsync(HttpContext http)
        {
            (int offset, int limit) = NgsiParameters.Paging(http);
            if (string.IsNullOrEmpty(http.Request.Query["timerel"]))
            {
                throw NgsiException.BadData("timerel is required: before, after or between");
            }
            List<JsonNode> found = [];
            await foreach ((NgsiType type, TwinId id, _) in FindAsync(http, offset, Math.Min(limit, 100)))
            {
                found.Add(await _temporal.EntityAsync(type, id, http, NgsiParameters.Attrs(http)));
            }
            await NgsiAnswer.WriteAsync(http, new JsonArray([.. found]));
        }

        public async Task GetTemporalAsync(HttpContext http)
        {
            (NgsiType type, TwinId id) = NgsiType.Parse(NgsiParameters.Part(http, "id"));
            await NgsiAnswer.WriteAsync(http, await _temporal.EntityAsync(type, id, http, NgsiParameters.Attrs(http)));
        }

        public static Task TypesAsync(HttpContext http) => NgsiAnswer.WriteAsync(http, NgsiTypeLists.Types(http.Request.Query["details"] == "true"));

        public async Task TypeAsync(HttpContext http) => await NgsiAnswer.WriteAsync(http, await _lists.TypeAsync(NgsiType.Find(NgsiParameters.Part(http, "type")), http));

        public static Task AttributesAsync(HttpContext http) => NgsiAnswer.WriteAsync(http, NgsiTypeLists.Attributes(http.Request.Query["details"] == "true"));

        public static Task AttributeAsync(HttpContext http) => NgsiAnswer.WriteAsync(http, NgsiTypeLists.Attribute(NgsiParameters.Part(http, "attribute")));

        public async Task CreateAsync(HttpContext http)
        {
            string urn = await _writes.CreateAsync(http);
            http.Response.Headers.Location = $"{Base}/entities/{urn}";
            http.Response.StatusCode = StatusCodes.Status201Created;
        }

        public async Task ChangeAsync(HttpContext http)
        {
            await _writes.ChangeAsync(NgsiParameters.Part(http, "id"), http);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }

        public async Task ChangeOneAsync(HttpContext http)
        {
            await _writes.ChangeAsync(NgsiParameters.Part(http, "id"), http, NgsiType.Short(NgsiParameters.Part(http, "attribute")));
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }

        // Types come one after the other, so a page may begin in one and end in the next.
        private async IAsyncEnumerable<(NgsiType Type, TwinId Id, Dictionary<string, QueryValue> Row)> FindAsync(HttpContext http, int offset, int limit)
        {
            IReadOnlyList<(NgsiType Type, IReadOnlyList<TwinId>? Ids)> wanted = Wanted(http);
            bool counts = NgsiParameters.Counts(http);
            long total = 0;
            foreach ((NgsiType type, IReadOnlyList<TwinId>? ids) in wanted)
            {
                long of = counts || wanted.Count > 1 ? await _asking.CountAsync(type, http, ids) : 0;
                int before = (int)Math.Min(int.MaxValue, total);
                total += of;
                if (counts && type == wanted[^1].Type)
                {
                    http.Response.Headers["NGSILD-Results-Count"] = total.ToString(CultureInfo.InvariantCulture);
                }
                int skip = Math.Max(0, offset - before);
                foreach ((TwinId id, Dictionary<string, QueryValue> row) in limit > 0 && (wanted.Count == 1 || skip < of) ? await _asking.RowsAsync(type, http, ids, skip, limit) : [])
                {
                    limit--;
                    yield return (type, id, row);
                }
            }
        }

        private static IReadOnlyList<(NgsiType Type, IReadOnlyList<TwinId>? Ids)> Wanted(HttpContext http)
        {
            string? types = http.Request.Query["type"].FirstOrDefault();
            string? ids = http.Request.Query["id"].FirstOrDefault();
            if (!string.IsNullOrEmpty(ids))
            {
                (NgsiType Type, TwinId Id)[] parsed = [.. ids.Split(',').Select(NgsiType.Parse)];
                return [.. parsed.GroupBy(p => p.Type).Select(g => (g.Key, (IReadOnlyList<TwinId>?)[.. g.Select(p => p.Id)]))];
            }
            if (string.IsNullOrEmpty(types))
            {
                return NgsiParameters.Attrs(http) is { } attrs ? [.. NgsiType.All.Where(t => t.Attributes.Any(a => attrs.Contains(a.Name))).Select(t => (t, (IReadOnlyList<TwinId>?)null))]
                    : FindsByOther.Any(p => !string.IsNullOrEmpty(http.Request.Query[p])) ? [.. NgsiType.All.Select(t => (t, (IReadOnlyList<TwinId>?)null))]
                    : throw NgsiException.BadData($"type, attrs, q, georel, idPattern or id is required: types are {string.Join(", ", NgsiType.All.Select(t => t.Name))}");
            }
            return [.. types.Split(',').Select(t => (NgsiType.All.FirstOrDefault(n => n.Name == NgsiType.Short(t)), (IReadOnlyList<TwinId>?)null)).Where(t => t.Item1 is not null).Select(t => (t.Item1!, t.Item2))];
        }
    }
}
