using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CityTwin.Silo.Sensors;

/// <summary>Readings over HTTP: batches in, history and dead letters out.</summary>
public static class ReadingEndpoints
{
    private const int BatchLinesMax = 10_000;

    private const int HistoryPointsMax = 50_000;

    /// <summary>Maps <c>POST /readings</c>, <c>GET /readings</c> and <c>GET /readings/dead-letters</c> below the given routes.</summary>
    public static IEndpointRouteBuilder MapReadings(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/readings", PostAsync).WithName("PostReadings").WithSummary("Takes a batch of readings; answers once they are durable.");
        routes.MapGet("/readings", HistoryAsync).WithName("GetReadings").WithSummary("History by sensor, commune or kind, period and resolution.");
        routes.MapGet("/readings/dead-letters", (ReadingIntake intake, int? limit) => intake.DeadLetters.Latest(Math.Clamp(limit ?? 100, 1, 1_000)))
            .WithName("GetDeadLetters").WithSummary("The last messages that could not be taken, newest first.");
        return routes;
    }

    private static async Task<IResult> PostAsync(HttpContext http, ReadingIntake intake)
    {
        JsonDocument body;
        try
        {
            body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        }
        catch (JsonException e)
        {
            return Bad($"$: no JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        using (body)
        {
            if (body.RootElement.ValueKind != JsonValueKind.Array || body.RootElement.GetArrayLength() is 0 or > BatchLinesMax)
            {
                return Bad($"$: expected an array of 1 to {BatchLinesMax} objects with topic and payload");
            }
            HttpWaiter waiter = new();
            List<RejectedLine> rejected = [];
            long ticket = 0;
            int line = 0;
            foreach (JsonElement element in body.RootElement.EnumerateArray())
            {
                (string? wrong, Intake taken) = await OfferAsync(intake, element, waiter, http.RequestAborted);
                ticket = Math.Max(ticket, taken.Ticket);
                if (wrong is not null)
                {
                    rejected.Add(new RejectedLine($"$[{line}]", wrong));
                }
                line++;
            }
            if (ticket > 0 && !await waiter.DurableAsync(ticket))
            {
                http.Response.Headers.RetryAfter = "1";
                return TypedResults.Problem("The readings could not be stored; send them again.", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
            return TypedResults.Ok(new BatchAnswer(line - rejected.Count, rejected));
        }
    }

    private static async ValueTask<(string? Wrong, Intake Taken)> OfferAsync(
        ReadingIntake intake, JsonElement element, HttpWaiter waiter, CancellationToken cancellation)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("topic", out JsonElement topic) || topic.ValueKind != JsonValueKind.String
            || !element.TryGetProperty("payload", out JsonElement payload))
        {
            return ("expected an object with topic and payload", default);
        }
        if (intake.RouteOf(topic.GetString()!) is not { } route)
        {
            return ("topic: expected city/{city}/{commune}/{kind}/{sensor} of this city", default);
        }
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(payload);
        while (true)
        {
            Task room = waiter.NextRoom();
            Intake taken = intake.Take(route, json, "http", waiter);
            if (!taken.IsFull)
            {
                return (taken.Reason == MqttReason.Success ? null : "payload: see the dead letters for the reason", taken);
            }
            await room.WaitAsync(cancellation);
        }
    }

    private static async Task<IResult> HistoryAsync(
        ReadingStore store, SensorDirectory directory, DateTimeOffset from, DateTimeOffset to,
        string? sensor = null, string? commune = null, string? kind = null, string? measure = null, string? resolution = null, int limit = 10_000)
    {
        if (to <= from || limit is < 1 or > HistoryPointsMax)
        {
            return Bad($"from must be before to, and limit 1 to {HistoryPointsMax}");
        }
        Measure what = default;
        Resolution fine = Resolution.Raw;
        if ((measure is not null && !Enum.TryParse(measure, ignoreCase: true, out what)) || (resolution is not null && !Enum.TryParse(resolution, ignoreCase: true, out fine)))
        {
            return Bad($"measure is one of {string.Join(' ', Enum.GetNames<Measure>())}; resolution raw, minute or hour");
        }
        TwinId one = default;
        TwinId at = default;
        SensorKind sort = default;
        if ((sensor is not null && !TwinId.TryParseNumber(TwinKind.Sensor, sensor, out one))
            || (commune is not null && !TwinId.TryParseNumber(TwinKind.Commune, commune, out at))
            || (kind is not null && !SensorKinds.TryParse(kind, out sort)))
        {
            return Bad("sensor is 12 characters of base 32, commune a code, kind one of " + string.Join(' ', SensorKinds.All.Select(SensorKinds.Word)));
        }
        IEnumerable<TwinId> sensors = sensor is not null
            ? [one]
            : directory.Sensors
                .Where(s => (at.IsNone || s.State.Profile!.Commune == at) && (sort == default || s.State.Profile!.Kind == sort))
                .Select(s => s.Id).Order();
        return TypedResults.Ok(await store.HistoryAsync(sensors, measure is null ? null : what, from, to, fine, limit));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Bad(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">Lines that are durable.</param>
/// <param name="Rejected">The others.</param>
public sealed record BatchAnswer(int Accepted, IReadOnlyList<RejectedLine> Rejected);

/// <summary>A line that was not taken.</summary>
/// <param name="Path">Where, as a JSON path.</param>
/// <param name="Reason">Why.</param>
public sealed record RejectedLine(string Path, string Reason);
