using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Queries;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Subscriptions;
using Microsoft.AspNetCore.SignalR;

namespace CityTwin.ClientApi.Subscriptions;

/// <summary>Changes over SignalR, at <c>/live/queries</c>: the stream <c>watch</c> takes the members of a query and gives changes until the caller stops it.</summary>
internal sealed class QueryHub(CityApi api, QueryStream stream) : Hub
{
    /// <summary>Changes of the twins that fulfil a condition, in the order in which they happened.</summary>
    /// <param name="request">type, q, near, within, select; after: changes after this journal position.</param>
    /// <param name="cancellation">The caller stopped.</param>
    /// <exception cref="HubException">The condition cannot be read or subscribed to.</exception>
    [HubMethodName("watch")]
    public async IAsyncEnumerable<JsonElement> WatchAsync(QueryBody request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        CityQuery query = Read(request);
        await foreach (ChangeBatch batch in stream.ReadAsync(query, request.After, cancellation))
        {
            foreach (QueryChange change in batch.Changes)
            {
                yield return Element(query, change);
            }
        }
    }

    private CityQuery Read(QueryBody request)
    {
        try
        {
            CityQuery query = api.Queries.ReadForChanges(request);
            ChangeConditions.Check(query, allowsClock: true);
            return query;
        }
        catch (QueryFormatException e)
        {
            throw new HubException(e.Mistake.ToString());
        }
    }

    private static JsonElement Element(CityQuery query, QueryChange change)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            ChangeJson.Write(json, query, change);
        }
        return JsonSerializer.Deserialize(buffer.WrittenSpan, ApiJson.Default.JsonElement);
    }
}
