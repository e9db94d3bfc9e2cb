using System.Collections.Concurrent;
using System.Text.Json;
using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>Reads payloads: JSON on FIWARE Smart Data Models names, or arrays of numbers for small devices and gateways.</summary>
/// <remarks>docs/sensors.md has the schema. Allocates nothing for a good payload of a sensor's own topic. Thread-safe.</remarks>
internal static class ReadingPayload
{
    private const int GatewayRoutesMax = 100_000;

    private static readonly ConcurrentDictionary<(ReadingRoute Gateway, string Kind, string Name), ReadingRoute?> Behind = new();

    /// <summary>Adds the payload's readings to <paramref name="to"/>.</summary>
    /// <param name="route">The topic's route.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="to">Gets readings, each with its route.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Read(ReadingRoute route, ReadOnlySpan<byte> payload, ReadingList to)
    {
        try
        {
            Utf8JsonReader json = new(payload);
            json.Read();
            string? wrong = json.TokenType switch
            {
                JsonTokenType.StartObject when !route.IsGateway => ReadObject(ref json, route, to),
                JsonTokenType.StartArray => ReadArray(ref json, route, to),
                _ => route.IsGateway ? "a gateway sends an array of arrays" : "expected an object or an array",
            };
            return wrong ?? (json.Read() ? "something follows the payload" : to.Count == 0 ? "no reading in it" : null);
        }
        catch (JsonException e)
        {
            return $"no JSON at byte {e.BytePositionInLine}";
        }
        catch (InvalidOperationException)
        {
            return "a value of the wrong type";
        }
    }

    private static string? ReadObject(ref Utf8JsonReader json, ReadingRoute route, ReadingList to)
    {
        int first = to.Count;
        long? at = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("dateObserved"u8) || json.ValueTextEquals("dateObservedTo"u8))
            {
                json.Read();
                if (!json.TryGetDateTimeOffset(out DateTimeOffset moment))
                {
                    return "dateObserved is no ISO 8601 moment";
                }
                at = moment.ToUnixTimeMilliseconds();
            }
            else if (ReadingFields.Find(route.Kind, ref json) is { } field)
            {
                json.Read();
                if (!field.TryRead(ref json, out double value))
                {
                    return $"{field.Name} is no value that it can have";
                }
                to.Add(route, new Reading(route.Sensor, field.Measure, 0, value));
            }
            else
            {
                json.Skip();
            }
        }
        if (at is not { } observed)
        {
            return "dateObserved is missing";
        }
        to.StampFrom(first, observed);
        return null;
    }

    /// <summary><c>[at, value]</c>, or an array of such, or of a gateway's <c>[kind, sensor, at, value]</c>.</summary>
    private static string? ReadArray(ref Utf8JsonReader json, ReadingRoute route, ReadingList to)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number && !route.IsGateway)
        {
            return ReadPair(ref json, route, to);
        }
        while (json.TokenType == JsonTokenType.StartArray)
        {
            json.Read();
            ReadingRoute? sensor = route.IsGateway ? ReadName(ref json, route) : route;
            if (sensor is null)
            {
                return "a line names no sensor: expected [kind, sensor, at, value]";
            }
            if (ReadPair(ref json, sensor, to) is { } wrong)
            {
                return wrong;
            }
            json.Read();
        }
        return json.TokenType == JsonTokenType.EndArray ? null : "expected an array of arrays";
    }

    private static ReadingRoute? ReadName(ref Utf8JsonReader json, ReadingRoute gateway)
    {
        string? kind = json.TokenType == JsonTokenType.String ? json.GetString() : null;
        json.Read();
        string? name = json.TokenType == JsonTokenType.String ? json.GetString() : null;
        json.Read();
        if (kind is null || name is null)
        {
            return null;
        }
        if (Behind.Count > GatewayRoutesMax)
        {
            Behind.Clear();
        }
        return Behind.GetOrAdd((gateway, kind, name), static key => key.Gateway.Behind(key.Kind, key.Name));
    }

    private static string? ReadPair(ref Utf8JsonReader json, ReadingRoute route, ReadingList to)
    {
        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long at))
        {
            return "the time is no whole number of ms since 1970";
        }
        json.Read();
        if (json.TokenType != JsonTokenType.Number || !json.TryGetDouble(out double value))
        {
            return "the value is no number";
        }
        json.Read();
        to.Add(route, new Reading(route.Sensor, SensorKinds.Primary(route.Kind), at, value));
        return json.TokenType == JsonTokenType.EndArray ? null : "expected [at, value]";
    }
}
