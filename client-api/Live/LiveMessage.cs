using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.Live;

/// <summary>Something that is told to many watchers: written once, however many there are.</summary>
[JsonConverter(typeof(LiveMessageConverter))]
internal sealed class LiveMessage
{
    private static readonly JsonSerializerOptions Options = new(ApiJson.Default.Options) { Encoder = ApiJson.Encoder };

    private readonly byte[] _json;

    private LiveMessage(byte[] json) => _json = json;

    /// <summary>Writes it.</summary>
    public static LiveMessage Of<T>(T told) => new(JsonSerializer.SerializeToUtf8Bytes(told, (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T))));

    /// <summary>Writes it into a message.</summary>
    // It was written by the same serializer a moment ago: to check it again for each watcher would cost what is saved.
    public void WriteTo(Utf8JsonWriter writer) => writer.WriteRawValue(_json, skipInputValidation: true);
}

/// <summary>What is written already is written as it is.</summary>
internal sealed class LiveMessageConverter : JsonConverter<LiveMessage>
{
    /// <inheritdoc/>
    public override LiveMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("watchers send nothing");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LiveMessage value, JsonSerializerOptions options) => value.WriteTo(writer);
}
