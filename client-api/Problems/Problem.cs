using CityTwin.Simulation.Scenarios;

namespace CityTwin.ClientApi.Problems;

/// <summary>Why a request was not carried out, as RFC 9457 has it: <c>application/problem+json</c>.</summary>
/// <param name="Type">A stable name: <c>urn:citytwin:problem:</c> and the kind of trouble. Programs may rely on it.</param>
/// <param name="Title">The same for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What exactly, this time.</param>
/// <param name="Errors">The places that are wrong, when the request itself is.</param>
internal sealed record Problem(string Type, string Title, int Status, string? Detail = null, IReadOnlyList<FieldError>? Errors = null)
{
    /// <summary>Of a query that is too costly: what it would cost.</summary>
    public long? Cost { get; init; }

    /// <summary>Of a query that is too costly: what it may cost.</summary>
    public long? Limit { get; init; }

    /// <summary>The beginning of every type.</summary>
    public const string Prefix = "urn:citytwin:problem:";

    /// <summary>A body that is not JSON, or does not have the members or types it should.</summary>
    public static Problem MalformedBody(string detail, IReadOnlyList<FieldError> errors) =>
        new(Prefix + "malformed-body", "The body cannot be read", StatusCodes.Status400BadRequest, detail, errors);

    /// <summary>Values that cannot be.</summary>
    public static Problem InvalidRequest(IReadOnlyList<FieldError> errors) =>
        new(Prefix + "invalid-request", "The request has mistakes", StatusCodes.Status400BadRequest, null, errors);

    /// <summary>One value that cannot be.</summary>
    public static Problem InvalidRequest(string path, string reason) => InvalidRequest([new FieldError(path, reason)]);

    /// <summary>A twin to which nothing ever happened.</summary>
    public static Problem UnknownTwin(string what) =>
        new(Prefix + "unknown-twin", "There is no such twin", StatusCodes.Status404NotFound, $"Nothing is known of {what}.");

    /// <summary>No such address.</summary>
    public static Problem UnknownRoute { get; } =
        new(Prefix + "unknown-route", "There is nothing at this address", StatusCodes.Status404NotFound, "The addresses are in /openapi/v1.json.");

    /// <summary>The address is known, the method is not for it.</summary>
    public static Problem MethodNotAllowed { get; } =
        new(Prefix + "method-not-allowed", "The address does not take this method", StatusCodes.Status405MethodNotAllowed);

    /// <summary>Not JSON by its content type.</summary>
    public static Problem UnsupportedMediaType { get; } = new(
        Prefix + "unsupported-media-type", "The body must be JSON", StatusCodes.Status415UnsupportedMediaType, "Send Content-Type: application/json.");

    /// <summary>A body above the limit.</summary>
    public static Problem BodyTooLarge(long? limit) => new(
        Prefix + "body-too-large", "The body is too large", StatusCodes.Status413PayloadTooLarge, limit is { } max ? $"At most {max} bytes are taken." : null);

    /// <summary>A request that HTTP itself forbids.</summary>
    public static Problem BadRequest(int status, string detail) => new(Prefix + "bad-request", "The request cannot be read", status, detail);

    /// <summary>No key, or not one of the keys.</summary>
    public static Problem KeyRequired { get; } = new(
        Prefix + "api-key-required", "An API key is needed", StatusCodes.Status401Unauthorized, "Send Authorization: Bearer <key>, or X-Api-Key: <key>.");

    /// <summary>The queue is full.</summary>
    public static Problem Overloaded { get; } = new(
        Prefix + "overloaded", "The city has more to do than it can", StatusCodes.Status503ServiceUnavailable, "Nothing changed. Repeat after the time in Retry-After.");

    /// <summary>The runtime takes no commands now.</summary>
    public static Problem Unavailable { get; } = new(
        Prefix + "unavailable", "The city does not take commands now", StatusCodes.Status503ServiceUnavailable,
        "It starts, recovers or stops. Repeat after the time in Retry-After, under the same Idempotency-Key.");

    /// <summary>Readings enter the city through another process.</summary>
    public static Problem ReadingsElsewhere { get; } = new(
        Prefix + "readings-elsewhere", "Readings are not taken here now", StatusCodes.Status503ServiceUnavailable,
        "Another process of this city takes them, or this one is starting. Repeat after the time in Retry-After.");

    /// <summary>As many sensors as allowed are registered.</summary>
    public static Problem SensorsFull(int max) => new(
        Prefix + "sensors-full", "No more sensors may be registered", StatusCodes.Status409Conflict, $"At most {max} are allowed.");

    /// <summary>The twin was stopped.</summary>
    public static Problem TwinFaulted { get; } = new(
        Prefix + "twin-faulted", "The twin was stopped", StatusCodes.Status500InternalServerError, "Its history is damaged or its rules failed. Nothing changed.");

    /// <summary>Something that should never happen; the log has it.</summary>
    public static Problem Unexpected { get; } = new(
        Prefix + "unexpected", "The server failed", StatusCodes.Status500InternalServerError, "The log has the reason.");

    /// <summary>A request that does not fit the state of the city's clock.</summary>
    public static Problem ClockNotDriven { get; } = new(
        Prefix + "clock-not-driven", "The clock runs by itself", StatusCodes.Status409Conflict, "Only a city started with --clock driven can be told the time.");

    /// <summary>A model is being trained already.</summary>
    public static Problem TrainingRuns { get; } = new(
        Prefix + "training-runs", "A model is being trained", StatusCodes.Status409Conflict, "One at a time: see GET /feedback/model.");

    /// <summary>Nobody has corrected anything since the last training.</summary>
    public static Problem NothingToLearn { get; } = new(
        Prefix + "nothing-to-learn", "There is nothing new to learn", StatusCodes.Status409Conflict, "Correct a category first: POST /cases/{id}/category.");

    /// <summary>No such version of the model that could run.</summary>
    public static Problem UnknownModel { get; } = new(
        Prefix + "unknown-model", "There is no such version of the model", StatusCodes.Status404NotFound, "The versions are in GET /feedback/model.");

    /// <summary>One key for two different commands.</summary>
    public static Problem KeyReused { get; } = new(
        Prefix + "idempotency-key-reused", "The Idempotency-Key was used for something else", StatusCodes.Status409Conflict, "Use a new key for every command.");
}

/// <summary>A place in a request, and what is wrong there.</summary>
/// <param name="Path">A JSON path as <c>$.cases[3].channel</c>; <c>?at</c> for a query parameter, <c>Idempotency-Key</c> for a header.</param>
/// <param name="Reason">What is wrong and what was expected.</param>
/// <param name="Line">The line in a text that is a file of its own, from 1; null elsewhere.</param>
/// <param name="Column">The column there, from 1.</param>
internal readonly record struct FieldError(string Path, string Reason, int? Line = null, int? Column = null)
{
    /// <summary>Of a query: the character that is wrong, from 0.</summary>
    public int? At { get; init; }

    /// <summary>Of a query: what could stand there.</summary>
    public IReadOnlyList<string>? Expected { get; init; }

    /// <summary>Of a query or a scenario: the valid name that was probably meant.</summary>
    public string? Nearest { get; init; }

    /// <summary>Of a scenario: the kind of mistake, stable, for translations; the reason is the same in English.</summary>
    public MistakeCode? Code { get; init; }

    /// <summary>Of a scenario: what the words of the kind are filled with, in order (docs/simulation/api.md).</summary>
    public IReadOnlyList<string>? Values { get; init; }
}

/// <summary>Ends a request with a problem. Thrown only where a request is wrong, never on the way of a good one.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Title)
{
    /// <summary>What to answer.</summary>
    public Problem Problem { get; } = problem;
}
