using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CityTwin.Grains;

namespace CityTwin.Silo.Journal;

/// <summary>Writes an identity as its text, <c>"commune/19753"</c>; none as <c>""</c>.</summary>
public sealed class TwinIdJson : JsonConverter<TwinId>
{
    private const int TextLengthMax = 40;

    /// <inheritdoc/>
    public override TwinId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("expected the text of an identity, as \"commune/19753\"");
        }
        return ReadText(ref reader);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TwinId value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[TextLengthMax];
        writer.WriteStringValue(text[..Format(value, text)]);
    }

    /// <inheritdoc/>
    public override TwinId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadText(ref reader);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TwinId value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[TextLengthMax];
        writer.WritePropertyName(text[..Format(value, text)]);
    }

    private static TwinId ReadText(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[TextLengthMax];
        long length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length == 0)
        {
            return default;
        }
        if (length < TextLengthMax)
        {
            int copied = reader.CopyString(text);
            if (TwinId.TryParse(text[..copied], null, out TwinId id))
            {
                return id;
            }
        }
        throw new JsonException("names no twin: expected kind/number, as \"commune/19753\"");
    }

    private static int Format(TwinId value, Span<byte> into) => value.IsNone ? 0 : Encoding.ASCII.GetBytes(value.ToString(), into);
}
