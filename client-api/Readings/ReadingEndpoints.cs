using System.Collections.Frozen;
using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.Readings;

/// <summary>Readings over HTTP: batches in, history and dead letters out.</summary>
internal static class ReadingEndpoints
{
    private const string Tag = "Readings";
    private const int LinesMax = 10_000;
    private const int PointsMax = 50_000;

    private static readonly QueryDoc[] HistoryQuery =
    [
        new("sensor", "Of this sensor, as sensor/0123456789AB."), new("commune", "Of the sensors in this commune, as commune/19753."),
        new("kind", "Of sensors of this kind.", Words: [.. Words<SensorKind>.All]), new("measure", "Only this measure.", Words: [.. Words<Measure>.All]),
        new("from", "From this moment (RFC 3339, with zone); required."), new("to", "Until before this moment; required."),
        new("resolution", "Default: raw.", Words: [.. Words<Resolution>.All]), new("limit", "1 to 50,000, default 10,000.", "integer"),
    ];

    private static readonly FrozenSet<string> HistoryNames = HistoryQuery.Select(q => q.Name).ToFrozenSet();
    private static readonly QueryDoc[] LettersQuery = [new("limit", "1 to 1,000, default 100.", "integer")];
    private static readonly FrozenSet<string> LettersNames = FrozenSet.Create("limit");
    /// <summary>Adds the routes.</summary>
    public static void MapReadings(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Post("/readings", new RouteDoc(Tag, "PostReadings", "Takes up to 10,000 messages of sensors and gateways; answers once they are durable")
        {
            Body = typeof(ReadingsBody),
            Answer = typeof(ReadingsAnswer),
        }, http => TakeAsync(api, http));
        routes.Get("/readings", new RouteDoc(Tag, "GetReadings", "History by sensor, commune, kind, period and resolution")
        {
            Answer = typeof(ReadingHistoryAnswer),
            Query = HistoryQuery,
        }, http => HistoryAsync(api, http));
        routes.Get("/readings/dead-letters", new RouteDoc(Tag, "GetDeadLetters", "The last messages that could not be taken, and why") { Answer = typeof(DeadLetterAnswer), Query = LettersQuery }, http =>
        {
            var query = new QueryReader(http, LettersNames);
            int limit = query.Number("limit", 1, 1_000, 100);
            query.ThrowIfAny();
            DeadLetters letters = Open(api.Readings.Intake).DeadLetters;
            return Answers.JsonAsync(http, new DeadLetterAnswer(letters.Latest(limit), letters.Total), ApiJson.Default.DeadLetterAnswer);
        });
        routes.Get("/readings/schema", new RouteDoc(Tag, "GetPayloadSchema", "The JSON schema of a payload") { Answer = typeof(PayloadSchema) }, http =>
        {
            QueryReader.TakesNone(http);
            return Answers.BytesAsync(http, PayloadSchemaFile.Bytes, "application/json; charset=utf-8");
        });
    }

    private static async Task TakeAsync(CityApi api, HttpContext http)
    {
        ReadingsBody body = await BodyReader.ReadAsync(http, ApiJson.Default.ReadingsBody);
        ReadingLine?[] lines = body.Readings ?? [];
        if (lines.Length is < 1 or > LinesMax)
        {
            throw new ProblemException(Problem.InvalidRequest("$.readings", $"has {lines.Length} messages: 1 to {LinesMax} are allowed"));
        }
        ReadingIntake intake = Open(api.Readings.Intake);
        ReadingMessage[] messages = [.. lines.Select(l => new ReadingMessage(l?.Topic, l?.Payload is { } p ? JsonSerializer.SerializeToUtf8Bytes(p, ApiJson.Default.JsonElement) : default))];
        ReadingBatchOutcome outcome = await ReadingBatch.TakeAsync(intake, messages, "http", http.RequestAborted);
        if (!outcome.IsDurable)
        {
            throw new ProblemException(Problem.Unavailable);
        }
        FieldError[] rejected = [.. outcome.Rejected.Select(r => new FieldError($"$.readings[{r.Index}]", r.Reason))];
        await Answers.JsonAsync(http, new ReadingsAnswer(messages.Length - rejected.Length, rejected), ApiJson.Default.ReadingsAnswer);
    }

    private static async Task HistoryAsync(CityApi api, HttpContext http)
    {
        var query = new QueryReader(http, HistoryNames);
        TwinId? sensor = query.Id("sensor", TwinKind.Sensor);
        TwinId? commune = query.Id("commune", TwinKind.Commune);
        SensorKind? kind = query.Word<SensorKind>("kind");
        Measure? measure = query.Word<Measure>("measure");
        DateTimeOffset? from = query.Moment("from");
        DateTimeOffset? to = query.Moment("to");
        Resolution resolution = query.Word<Resolution>("resolution") ?? Resolution.Raw;
        int limit = query.Number("limit", 1, PointsMax, 10_000);
        if (from is null || to is null || from >= to)
        {
            query.Add(from is null ? "from" : "to", "a period is required: from a moment to a later one");
        }
        query.ThrowIfAny();
        ReadingStore store = Open(api.Readings.Store);
        IEnumerable<TwinId> sensors = sensor is { } one && commune is null && kind is null ? [one] : api.Sensors.Sensors
            .Where(s => (sensor is null || s.Id == sensor) && (commune is null || s.State.Profile!.Commune == commune) && (kind is null || s.State.Profile!.Kind == kind))
            .Select(s => s.Id).Order();
        IReadOnlyList<HistoryPoint> points = await store.HistoryAsync(sensors, measure, from!.Value, to!.Value, resolution, limit + 1);
        PointReading[] items = [.. points.Take(limit).Select(PointReading.From)];
        await Answers.JsonAsync(http, new ReadingHistoryAnswer(items, points.Count > limit), ApiJson.Default.ReadingHistoryAnswer);
    }

    /// <summary>What is needed of the ingest.</summary>
    /// <exception cref="ProblemException">It is not open in this process: another one takes readings, or it is starting.</exception>
    private static T Open<T>(T? part)
        where T : class => part ?? throw new ProblemException(Problem.ReadingsElsewhere);
}
