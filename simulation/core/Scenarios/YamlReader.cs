using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CityTwin.Simulation.Scenarios;

/// <summary>Reads values out of YAML nodes and keeps every mistake with its place.</summary>
internal sealed class YamlReader(IReadOnlyDictionary<string, double> variables)
{
    private readonly List<ScenarioMistake> _mistakes = [];
    private readonly HashSet<string> _used = [];

    /// <summary>The variables that stand somewhere in the text, without their <c>$</c>.</summary>
    public IReadOnlySet<string> Used => _used;

    public ImmutableArray<ScenarioMistake> Mistakes => [.. _mistakes.OrderBy(m => m.Line).ThenBy(m => m.Column)];

    public int MistakeCount => _mistakes.Count;

    public void Add(YamlNode at, string what) => _mistakes.Add(new ScenarioMistake((int)at.Start.Line, (int)at.Start.Column, what));

    /// <summary>The entries of a mapping; unknown keys are mistakes.</summary>
    public Dictionary<string, YamlNode> Mapping(YamlNode node, params string[] known)
    {
        Dictionary<string, YamlNode> entries = [];
        if (node is not YamlMappingNode mapping)
        {
            Add(node, $"expected a mapping with {string.Join(", ", known)}");
            return entries;
        }
        foreach ((YamlNode key, YamlNode value) in mapping)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            if (!known.Contains(name))
            {
                Add(key, $"unknown key '{name}'; expected one of {string.Join(", ", known)}{Nearest.Hint(name, known)}");
            }
            entries[name] = value;
        }
        return entries;
    }

    public YamlNode? Required(Dictionary<string, YamlNode> entries, YamlNode owner, string key)
    {
        if (entries.TryGetValue(key, out YamlNode? value))
        {
            return value;
        }
        Add(owner, $"'{key}' is missing");
        return null;
    }

    public string Text(YamlNode? node, string otherwise = "")
    {
        if (node is null)
        {
            return otherwise;
        }
        if (node is YamlScalarNode { Value: { } text })
        {
            return text;
        }
        Add(node, "expected a text");
        return otherwise;
    }

    public double? Number(YamlNode? node, double low, double high)
    {
        if (node is null)
        {
            return null;
        }
        string text = (node as YamlScalarNode)?.Value ?? "";
        double value;
        if (text.StartsWith('$'))
        {
            _used.Add(text[1..]);
            if (!variables.TryGetValue(text[1..], out value))
            {
                Add(node, $"'{text}' is not set: name it under sweep{Nearest.Hint(text[1..], variables.Keys)}");
                return null;
            }
        }
        else if (!TryNumber(text, out value))
        {
            Add(node, $"expected a number from {low} to {high}, found '{text}'");
            return null;
        }
        if (value < low || value > high)
        {
            Add(node, $"expected a number from {low} to {high}, found {value.ToString(CultureInfo.InvariantCulture)}");
            return null;
        }
        return value;
    }

    public int? Whole(YamlNode? node, int low, int high)
    {
        double? value = Number(node, low, high);
        if (value is { } v && v != Math.Floor(v))
        {
            Add(node!, $"expected a whole number from {low} to {high}, found {v.ToString(CultureInfo.InvariantCulture)}");
            return null;
        }
        return value is { } whole ? (int)whole : null;
    }

    /// <summary>Whether a node is a word that stands in place of a number.</summary>
    public static bool IsWord(YamlNode? node, string word) => node is YamlScalarNode { Value: { } text } && text == word;

    public DateOnly? Date(YamlNode? node)
    {
        if (node is null)
        {
            return null;
        }
        string text = (node as YamlScalarNode)?.Value ?? "";
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            return date;
        }
        Add(node, $"expected a date as 2027-01-25, found '{text}'");
        return null;
    }

    public T? OneOf<T>(YamlNode? node, params (string Word, T Value)[] choices)
        where T : struct
    {
        if (node is null)
        {
            return null;
        }
        string text = (node as YamlScalarNode)?.Value ?? "";
        foreach ((string word, T value) in choices)
        {
            if (word == text)
            {
                return value;
            }
        }
        string[] words = [.. choices.Select(c => c.Word)];
        Add(node, $"expected one of {string.Join(", ", words)}, found '{text}'{Nearest.Hint(text, words)}");
        return null;
    }

    /// <summary>A word or a list of words; <c>all</c> and nothing are the empty list.</summary>
    public ImmutableArray<Named> Names(YamlNode? node)
    {
        IEnumerable<YamlNode> items = node switch
        {
            null => [],
            YamlScalarNode { Value: "all" } => [],
            YamlSequenceNode sequence => sequence.Children,
            _ => [node],
        };
        List<Named> names = [];
        foreach (YamlNode item in items)
        {
            if (item is YamlScalarNode { Value: { Length: > 0 } text })
            {
                names.Add(new Named(text, (int)item.Start.Line, (int)item.Start.Column));
            }
            else
            {
                Add(item, "expected a name");
            }
        }
        return [.. names];
    }

    public void Add(Named at, string what) => _mistakes.Add(new ScenarioMistake(at.Line, at.Column, what));

    public void Add(YamlException trouble) =>
        _mistakes.Add(new ScenarioMistake((int)trouble.Start.Line, (int)trouble.Start.Column, $"not YAML: {trouble.Message}"));

    private static bool TryNumber(string text, out double value)
    {
        bool isPercent = text.EndsWith('%');
        bool read = double.TryParse(isPercent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        value = isPercent ? value / 100 : value;
        return read;
    }
}
