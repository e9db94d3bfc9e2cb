using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CityTwin.Grains;
using CityTwin.Silo.Journal.Personal;

namespace CityTwin.Silo.Journal;

/// <summary>How events, commands and states are written as JSON: the journal's storage format.</summary>
/// <remarks>
/// The type of an event is its record's name, as <c>CaseFiled</c>, in a column of its own. Members are in camel case, moments
/// in ISO 8601 UTC, enumerations as words, identities as texts; members with default values are left out. Golden files in the
/// tests pin every event. docs/journal.md says how to change one. Thread-safe.
/// </remarks>
public static class JournalJson
{
    private static readonly JsonSerializerOptions Options = MakeOptions();
    private static readonly FrozenDictionary<Type, JsonTypeInfo> ByType = Types().ToFrozenDictionary(t => t, t => Options.GetTypeInfo(t));
    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName = ByType.ToFrozenDictionary(t => NameOf(t.Key), t => t.Value);

    /// <summary>Every type of event, by name.</summary>
    public static IEnumerable<(string Name, Type Type)> EventTypes =>
        ByType.Keys.Where(t => t.IsSubclassOf(typeof(TwinEvent))).Select(t => (NameOf(t), t));

    /// <summary>The options, for those who must read the same format.</summary>
    public static JsonSerializerOptions Format => Options;

    /// <summary>The name under which a type is stored.</summary>
    public static string NameOf(Type type) => type.IsSubclassOf(typeof(TwinCommand)) ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name;

    /// <summary>Writes an event, a command or a state.</summary>
    public static void Write(Utf8JsonWriter writer, object value) =>
        JsonSerializer.Serialize(writer, value, ByType.TryGetValue(value.GetType(), out JsonTypeInfo? known) ? known : Options.GetTypeInfo(value.GetType()));

    /// <summary>Reads an event or a command by the name of its type.</summary>
    /// <exception cref="JsonException">The name is unknown or the JSON does not fit it.</exception>
    public static object Read(string name, ReadOnlySpan<byte> json) => Read(name, json, Upcasters.Released);

    /// <summary>Reads an event or a command by the name of its type, which may be that of an older version.</summary>
    /// <exception cref="JsonException">The name is unknown or the JSON does not fit it.</exception>
    internal static object Read(string name, ReadOnlySpan<byte> json, Upcasters upcasters)
    {
        if (ByName.TryGetValue(name, out JsonTypeInfo? type))
        {
            return JsonSerializer.Deserialize(json, type)!;
        }
        (string current, JsonObject raised) = upcasters.Raise(name, json);
        return ByName.TryGetValue(current, out type)
            ? JsonSerializer.Deserialize(raised, type)!
            : throw new JsonException($"the journal holds a '{name}', which this version does not know");
    }

    /// <summary>Reads a state.</summary>
    public static TwinState ReadState(Type type, ReadOnlySpan<byte> json) => (TwinState)JsonSerializer.Deserialize(json, Options.GetTypeInfo(type))!;

    private static IEnumerable<Type> Types() =>
        typeof(TwinEvent).Assembly.GetTypes().Where(t => !t.IsAbstract
            && (t.IsSubclassOf(typeof(TwinEvent)) || t.IsSubclassOf(typeof(TwinCommand)) || t.IsSubclassOf(typeof(TwinState))));

    private static JsonSerializerOptions MakeOptions()
    {
        JsonSerializerOptions options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            IgnoreReadOnlyProperties = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { PersonalFields.Mark } },
        };
        options.Converters.Add(new TwinIdJson());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly();
        return options;
    }
}
