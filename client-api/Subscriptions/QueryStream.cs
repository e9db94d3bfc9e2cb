using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Queries;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Subscriptions;

/// <summary>Changes as server-sent events: <c>GET /query/stream?type=case&amp;q=…</c>. The id of an event is its journal position, so that a client goes on where it was cut off.</summary>
internal sealed class QueryStream(ChangeSource source, CityQueries queries, IHostApplicationLifetime lifetime)
{
    private const int StreamsMax = 1_000;
    private const string RetryLine = "retry: 2000\n\n";

    private static readonly FrozenSet<string> Names = FrozenSet.Create("type", "q", "near", "within", "select", "after");

    private static readonly JsonWriterOptions Options = new() { Encoder = ApiJson.Encoder };

    private readonly ClockedChanges _clocked = new(queries);
    private int _open;

    /// <summary>Adds the route.</summary>
    public void Map(IEndpointRouteBuilder routes, CityApi api) => routes.Get("/query/stream", new RouteDoc("Queries", "StreamChanges", "Changes of the twins that fulfil a condition, as server-sent events: entered, changed, left")
    {
        Query = [.. QueryEndpoints.Selection.Where(p => p.Name != "text"), new QueryDoc("after", "Changes after this journal position; Last-Event-ID says the same. Default: from now on.", "integer")],
        Media = ["text/event-stream"],
    }, http => StreamAsync(api, http));

    /// <summary>The changes of a request, for the hub.</summary>
    public IAsyncEnumerable<ChangeBatch> ReadAsync(CityQuery query, long? after, CancellationToken cancellation) => query.Condition?.MovesWithTime == true || query.ReadsReadings
        ? _clocked.ReadAsync(query, cancellation)
        : source.ReadAsync(query, after ?? source.Position, cancellation);

    private async Task StreamAsync(CityApi api, HttpContext http)
    {
        (CityQuery query, long? after) = Read(api, http);
        if (Interlocked.Increment(ref _open) > StreamsMax)
        {
            Interlocked.Decrement(ref _open);
            throw new ProblemException(Problem.Overloaded);
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await using IAsyncEnumerator<ChangeBatch> batches = ReadAsync(query, after, stop.Token).GetAsyncEnumerator(stop.Token);
            bool more = await batches.MoveNextAsync();
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no";
            await WriteAsync(http, RetryLine, stop.Token);
            for (; more; more = await batches.MoveNextAsync())
            {
                await WriteAsync(http, Text(query, batches.Current), stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client went, or the city stops: either is the end of a stream.
        }
        catch (ProblemException e) when (http.Response.HasStarted)
        {
            await WriteAsync(http, $"event: problem\ndata: {e.Problem.Title}\n\n", CancellationToken.None);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static (CityQuery Query, long? After) Read(CityApi api, HttpContext http)
    {
        var parameters = new QueryReader(http, Names);
        QueryRequest request = QueryEndpoints.RequestOf(parameters);
        long? after = QueryEndpoints.Position(parameters, "after");
        string? last = http.Request.Headers["Last-Event-ID"];
        if (long.TryParse(last, out long seen) && seen >= 0)
        {
            after = seen;
        }
        if (after > api.Runtime.Position)
        {
            parameters.Add("after", $"nothing has this position yet: the journal ends at {api.Runtime.Position}");
        }
        parameters.ThrowIfAny();
        try
        {
            CityQuery query = api.Queries.ReadForChanges(request);
            ChangeConditions.Check(query, allowsClock: true);
            return (query, after);
        }
        catch (QueryFormatException e)
        {
            throw new ProblemException(QueryProblems.Of(e, inBody: false));
        }
    }

    // A batch without changes still moves the client's position on, and shows that the connection lives.
    private static string Text(CityQuery query, ChangeBatch batch)
    {
        var text = new StringBuilder();
        var buffer = new ArrayBufferWriter<byte>();
        foreach (QueryChange change in batch.Changes)
        {
            buffer.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(buffer, Options))
            {
                ChangeJson.Write(json, query, change);
            }
            text.Append("id: ").Append(change.Position).Append("\nevent: ").Append(change.Kind.ToString().ToLowerInvariant())
                .Append("\ndata: ").Append(Encoding.UTF8.GetString(buffer.WrittenSpan)).Append("\n\n");
        }
        return text.Append("id: ").Append(batch.Position).Append("\n\n").ToString();
    }

    private static async Task WriteAsync(HttpContext http, string text, CancellationToken cancellation)
    {
        await http.Response.WriteAsync(text, cancellation);
        await http.Response.Body.FlushAsync(cancellation);
    }
}
