using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Open311;
using CityTwin.ClientApi.Sensors;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>What others may write: readings of observed types, and new reports. Everything else belongs to its twin's own rules.</summary>
internal sealed class NgsiWrites(CityApi api)
{
    private const int BodyBytesMax = 1024 * 1024;

    private static readonly TimeSpan SeenPoll = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan SeenMax = TimeSpan.FromSeconds(2);

    /// <summary>Makes an entity: a report. Gives its URN.</summary>
    public async Task<string> CreateAsync(HttpContext http) => await CreateAsync(await ReadAsync(http), CommandKey.Read(http));

    /// <summary>Makes an entity: a report. Gives its URN.</summary>
    /// <param name="body">The entity.</param>
    /// <param name="key">What makes a repeat harmless; null: the entity's own id.</param>
    public async Task<string> CreateAsync(JsonObject body, string? key)
    {
        NgsiType type = NgsiType.Find(Text(body, "type") ?? throw NgsiException.BadData("type is required"));
        if (type.Name != "Open311ServiceRequest")
        {
            throw NgsiException.Unsupported($"a {type.Name} cannot be made here: reports (Open311ServiceRequest) can");
        }
        string service = Value(body, "service_code")?.ToString() ?? throw NgsiException.BadData("service_code is required");
        if (api.Runtime.Rules.Catalogue.Find(service) is not { Kind: CaseKind.Feedback })
        {
            throw NgsiException.BadData($"service_code: the catalogue has no category '{Mistakes.Short(service)}'");
        }
        GeoPoint? place = Place(Value(body, "location"));
        string? addressId = Value(body, "address_id")?.ToString();
        var finder = new CommuneFinder(api.View.Board.Offices(api.Runtime.Clock.Now), api.Shapes);
        OfficeProfile commune = (place is { } point ? finder.At(point) : addressId is not null ? finder.Coded(addressId) : null)
            ?? throw NgsiException.BadData("a location inside the city, or the address_id of a commune, is required");
        string? description = Value(body, "description")?.ToString();
        if (description is { Length: > TextLimits.TextMax })
        {
            throw NgsiException.BadData($"description is longer than {TextLimits.TextMax} characters");
        }
        string text = string.IsNullOrWhiteSpace(description) ? api.Runtime.Rules.Catalogue.Find(service)!.NameVi : description;
        var command = new CaseCommand.FileFeedback(service, commune.Id, default, Channel.OnlinePortal, text, place);

        // The sender's own id of the entity makes a repeat harmless; the city gives the entity an id of its own.
        (TwinId id, Reply reply) = await CaseFiling.SendAsync(api, command, key ?? Key(Text(body, "id")));
        if (Commands.ProblemOf(reply) is { } problem)
        {
            throw new Problems.ProblemException(problem);
        }
        await api.Queries.ShowAsync(reply.Position, CancellationToken.None);
        return type.Urn(id);
    }

    /// <summary>Takes new values of an entity's attributes: readings.</summary>
    /// <param name="urn">The entity.</param>
    /// <param name="http">The request.</param>
    /// <param name="only">The one attribute that the body is; null: the body has attributes.</param>
    public async Task ChangeAsync(string urn, HttpContext http, string? only = null)
    {
        JsonObject body = await ReadAsync(http);
        if (only is not null)
        {
            body.Remove("@context");
            body = new JsonObject { [only] = body.DeepClone() };
        }
        await ChangeAsync(urn, body, http.RequestAborted);
    }

    /// <summary>Takes new values of an entity's attributes: readings. They are durable, and seen by who asks, when it returns.</summary>
    /// <param name="urn">The entity.</param>
    /// <param name="body">Its attributes.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    public async Task ChangeAsync(string urn, JsonObject body, CancellationToken cancellation)
    {
        (NgsiType type, TwinId id) = NgsiType.Parse(urn);
        if (type.Sensor is not { } kind)
        {
            throw NgsiException.Unsupported($"attributes of a {type.Name} change by what happens in the city; readings of observed types can be given");
        }
        if (api.Sensors.Find(id)?.Profile is not { } profile || profile.Kind != kind)
        {
            throw NgsiException.NotFound($"entity '{urn}'");
        }
        ReadingMessage[] messages = [.. Payloads(body, kind).Select(p => new ReadingMessage(SensorReading.TopicOf(profile), JsonSerializer.SerializeToUtf8Bytes(p)))];
        ReadingIntake intake = api.Readings.Intake ?? throw new Problems.ProblemException(Problems.Problem.ReadingsElsewhere);
        ReadingBatchOutcome outcome = await ReadingBatch.TakeAsync(intake, messages, "ngsi-ld", cancellation);
        if (outcome.Rejected.Count > 0)
        {
            throw NgsiException.BadData(outcome.Rejected[0].Reason);
        }
        if (!outcome.IsDurable)
        {
            throw new Problems.ProblemException(Problems.Problem.Unavailable);
        }
        await SeenAsync(cancellation);
    }

    // What is durable is sorted in a moment later: whoever wrote it shall read it.
    private async Task SeenAsync(CancellationToken cancellation)
    {
        if (api.Readings.Store is not { } store)
        {
            return;
        }
        long number = store.Accepted;
        long began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(SeenPoll);
        while (store.Followed < number && Stopwatch.GetElapsedTime(began) < SeenMax)
        {
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    // Values observed at the same moment make one message.
    private Dictionary<DateTimeOffset, JsonObject>.ValueCollection Payloads(JsonObject body, SensorKind kind)
    {
        IReadOnlyList<NgsiMeasure> measures = NgsiMeasures.Of(kind);
        DateTimeOffset now = api.Runtime.Clock.Now;
        DateTimeOffset usual = Value(body, "dateObserved") is { } observed ? MomentOf(observed) : now;
        Dictionary<DateTimeOffset, JsonObject> byMoment = [];
        foreach ((string name, JsonNode? attribute) in body)
        {
            if (name is "@context" or "id" or "type" or "dateObserved")
            {
                continue;
            }
            NgsiMeasure measure = measures.FirstOrDefault(m => m.Name == NgsiType.Short(name))
                ?? throw NgsiException.BadData($"{Mistakes.Short(name)} cannot be given: there are {string.Join(", ", measures.Select(m => m.Name))}");
            DateTimeOffset at = attribute is JsonObject full && full["observedAt"] is { } said ? MomentOf(said) : usual;
            if (Value(body, name) is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
            {
                throw NgsiException.BadData($"{measure.Name}: expected a number");
            }
            if (!byMoment.TryGetValue(at, out JsonObject? payload))
            {
                byMoment.Add(at, payload = new JsonObject { ["dateObserved"] = NgsiShape.Moment(at) });
            }
            payload[measure.Name] = value.GetValue<double>();
        }
        return byMoment.Count > 0 ? byMoment.Values : throw NgsiException.BadData("no attribute is given");
    }

    private static string? Key(string? id) => id is null || id.Length > 180 || id.AsSpan().ContainsAnyExceptInRange(' ', '~') ? null : "ngsi-ld:" + id;

    /// <summary>Reads a body that is a JSON object.</summary>
    /// <exception cref="NgsiException">It is not.</exception>
    public static async Task<JsonObject> ReadAsync(HttpContext http)
    {
        JsonObject body = await ReadNodeAsync(http) as JsonObject ?? throw NgsiException.Invalid("the body must be a JSON object");
        NgsiMedia.Check(http, body.ContainsKey("@context"));
        return body;
    }

    /// <summary>Reads a body that is a list of JSON objects.</summary>
    /// <exception cref="NgsiException">It is not.</exception>
    public static async Task<IReadOnlyList<JsonObject>> ReadListAsync(HttpContext http)
    {
        JsonArray list = await ReadNodeAsync(http) as JsonArray ?? throw NgsiException.Invalid("the body must be a JSON array of entities");
        JsonObject[] entities = [.. list.Select(e => e as JsonObject ?? throw NgsiException.Invalid("the body must be a JSON array of entities"))];
        NgsiMedia.Check(http, entities.Length > 0 && entities.All(e => e.ContainsKey("@context")));
        return entities.Length > 0 ? entities : throw NgsiException.BadData("the list of entities is empty");
    }

    private static async Task<JsonNode?> ReadNodeAsync(HttpContext http)
    {
        if (http.Request.ContentLength > BodyBytesMax)
        {
            throw NgsiException.Invalid($"the body is larger than {BodyBytesMax} bytes");
        }
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, null, new JsonDocumentOptions { MaxDepth = 32 }, http.RequestAborted);
        }
        catch (JsonException e)
        {
            throw NgsiException.Invalid($"the body is no JSON: {e.Message}");
        }
    }

    private static string? Text(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    // An attribute may be normalized, concise or a bare value.
    private static JsonNode? Value(JsonObject body, string name)
    {
        JsonNode? attribute = body[name];
        if (attribute is JsonObject full && (full.ContainsKey("value") || full.ContainsKey("object")))
        {
            attribute = full["value"] ?? full["object"];
        }
        return attribute is JsonObject typed && typed.ContainsKey("@value") ? typed["@value"] : attribute;
    }

    private static DateTimeOffset MomentOf(JsonNode value) => Moments.TryParse(value.ToString(), out DateTimeOffset at) ? at : throw NgsiException.BadData($"'{Mistakes.Short(value.ToString())}' is no moment with its zone");

    private static GeoPoint? Place(JsonNode? location)
    {
        if (location is null)
        {
            return null;
        }
        bool isPoint = location is JsonObject { Count: > 0 } point && point["type"]?.ToString() == "Point" && point["coordinates"] is JsonArray { Count: >= 2 };
        double[] numbers = isPoint ? [.. location["coordinates"]!.AsArray().Take(2).Select(c => double.TryParse(c?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double d) ? d : double.NaN)] : [];
        return numbers is [>= -180 and <= 180, >= -90 and <= 90] ? new GeoPoint(numbers[1], numbers[0]) : throw NgsiException.BadData("location: expected a GeoJSON Point, longitude first");
    }
}
