using System.Text.Json;
using System.Text.Json.Serialization;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.ClientApi.Wire;

/// <summary>Writes an identity as its text, <c>"commune/19753"</c>, and none as null; takes only texts that name a twin.</summary>
internal sealed class IdJson : JsonConverter<TwinId>
{
    /// <summary>What to say when something else was found.</summary>
    public const string Expected = "expected an identity, as \"commune/19753\" or \"case/01HX2M9QK3TA\"";

    private static readonly TwinIdJson Text = new();

    /// <inheritdoc/>
    public override TwinId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            TwinId id = Text.Read(ref reader, typeToConvert, options);
            return id.IsNone ? throw new JsonException(Expected) : id;
        }
        catch (JsonException)
        {
            throw new JsonException(Expected);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TwinId value, JsonSerializerOptions options)
    {
        if (value.IsNone)
        {
            writer.WriteNullValue();
        }
        else
        {
            Text.Write(writer, value, options);
        }
    }
}
