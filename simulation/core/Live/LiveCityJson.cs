using System.Text.Json;
using System.Text.Json.Serialization;
using CityTwin.Grains;

namespace CityTwin.Simulation.Live;

/// <summary>The live state as JSON: how it comes from the API or a file. Identities are texts as <c>commune/19753</c>.</summary>
public static class LiveCityJson
{
    /// <summary>camelCase names, enumerations as words, identities as texts.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new TwinIdConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes a live state.</summary>
    public static string Write(LiveCity live) => JsonSerializer.Serialize(live, Options);

    /// <summary>Reads a live state.</summary>
    /// <exception cref="JsonException">It cannot be read; the message has the path.</exception>
    public static LiveCity Read(string json) =>
        JsonSerializer.Deserialize<LiveCity>(json, Options) ?? throw new JsonException("null is no live state");

    private sealed class TwinIdConverter : JsonConverter<TwinId>
    {
        public override TwinId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            string? text = reader.GetString();
            return text is null or "none" ? default
                : TwinId.TryParse(text, null, out TwinId id) ? id
                : throw new JsonException($"'{text}' names no twin: expected kind/number, as commune/19753");
        }

        public override void Write(Utf8JsonWriter writer, TwinId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
