using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Subscriptions;
using CityTwin.Grains;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>NGSI-LD subscriptions: webhooks of the city that tell changes as notifications.</summary>
internal static partial class NgsiSubscriptions
{
    private const string Tag = "NGSI-LD";
    private const string Base = "/ngsi-ld/v1/subscriptions";
    private const string Prefix = "urn:ngsi-ld:Subscription:";

    private static readonly string[] Unsupported = ["expiresAt", "throttling", "timeInterval", "temporalQ", "scopeQ", "csf"];
    private static readonly string[] Types = ["application/json", "application/ld+json"];
    private static readonly RouteForm Form = new(Types, Types, typeof(NgsiError), ["application/json"], [400, 404, 409, 422]);

    /// <summary>Adds the routes.</summary>
    public static void MapNgsiSubscriptions(this IEndpointRouteBuilder routes, CityApi api, Webhooks webhooks)
    {
        Add(HttpMethods.Get, Base, "NgsiListSubscriptions", "Subscriptions", http =>
            NgsiAnswer.WriteAsync(http, new JsonArray([.. webhooks.All().Where(s => s.Subscription.Notification is not null).Select(s => Told(s.Subscription, s.Progress))])));
        Add(HttpMethods.Post, Base, "NgsiSubscribe", "Tells an address of changes", http => SubscribeAsync(api, webhooks, http));
        Add(HttpMethods.Get, Base + "/{subscription}", "NgsiGetSubscription", "A subscription", http =>
        {
            (Subscription subscription, SubscriptionProgress progress) = Find(webhooks, http);
            return NgsiAnswer.WriteAsync(http, Told(subscription, progress));
        });
        Add(HttpMethods.Patch, Base + "/{subscription}", "NgsiChangeSubscription", "Pauses or resumes a subscription: isActive", async http =>
        {
            (Subscription subscription, _) = Find(webhooks, http);
            JsonObject body = await NgsiWrites.ReadAsync(http);
            bool isActive = body["isActive"] is JsonValue value && value.TryGetValue(out bool active) && body.Count(m => m.Key != "@context") == 1
                ? active
                : throw NgsiException.Unsupported("only isActive can be changed; make another subscription for the rest");
            await webhooks.PauseAsync(subscription.Id, !isActive);
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
        if (Text(body, "type") != "Subscription")
        {
            throw NgsiException.BadData("type: expected Subscription");
        }
        if (Unsupported.FirstOrDefault(body.ContainsKey) is { } member)
        {
            throw NgsiException.Unsupported($"{member} is not something that this city does");
        }
        string id = Text(body, "id") ?? Prefix + Guid.NewGuid().ToString("N");
        if (!Name().IsMatch(id))
        {
            throw NgsiException.BadData("id: expected a URI of at most 150 letters, digits and :._-");
        }
        if (webhooks.Find(id) is not null)
        {
            throw new NgsiException("AlreadyExists", StatusCodes.Status409Conflict, $"there is a subscription '{id}'");
        }
        JsonObject notification = body["notification"] as JsonObject ?? throw NgsiException.BadData("notification is required");
        JsonObject endpoint = notification["endpoint"] as JsonObject ?? throw NgsiException.BadData("notification.endpoint is required");
        (NgsiType type, IReadOnlyList<TwinId>? ids) = Entities(body);
        JsonObject? geo = body["geoQ"] as JsonObject;
        var place = new NgsiPlace(Text(geo, "georel"), Text(geo, "geometry"), geo?["coordinates"]?.ToJsonString(), Text(geo, "geoproperty"));
        Subscription hook = Subscribing.Read(new SubscribeBody { Type = type.Schema.Type, Target = Text(endpoint, "uri") }, webhooks.Options, api.Runtime);
        hook = hook with
        {
            Id = id,
            Query = NgsiAsking.Request(type, ids, Text(body, "q"), place) with { Select = string.Join(',', type.Asked) },
            Changes = [ChangeKind.Entered, ChangeKind.Changed],
            Notification = Notification(type, notification, endpoint, body, NgsiContext.Address(http)),
            Paused = body["isActive"] is JsonValue active && active.TryGetValue(out bool isActive) && !isActive,
        };
        if (!await webhooks.AddAsync(hook, null))
        {
            throw new NgsiException("TooManyResults", StatusCodes.Status403Forbidden, "there are as many subscriptions as the city keeps");
        }
        http.Response.Headers.Location = $"{Base}/{id}";
        http.Response.StatusCode = StatusCodes.Status201Created;
    }

    private static EntityNotification Notification(NgsiType type, JsonObject notification, JsonObject endpoint, JsonObject body, string context)
    {
        string format = Text(notification, "format") ?? "normalized";
        HashSet<string>? wanted = notification["attributes"] is JsonArray list ? [.. list.Select(a => NgsiType.Short((string)a!))] : null;
        body.Remove("@context");
        return new EntityNotification
        {
            EntityType = type.Name,
            Columns = type.Columns.Where(c => wanted?.Contains(c.Ngsi) ?? true).ToDictionary(c => c.Ngsi, c => c.Asked),
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
        if (type.Sensor is not null)
        {
            throw NgsiException.Unsupported("readings are a time series and no events: subscribe to Sensor for alerts, or read observed types");
        }
        if (entity.ContainsKey("idPattern"))
        {
            throw NgsiException.Unsupported("idPattern is not something that this city does: use id or q");
        }
        return Text(entity, "id") is { } urn ? (type, [NgsiType.Parse(urn).Id]) : (type, null);
    }

    private static JsonObject Told(Subscription subscription, SubscriptionProgress progress)
    {
        var told = (JsonObject)JsonNode.Parse(subscription.Notification!.Asked)!;
        told["id"] = subscription.Id;
        told["isActive"] = !subscription.Paused;
        told["status"] = subscription.Paused ? "paused" : "active";
        told["createdAt"] = NgsiShape.Moment(subscription.CreatedAt);
        var notification = (JsonObject)told["notification"]!;
        notification["timesSent"] = progress.Delivered;
        notification["status"] = progress.LastError is null ? "ok" : "failed";
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
