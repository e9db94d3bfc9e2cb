using System.Text.Json.Nodes;
using CityTwin.ClientApi.Hosting;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>Several entities at once (ETSI GS CIM 009, 5.6.7 to 5.6.9): each is taken or refused for itself.</summary>
internal static class NgsiBatches
{
    private const int EntitiesMax = 1_000;

    /// <summary>Adds the routes.</summary>
    public static void Map(CityApi api, Action<string, string, string, Func<HttpContext, Task>> add)
    {
        var writes = new NgsiWrites(api);
        add("/entityOperations/create", "NgsiBatchCreate", "Files reports: Open311ServiceRequests", http => DoAsync(http, StatusCodes.Status201Created, async entity =>
            await writes.CreateAsync(entity, null)));
        add("/entityOperations/update", "NgsiBatchUpdate", "Readings of observed types", http => DoAsync(http, StatusCodes.Status204NoContent, UpdateAsync));
        add("/entityOperations/upsert", "NgsiBatchUpsert", "The same: devices are registered in the city, not here", http => DoAsync(http, StatusCodes.Status204NoContent, UpdateAsync));

        async Task<string> UpdateAsync(JsonObject entity)
        {
            string id = entity["id"] is JsonValue value && value.TryGetValue(out string? text) ? text : throw NgsiException.BadData("id is required");
            await writes.ChangeAsync(id, entity, CancellationToken.None);
            return id;
        }
    }

    private static async Task DoAsync(HttpContext http, int whole, Func<JsonObject, Task<string>> work)
    {
        IReadOnlyList<JsonObject> entities = await NgsiWrites.ReadListAsync(http);
        if (entities.Count > EntitiesMax)
        {
            throw new NgsiException("TooManyResults", StatusCodes.Status403Forbidden, $"at most {EntitiesMax} entities are taken at once");
        }
        JsonArray taken = [], refused = [];
        foreach (JsonObject entity in entities)
        {
            try
            {
                taken.Add(await work(entity));
            }
            catch (Exception e) when (NgsiEdge.ErrorOf(e) is { } error)
            {
                refused.Add(new JsonObject { ["entityId"] = entity["id"]?.DeepClone(), ["error"] = error });
            }
        }
        http.Response.StatusCode = refused.Count > 0 ? StatusCodes.Status207MultiStatus : whole;
        if (refused.Count > 0)
        {
            await NgsiAnswer.RawAsync(http, new JsonObject { ["success"] = taken, ["errors"] = refused }, NgsiMedia.Json);
        }
        else if (whole == StatusCodes.Status201Created)
        {
            await NgsiAnswer.RawAsync(http, taken, NgsiMedia.Json);
        }
    }
}
