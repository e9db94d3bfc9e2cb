using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace CityTwin.Simulation.Scenarios;

/// <summary>Scenarios from YAML to JSON and back: the same keys and values in either.</summary>
public static class ScenarioText
{
    private const int NodesMax = 50_000;
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON of a YAML text: numbers, true and false unless quoted; all else as texts. Comments are lost.</summary>
    /// <exception cref="FormatException">It is not YAML, or larger or deeper than a scenario can be; the message has the place.</exception>
    public static string ToJson(string yaml)
    {
        try
        {
            if (ScenarioShape.TooDeep(yaml) is { } place)
            {
                throw new FormatException(place.ToString());
            }
            YamlStream stream = [];
            stream.Load(new StringReader(yaml));
            int nodes = 0;
            return stream.Documents.Count == 0 ? "null" : Node(stream.Documents[0].RootNode, ref nodes)?.ToJsonString(Json) ?? "null";
        }
        catch (YamlException trouble)
        {
            throw new FormatException($"{trouble.Start.Line}:{trouble.Start.Column}: not YAML: {trouble.Message}", trouble);
        }
    }

    /// <summary>The YAML of a JSON object, in block style.</summary>
    /// <exception cref="FormatException">It is not JSON, or deeper than 64; the message has the place.</exception>
    public static string ToYaml(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return new SerializerBuilder().WithQuotingNecessaryStrings().DisableAliases().Build().Serialize(Plain(document.RootElement)!);
        }
        catch (JsonException trouble)
        {
            throw new FormatException($"{trouble.LineNumber + 1}:{trouble.BytePositionInLine + 1}: not JSON", trouble);
        }
    }

    // Names that stand for one node many times could make a short text long.
    private static JsonNode? Node(YamlNode node, ref int nodes)
    {
        if (++nodes > NodesMax)
        {
            throw new FormatException($"{node.Start.Line}:{node.Start.Column}: more than {NodesMax} values");
        }
        switch (node)
        {
            case YamlMappingNode mapping:
                JsonObject entries = [];
                foreach ((YamlNode key, YamlNode value) in mapping)
                {
                    entries[(key as YamlScalarNode)?.Value ?? ""] = Node(value, ref nodes);
                }
                return entries;
            case YamlSequenceNode sequence:
                JsonArray items = [];
                foreach (YamlNode item in sequence)
                {
                    items.Add(Node(item, ref nodes));
                }
                return items;
            default:
                return Scalar((YamlScalarNode)node);
        }
    }

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        string text = scalar.Value ?? "";
        return scalar.Style is not ScalarStyle.Plain ? JsonValue.Create(text)
            : text switch
            {
                "" or "~" or "null" => null,
                "true" => JsonValue.Create(true),
                "false" => JsonValue.Create(false),
                _ when IsNumber(text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => JsonValue.Create(number),
                _ => JsonValue.Create(text),
            };
    }

    // Codes with leading zeros and the like are names.
    private static bool IsNumber(string text)
    {
        string digits = text.TrimStart('-');
        return digits.Length is > 0 and < 20 && char.IsAsciiDigit(digits[0]) && (digits.Length == 1 || digits[0] != '0' || digits[1] is '.')
            && digits.All(c => char.IsAsciiDigit(c) || c is '.' or 'e' or 'E' or '-' or '+');
    }

    private static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().GroupBy(p => p.Name).ToDictionary(p => p.Key, p => Plain(p.Last().Value)),
        JsonValueKind.Array => element.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? whole : element.GetDouble(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
