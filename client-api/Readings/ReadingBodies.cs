using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CityTwin.ClientApi.Problems;
using CityTwin.Grains;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.Readings;

/// <summary>Messages of sensors and gateways, as MQTT would carry them.</summary>
/// <param name="Readings">1 to 10,000 messages.</param>
internal sealed record ReadingsBody([property: Required] ReadingLine?[]? Readings = null);

/// <summary>One message.</summary>
/// <param name="Topic">city/{city}/{commune}/{kind}/{sensor}; required.</param>
/// <param name="Payload">An object on FIWARE names or an array, as /readings/schema has it; required.</param>
internal sealed record ReadingLine([property: Required] string? Topic = null, [property: Required] JsonElement? Payload = null);

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">Messages that are durable.</param>
/// <param name="Rejected">The others; they are on the dead-letter list too.</param>
internal sealed record ReadingsAnswer(int Accepted, IReadOnlyList<FieldError> Rejected);

/// <summary>A history.</summary>
/// <param name="Items">By sensor, measure and time.</param>
/// <param name="HasMore">True when the limit cut it off: ask for a shorter period, fewer sensors or a coarser resolution.</param>
internal sealed record ReadingHistoryAnswer(IReadOnlyList<PointReading> Items, bool HasMore);

/// <summary>A value of a history: a reading as the instrument gave it, or what a minute or an hour had.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Measure">What.</param>
/// <param name="At">When, or when the minute or hour begins, UTC.</param>
/// <param name="Count">Readings.</param>
/// <param name="Min">The least.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Max">The greatest.</param>
internal sealed record PointReading(TwinId Sensor, Measure Measure, DateTimeOffset At, long Count, double Min, double Mean, double Max)
{
    /// <summary>A point as it is told.</summary>
    public static PointReading From(HistoryPoint p) => new(p.Sensor, p.Measure, p.At, p.Count, p.Min, p.Mean, p.Max);
}

/// <summary>Messages that could not be taken.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Total">How many there have been since the start; the oldest are no longer listed.</param>
internal sealed record DeadLetterAnswer(IReadOnlyList<DeadLetter> Items, long Total);

/// <summary>The JSON schema of a payload.</summary>
/// <param name="Schema">The dialect.</param>
internal sealed record PayloadSchema([property: System.Text.Json.Serialization.JsonPropertyName("$schema")] string Schema);
