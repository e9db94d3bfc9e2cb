using System.Text.Json;
using System.Text.Json.Serialization;

namespace CityTwin.ClientApi.Wire;

/// <summary>Writes an enumeration as its word in camel case, and takes nothing else: no numbers, no other case.</summary>
internal sealed class WordJson<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Words<T>.TryParse(reader.GetString()!, out T value)
            ? value
            : throw new JsonException(Words<T>.Expected);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Words<T>.Of(value));
}

/// <summary>The words of an enumeration as they stand in JSON, in addresses and in problems.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> WordOf = Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));
    private static readonly Dictionary<string, T> ValueOf = WordOf.ToDictionary(w => w.Value, w => w.Key, StringComparer.Ordinal);

    /// <summary>All words.</summary>
    public static IEnumerable<string> All => WordOf.Values;

    /// <summary>What to say when something else was found.</summary>
    public static string Expected { get; } = $"expected one of {string.Join(", ", WordOf.Values)}";

    /// <summary>The word for a value.</summary>
    public static string Of(T value) => WordOf.TryGetValue(value, out string? word) ? word : value.ToString();

    /// <summary>The value of a word.</summary>
    public static bool TryParse(string word, out T value) => ValueOf.TryGetValue(word, out value);
}
