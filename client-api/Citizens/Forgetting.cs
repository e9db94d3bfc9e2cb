using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Citizens;

/// <summary>A person is to be forgotten, for good.</summary>
/// <param name="Confirm">The identity in the address once more, as citizen/000000000042; required: this cannot be taken back.</param>
internal sealed record ForgetBody([property: System.ComponentModel.DataAnnotations.Required] string? Confirm = null);

/// <summary>What became of it.</summary>
/// <param name="Status">accepted, or unchanged when there was nothing personal, or not any more.</param>
/// <param name="Forgotten">Who was forgotten: a citizen, or a case that nobody was named for.</param>
internal sealed record ForgetAnswer(string Status, TwinId Forgotten);

/// <summary>Makes what is personal unreadable: the right to be forgotten.</summary>
internal static class Forgetting
{
    /// <summary>Adds the routes.</summary>
    public static void MapForgetting(this IEndpointRouteBuilder routes, CityApi api, Webhooks webhooks)
    {
        Map(routes, api, webhooks, "/citizens/{id}/forget", TwinKind.Citizen, new RouteDoc("Citizens", "ForgetCitizen", "Makes all texts by and to a citizen unreadable, for good"));
        Map(routes, api, webhooks, "/cases/{id}/forget", TwinKind.Case, new RouteDoc("Cases", "ForgetCase", "Makes the texts of a case that names no citizen unreadable, for good"));
    }

    private static void Map(IEndpointRouteBuilder routes, CityApi api, Webhooks webhooks, string path, TwinKind kind, RouteDoc doc) =>
        routes.Post(path, doc with { Body = typeof(ForgetBody), Answer = typeof(ForgetAnswer), TakesKey = false }, async http =>
        {
            TwinId id = Twins.InPath(http, kind);
            ForgetBody body = await BodyReader.ReadAsync(http, ApiJson.Default.ForgetBody);
            Mistakes mistakes = default;
            if (body.Confirm != id.ToString())
            {
                mistakes.Add("$.confirm", $"expected \"{id}\": what is forgotten cannot be brought back");
            }
            mistakes.ThrowIfAny();
            // What models learn from lies beside the journal, and no key locks it.
            bool had = api.Feedback.Forget(id);
            had |= await api.Host.ForgetAsync(id);
            webhooks.Forget(id);
            await Answers.JsonAsync(http, new ForgetAnswer(had ? "accepted" : "unchanged", id), ApiJson.Default.ForgetAnswer);
        });
}
