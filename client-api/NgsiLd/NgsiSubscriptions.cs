using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Subscriptions;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>NGSI-LD subscriptions: webhooks of the city that tell changes as notifications.</summary>
internal static partial class NgsiSubscriptions
{
    private const string Tag = "NGSI-LD";
    private const string Base = "/ngsi-ld/v1/subscriptions";
    private const string Prefix = "urn:ngsi-ld:Subscription:";

    private static readonly string[] Unsupported = ["throttling", "timeInterval", "temporalQ", "scopeQ", "csf"];
    private static readonly string[] Told = ["id", "status", "createdAt", "modifiedAt", "@context"];
    private static readonly string[] Types = [NgsiMedia.Json, NgsiMedia.JsonLd];
    private static readonly RouteForm Form = new(Types, Types, typeof(NgsiError), ["application/json"], [400, 404, 406, 409, 415, 422]);

    /// <summary>Adds the routes.</summary>
    public static void MapNgsiSubscriptions(this IEndpointRouteBuilder routes, CityApi api, Webhooks webhooks)
    {
        Add(HttpMethods.Get, Base, "NgsiListSubscriptions", "Subscriptions", http =>
        {
            JsonObject[] all = [.. webhooks.All().Where(s => s.Subscription.Notification is not null).Select(s => Telling(s.Subscription, s.Progress))];
            if (NgsiParameters.Counts(http))
            {
                http.Response.Headers["NGSILD-Results-Count"] = all.Length.ToString(CultureInfo.InvariantCulture);
            }
            (int offset, int limit) = NgsiParameters.Paging(http);
            return NgsiAnswer.WriteAsync(http, new JsonArray([.. all.Skip(offset).Take(limit)]));
        });
        Add(HttpMethods.Post, Base, "NgsiSubscribe", "Tells an address of changes", http => SubscribeAsync(api, webhooks, http));
        Add(HttpMethods.Get, Base + "/{subscription}", "NgsiGetSubscription", "A subscription", http =>
        {
            (Subscription subscription, SubscriptionProgress progress) = Find(webhooks, http);
            return NgsiAnswer.WriteAsync(http, Telling(subscription, progress));
        });
        Add(HttpMethods.Patch, Base + "/{subscription}", "NgsiChangeSubscription", "Changes a subscription; it goes on where it was", async http =>
        {
            await ChangeAsync(api, webhooks, http);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        Add(HttpMethods.Delete, Base + "/{subscription}", "NgsiUnsubscribe", "Ends a subscription", async http =>
        {
            (Subscription subscription, _) = Find(webhooks, http);
            await webhooks.RemoveAsync(subscription.Id);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        });

        void Add(string method, string pattern, string name, string summary, Func<HttpContext, Task> work)
        {
            var doc = new RouteDoc(Tag, name, summary) { Form = Form, TakesKey = false };
            if (method == HttpMethods.Get)
            {
                routes.Get(pattern, doc, NgsiEdge.Handle(work));
                return;
            }
            int status = method == HttpMethods.Post ? StatusCodes.Status201Created : StatusCodes.Status204NoContent;
            routes.Command(method, pattern, doc with { Status = status }, NgsiEdge.Handle(work));
        }
    }

    private static async Task SubscribeAsync(CityApi api, Webhooks webhooks, HttpContext http)
    {
        JsonObject body = await NgsiWrites.ReadAsync(http);
        string id = Text(body, "id") ?? Prefix + Guid.NewGuid().ToString("N");
        if (!Name().IsMatch(id))
        {
            throw NgsiException.BadData("id: expected a URI of at most 150 letters, digits and :._-");
        }
        if (webhooks.Find(id) is not null)
        {
            throw new NgsiException("AlreadyExists", StatusCodes.Status409Conflict, $"there is a subscription '{id}'");
        }
        if (!await webhooks.AddAsync(Read(api, webhooks, http, body) with { Id = id }, null))
        {
            throw new NgsiException("TooManyResults", StatusCodes.Status403Forbidden, "there are as many subscriptions as the city keeps");
        }
        http.Response.Headers.Location = $"{Base}/{id}";
        http.Response.StatusCode = StatusCodes.Status201Created;
    }

    // A merge patch (RFC 7396) of what was asked for.
    private static async Task ChangeAsync(CityApi api, Webhooks webhooks, HttpContext http)
    {
        (Subscription before, _) = Find(webhooks, http);
        JsonObject patch = await NgsiWrites.ReadAsync(http);
        var asked = (JsonObject)JsonNode.Parse(before.Notification!.Asked)!;
        foreach ((string member, JsonNode? value) in patch.Where(m => !Told.Contains(m.Key)))
        {
            Merge(asked, member, value);
        }
        Subscription after = Read(api, webhooks, http, asked);
        await webhooks.ReplaceAsync(after with { Paused = patch.ContainsKey("isActive") ? after.Paused : before.Paused, Id = before.Id, Secret = before.Secret, CreatedAt = before.CreatedAt });
    }

    private static void Merge(JsonObject into, string member, JsonNode? value)
    {
        if (value is null)
        {
            into.Remove(member);
        }
        else if (value is JsonObject patch && into[member] is JsonObject inner)
        {
            foreach ((string name, JsonNode? one) in patch)
            {
                Merge(inner, name, one);
            }
        }
        else
        {
            into[member] = value.DeepClone();
        }
    }

    private static Subscription Read(CityApi api, Webhooks webhooks, HttpContext http, JsonObject body)
    {
        if (Text(body, "type") != "Subscription")
        {
            throw NgsiException.BadData("type: expected Subscription");
        }
        if (Unsupported.FirstOrDefault(body.ContainsKey) is { } member)
        {
            throw NgsiException.Unsupported($"{member} is not something that this city does");
        }
        JsonObject notification = body["notification"] as JsonObject ?? throw NgsiException.BadData("notification is required");
        JsonObject endpoint = notification["endpoint"] as JsonObject ?? throw NgsiException.BadData("notification.endpoint is required");
        (NgsiType type, IReadOnlyList<TwinId>? ids) = Entities(body);
        JsonObject? geo = body["geoQ"] as JsonObject;
        var place = new NgsiPlace(Text(geo, "georel"), Text(geo, "geometry"), geo?["coordinates"]?.ToJsonString(), Text(geo, "geoproperty"));
        Subscription hook = Subscribing.Read(new SubscribeBody { Type = type.Schema.Type, Target = Text(endpoint, "uri") }, webhooks.Options, api.Runtime);
        return hook with
        {
            Query = NgsiAsking.Request(type, ids, Text(body, "q"), null, place) with { Select = string.Join(',', type.Asked) },
            Changes = [ChangeKind.Entered, ChangeKind.Changed],
            Paused = body["isActive"] is JsonValue active && active.TryGetValue(out bool isActive) && !isActive,
            Watched = Watched(type, body),
            ExpiresAt = Expiry(body),
            Notification = Notification(type, notification, endpoint, body, NgsiContext.Address(http)),
        };
    }

    // The columns behind watchedAttributes; an attribute that the type does not have never changes.
    private static string[] Watched(NgsiType type, JsonObject body)
    {
        if (!body.TryGetPropertyValue("watchedAttributes", out JsonNode? watched))
        {
            return [];
        }
        if (watched is not JsonArray { Count: > 0 } list || list.Any(a => a is not JsonValue v || !v.TryGetValue(out string? _)))
        {
            throw NgsiException.BadData("watchedAttributes: expected a list of names");
        }
        return [.. list.Select(a => NgsiType.Short((string)a!)).SelectMany(name => type.Measures.FirstOrDefault(m => m.Name == name) is { } measure ? [measure.Column, measure.MomentColumn]
            : type.Columns.FirstOrDefault(c => c.Ngsi == name) is { Asked: { } column } ? [column]
            : name == "location" && type.HasPlace ? ["location.latitude", "location.longitude"]
            : (string[])[Silo.Queries.QuerySchema.Absent])];
    }

    private static DateTimeOffset? Expiry(JsonObject body)
    {
        if (!body.ContainsKey("expiresAt"))
        {
            return null;
        }
        return Moments.TryParse(Text(body, "expiresAt") ?? "", out DateTimeOffset at) && at > DateTimeOffset.UtcNow ? at : throw NgsiException.BadData("expiresAt: expected a moment to come, with its zone");
    }

    private static EntityNotification Notification(NgsiType type, JsonObject notification, JsonObject endpoint, JsonObject body, string context)
    {
        string format = Text(notification, "format") ?? "normalized";
        HashSet<string>? wanted = notification["attributes"] is JsonArray list ? [.. list.Select(a => NgsiType.Short((string)a!))] : null;
        body.Remove("@context");
        body.Remove("isActive");
        return new EntityNotification
        {
            EntityType = type.Name,
            Columns = type.Columns.Where(c => wanted?.Contains(c.Ngsi) ?? true).ToDictionary(c => c.Ngsi, c => c.Asked),
            Measures = type.Measures.Where(m => wanted?.Contains(m.Name) ?? true).ToDictionary(m => m.Name, m => new MeasuredColumn(m.Column, m.MomentColumn, m.Unit, m.Scale)),
            Format = format is "normalized" or "concise" or "keyValues" ? format : format == "simplified" ? "keyValues" : throw NgsiException.BadData("notification.format: expected normalized, concise or keyValues"),
            IsJsonLd = Text(endpoint, "accept") == "application/ld+json",
            Context = context,
            Asked = body.ToJsonString(NgsiShape.Json),
        };
    }

    private static (NgsiType Type, IReadOnlyList<TwinId>? Ids) Entities(JsonObject body)
    {
        if (body["entities"] is not JsonArray { Count: 1 } entities || entities[0] is not JsonObject entity || Text(entity, "type") is not { } name)
        {
            throw NgsiException.BadData("entities: expected a list of one object with a type");
        }
        NgsiType type = NgsiType.All.FirstOrDefault(t => t.Name == NgsiType.Short(name)) ?? throw NgsiException.BadData($"entities: there is no type '{Wire.Mistakes.Short(name)}'");
        if (entity.ContainsKey("idPattern"))
        {
            throw NgsiException.Unsupported("idPattern is not something that this city does: use id or q");
        }
        return Text(entity, "id") is { } urn ? (type, [NgsiType.Parse(urn).Id]) : (type, null);
    }

    private static JsonObject Telling(Subscription subscription, SubscriptionProgress progress)
    {
        var told = (JsonObject)JsonNode.Parse(subscription.Notification!.Asked)!;
        bool isOver = subscription.ExpiresAt is { } end && end <= DateTimeOffset.UtcNow;
        told["id"] = subscription.Id;
        told["isActive"] = !subscription.Paused;
        told["status"] = isOver ? "expired" : subscription.Paused ? "paused" : "active";
        told["createdAt"] = NgsiShape.Moment(subscription.CreatedAt);
        var notification = (JsonObject)told["notification"]!;
        notification["timesSent"] = progress.Delivered;
        notification["status"] = progress.LastError is null ? "ok" : "failed";
        if (progress.LastSentAt is { } sent)
        {
            notification["lastNotification"] = NgsiShape.Moment(sent);
            notification["lastSuccess"] = NgsiShape.Moment(sent);
        }
        return told;
    }

    private static (Subscription Subscription, SubscriptionProgress Progress) Find(Webhooks webhooks, HttpContext http)
    {
        string id = Uri.UnescapeDataString((string)http.Request.RouteValues["subscription"]!);
        return webhooks.Find(id) is { Subscription.Notification: not null } found ? found : throw NgsiException.NotFound($"subscription '{Wire.Mistakes.Short(id)}'");
    }

    private static string? Text(JsonObject? of, string name) => of?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9:._-]{1,140}$")]
    private static partial Regex Name();
}
