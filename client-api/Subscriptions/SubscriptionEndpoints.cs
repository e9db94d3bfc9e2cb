using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Queries;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Subscriptions;

/// <summary>Webhooks: <c>/subscriptions</c>. docs/subscriptions.md says what a receiver can rely on.</summary>
internal static class SubscriptionEndpoints
{
    private const string Tag = "Subscriptions";
    private const int LettersMax = 100;

    private static readonly FrozenSet<string> AfterOnly = FrozenSet.Create("after");

    /// <summary>Adds the routes.</summary>
    public static void MapSubscriptions(this IEndpointRouteBuilder routes, CityApi api, Webhooks webhooks)
    {
        routes.Post("/subscriptions", new RouteDoc(Tag, "Subscribe", "Sends every change of the twins that fulfil a condition to an address, as CloudEvents")
        {
            Body = typeof(SubscribeBody),
            Answer = typeof(SubscriptionReading),
            Status = StatusCodes.Status201Created,
            TakesKey = false,
        }, http => SubscribeAsync(api, webhooks, http));
        routes.Get("/subscriptions", new RouteDoc(Tag, "ListSubscriptions", "All subscriptions and how far they have got") { Answer = typeof(SubscriptionListAnswer) }, http =>
        {
            QueryReader.TakesNone(http);
            var answer = new SubscriptionListAnswer([.. webhooks.All().Select(s => SubscriptionReading.From(s.Subscription, s.Progress, api.Runtime.Position))]);
            return Answers.JsonAsync(http, answer, ApiJson.Default.SubscriptionListAnswer);
        });
        routes.Get("/subscriptions/{subscription}", new RouteDoc(Tag, "GetSubscription", "A subscription and how far it has got") { Answer = typeof(SubscriptionReading) }, http =>
        {
            QueryReader.TakesNone(http);
            return AnswerAsync(api, webhooks, http);
        });
        routes.Delete("/subscriptions/{subscription}", new RouteDoc(Tag, "Unsubscribe", "Ends a subscription; its dead letters go with it") { Answer = typeof(SubscriptionReading), TakesKey = false }, async http =>
        {
            (Subscription subscription, SubscriptionProgress progress) = Find(webhooks, http);
            await webhooks.RemoveAsync(subscription.Id);
            await Answers.JsonAsync(http, SubscriptionReading.From(subscription, progress, api.Runtime.Position), ApiJson.Default.SubscriptionReading);
        });
        AddChange(routes, api, webhooks, "pause", "PauseSubscription", "Sends nothing until it is resumed", id => webhooks.PauseAsync(id, true));
        AddChange(routes, api, webhooks, "resume", "ResumeSubscription", "Sends what happened meanwhile, and goes on", id => webhooks.PauseAsync(id, false));
        routes.Post("/subscriptions/{subscription}/replay", new RouteDoc(Tag, "ReplaySubscription", "Sends all changes after a journal position, again or for the first time")
        {
            Body = typeof(ReplayBody),
            Answer = typeof(SubscriptionReading),
            TakesKey = false,
        }, http => ReplayAsync(api, webhooks, http));
        routes.MapDeadLetters(webhooks);
    }

    private static void MapDeadLetters(this IEndpointRouteBuilder routes, Webhooks webhooks)
    {
        routes.Get("/subscriptions/{subscription}/dead-letters", new RouteDoc(Tag, "ListDeadLetters", "Events that could not be delivered")
        {
            Answer = typeof(DeadLetterListAnswer),
            Query = [new QueryDoc("after", "The next of the page before.", "integer")],
        }, http =>
        {
            var query = new QueryReader(http, AfterOnly);
            long after = QueryEndpoints.Position(query, "after") ?? 0;
            query.ThrowIfAny();
            IReadOnlyList<DeadLetter> letters = webhooks.DeadLetters(Find(webhooks, http).Subscription.Id, after, LettersMax);
            var answer = new DeadLetterListAnswer([.. letters.Select(Reading)], letters.Count == LettersMax ? letters[^1].Number : null);
            return Answers.JsonAsync(http, answer, ApiJson.Default.DeadLetterListAnswer);
        });
        routes.Post("/subscriptions/{subscription}/dead-letters/{letter}/resend", new RouteDoc(Tag, "ResendDeadLetter", "Sends an event that was set aside once more")
        {
            Body = typeof(EmptyBody),
            Answer = typeof(ResendAnswer),
            TakesKey = false,
        }, async http =>
        {
            await BodyReader.ReadAsync(http, ApiJson.Default.EmptyBody);
            (Subscription subscription, _) = Find(webhooks, http);
            string? error = await webhooks.ResendAsync(subscription, Letter(webhooks, subscription, http), http.RequestAborted);
            await Answers.JsonAsync(http, new ResendAnswer(error is null, error), ApiJson.Default.ResendAnswer);
        });
        routes.Delete("/subscriptions/{subscription}/dead-letters/{letter}", new RouteDoc(Tag, "DeleteDeadLetter", "Takes an event that was set aside away") { Answer = typeof(DeadLetterReading), TakesKey = false }, http =>
        {
            (Subscription subscription, _) = Find(webhooks, http);
            DeadLetter letter = Letter(webhooks, subscription, http);
            webhooks.RemoveDeadLetter(subscription.Id, letter.Number);
            return Answers.JsonAsync(http, Reading(letter), ApiJson.Default.DeadLetterReading);
        });
    }

    private static void AddChange(IEndpointRouteBuilder routes, CityApi api, Webhooks webhooks, string action, string name, string summary, Func<string, Task<bool>> change) =>
        routes.Post("/subscriptions/{subscription}/" + action, new RouteDoc(Tag, name, summary) { Body = typeof(EmptyBody), Answer = typeof(SubscriptionReading), TakesKey = false }, async http =>
        {
            await BodyReader.ReadAsync(http, ApiJson.Default.EmptyBody);
            await change(Find(webhooks, http).Subscription.Id);
            await AnswerAsync(api, webhooks, http);
        });

    private static async Task SubscribeAsync(CityApi api, Webhooks webhooks, HttpContext http)
    {
        SubscribeBody body = await BodyReader.ReadAsync(http, ApiJson.Default.SubscribeBody);
        Subscription subscription = Subscribing.Read(body, webhooks.Options, api.Runtime);
        if (body.Handshake == true)
        {
            subscription = await GrantedAsync(webhooks, subscription, http);
        }
        try
        {
            if (!await webhooks.AddAsync(subscription, body.From))
            {
                throw new ProblemException(new Problem(
                    Problem.Prefix + "too-many-subscriptions", "There are too many subscriptions", StatusCodes.Status409Conflict, $"At most {webhooks.Options.SubscriptionsMax} are allowed: end one first."));
            }
        }
        catch (QueryFormatException e)
        {
            throw new ProblemException(QueryProblems.Of(e, inBody: true));
        }
        http.Response.Headers.Location = "/subscriptions/" + subscription.Id;
        SubscriptionProgress progress = webhooks.Find(subscription.Id)!.Value.Progress;
        await Answers.JsonAsync(http, SubscriptionReading.From(subscription, progress, api.Runtime.Position, withSecret: true), ApiJson.Default.SubscriptionReading, StatusCodes.Status201Created);
    }

    // The target may allow fewer events a minute than were asked for, never more.
    private static async Task<Subscription> GrantedAsync(Webhooks webhooks, Subscription subscription, HttpContext http)
    {
        WebhookGrant grant = await webhooks.AskAsync(subscription.Target, http.Request.Host.Host, subscription.RateMax, http.RequestAborted);
        return grant.Allowed
            ? subscription with { RateMax = grant.RatePerMinute is { } most ? Math.Clamp(most / 60, 1, subscription.RateMax) : subscription.RateMax }
            : throw new ProblemException(Problem.InvalidRequest("$.target", grant.Reason!));
    }

    private static async Task ReplayAsync(CityApi api, Webhooks webhooks, HttpContext http)
    {
        ReplayBody body = await BodyReader.ReadAsync(http, ApiJson.Default.ReplayBody);
        if (body.From is not (>= 0 and var from) || from > api.Runtime.Position)
        {
            throw new ProblemException(Problem.InvalidRequest("$.from", $"is required: a journal position from 0 to {api.Runtime.Position}"));
        }
        await webhooks.ReplayAsync(Find(webhooks, http).Subscription.Id, from);
        await AnswerAsync(api, webhooks, http);
    }

    private static Task AnswerAsync(CityApi api, Webhooks webhooks, HttpContext http)
    {
        (Subscription subscription, SubscriptionProgress progress) = Find(webhooks, http);
        return Answers.JsonAsync(http, SubscriptionReading.From(subscription, progress, api.Runtime.Position), ApiJson.Default.SubscriptionReading);
    }

    private static (Subscription Subscription, SubscriptionProgress Progress) Find(Webhooks webhooks, HttpContext http)
    {
        string id = (string)http.Request.RouteValues["subscription"]!;
        return webhooks.Find(id) ?? throw new ProblemException(Unknown("subscription", id));
    }

    private static DeadLetter Letter(Webhooks webhooks, Subscription subscription, HttpContext http)
    {
        string text = (string)http.Request.RouteValues["letter"]!;
        DeadLetter? letter = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
            ? webhooks.DeadLetters(subscription.Id, number - 1, 1).FirstOrDefault(l => l.Number == number)
            : null;
        return letter ?? throw new ProblemException(Unknown("dead letter", text));
    }

    private static Problem Unknown(string what, string name) =>
        new(Problem.Prefix + "unknown-subscription", $"There is no such {what}", StatusCodes.Status404NotFound, $"Nothing is known of {Mistakes.Short(name)}.");

    private static DeadLetterReading Reading(DeadLetter l) =>
        new(l.Number, l.Position, l.Twin, l.At, l.Attempts, l.Reason, JsonSerializer.Deserialize(l.Event, ApiJson.Default.JsonElement));
}
