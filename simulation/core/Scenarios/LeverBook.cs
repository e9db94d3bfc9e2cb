using System.Collections.Immutable;
using System.Text.Json;

namespace CityTwin.Simulation.Scenarios;

/// <summary>Every lever with its keys, their ranges and what they do in plain words: what a form for planners is made from.</summary>
/// <param name="Groups">The groups, in the order in which to show them.</param>
/// <param name="Levers">The levers, by group.</param>
/// <param name="Assumptions">What a base may assume, under <c>assume</c>.</param>
/// <remarks>Ranges, choices and usual values are the schema's; the words are in three languages.</remarks>
public sealed record LeverBook(ImmutableArray<LeverGroup> Groups, ImmutableArray<LeverEntry> Levers, ImmutableArray<LeverKey> Assumptions)
{
    private static readonly Lazy<LeverBook> Made = new(Make);

    /// <summary>The book.</summary>
    public static LeverBook All => Made.Value;

    private static LeverBook Make()
    {
        using JsonDocument schema = JsonDocument.Parse(BundledScenarios.Schema);
        using JsonDocument texts = JsonDocument.Parse(BundledScenarios.LeverTexts);
        JsonElement words = texts.RootElement;
        JsonElement properties = schema.RootElement.GetProperty("properties");
        JsonElement levers = properties.GetProperty("changes").GetProperty("items").GetProperty("properties");
        JsonElement assumed = properties.GetProperty("base").GetProperty("properties").GetProperty("assume").GetProperty("properties");
        return new LeverBook(
            [.. words.GetProperty("groups").EnumerateArray().Select(g => new LeverGroup(Text(g, "key"), WordsOf(g, "name")))],
            [.. words.GetProperty("levers").EnumerateArray().Select(l => Lever(l, levers.GetProperty(Text(l, "key")), words.GetProperty("selecting")))],
            [.. words.GetProperty("assumptions").EnumerateObject().Select(a => Key(a.Name, assumed.GetProperty(a.Name), false, WordsOf(a.Value), null))]);
    }

    private static LeverEntry Lever(JsonElement words, JsonElement shape, JsonElement selecting)
    {
        ImmutableArray<LeverKey> keys = [];
        if (shape.TryGetProperty("properties", out JsonElement properties))
        {
            string[] required = shape.TryGetProperty("required", out JsonElement r) ? [.. r.EnumerateArray().Select(e => e.GetString()!)] : [];
            keys = [.. properties.EnumerateObject().Select(p =>
            {
                JsonElement told = selecting.TryGetProperty(p.Name, out JsonElement s) ? s : words.GetProperty("keys").GetProperty(p.Name);
                return Key(p.Name, p.Value, required.Contains(p.Name), WordsOf(told, "name"), WordsOf(told, "help"));
            })];
        }
        return new LeverEntry(
            Text(words, "key"), Text(words, "group"), WordsOf(words, "name"), WordsOf(words, "help"), Text(words, "example"), keys, Choices(shape));
    }

    private static LeverKey Key(string key, JsonElement shape, bool isRequired, Wording name, Wording? help)
    {
        JsonElement range = shape.TryGetProperty("anyOf", out JsonElement forms) ? forms[0] : shape;
        string type = range.TryGetProperty("type", out JsonElement t) && t.ValueKind == JsonValueKind.String ? t.GetString()! : "";
        string kind = shape.TryGetProperty("$ref", out _) ? "names"
            : shape.TryGetProperty("enum", out _) ? "choice"
            : type switch { "integer" => "whole", "number" => "number", "boolean" => "flag", _ => forms.ValueKind == JsonValueKind.Array ? "list" : "name" };
        return new LeverKey(key, kind, Number(range, "minimum"), Number(range, "maximum"), Choices(shape), isRequired, name, help, Number(shape, "default"));
    }

    private static ImmutableArray<string> Choices(JsonElement shape) =>
        shape.TryGetProperty("enum", out JsonElement words) ? [.. words.EnumerateArray().Select(w => w.GetString()!)] : [];

    private static double? Number(JsonElement shape, string name) => shape.TryGetProperty(name, out JsonElement n) ? n.GetDouble() : null;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static Wording WordsOf(JsonElement element, string name) => WordsOf(element.GetProperty(name));

    private static Wording WordsOf(JsonElement words) => new(Text(words, "vi"), Text(words, "en"), Text(words, "fr"));
}

/// <summary>The same in three languages.</summary>
/// <param name="Vi">Vietnamese.</param>
/// <param name="En">English.</param>
/// <param name="Fr">French.</param>
public sealed record Wording(string Vi, string En, string Fr);

/// <summary>Levers that belong together.</summary>
/// <param name="Key">As staff.</param>
/// <param name="Name">In words.</param>
public sealed record LeverGroup(string Key, Wording Name);

/// <summary>A lever.</summary>
/// <param name="Key">As it is written in a change.</param>
/// <param name="Group">The key of its group.</param>
/// <param name="Name">In words.</param>
/// <param name="Help">What it does, in a sentence or two.</param>
/// <param name="Example">A change as YAML, without its dash.</param>
/// <param name="Keys">What stands under it; empty: it takes one word, or nothing.</param>
/// <param name="Choices">The words of a lever that takes one word; else empty.</param>
public sealed record LeverEntry(
    string Key, string Group, Wording Name, Wording Help, string Example, ImmutableArray<LeverKey> Keys, ImmutableArray<string> Choices);

/// <summary>A key of a lever, or an assumption.</summary>
/// <param name="Key">As it is written.</param>
/// <param name="Kind">whole, number, choice, flag, names (of offices, services or skills), name (one of them) or list (of hours or days).</param>
/// <param name="Minimum">The least, ends included; null: no number.</param>
/// <param name="Maximum">The most.</param>
/// <param name="Choices">The words to choose from; empty: none.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Name">In words.</param>
/// <param name="Help">What it does; null: the name says it.</param>
/// <param name="Usual">What holds where it is not given; null: no one number.</param>
public sealed record LeverKey(
    string Key, string Kind, double? Minimum, double? Maximum, ImmutableArray<string> Choices, bool IsRequired, Wording Name, Wording? Help, double? Usual);
