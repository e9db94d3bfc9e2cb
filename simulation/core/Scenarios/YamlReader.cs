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

    public void Add(YamlNode at, MistakeCode code, params ImmutableArray<string> values) =>
        _mistakes.Add(new ScenarioMistake((int)at.Start.Line, (int)at.Start.Column, code, values));

    /// <summary>Keeps a mistake in a name, with the valid one that was probably meant.</summary>
    public void Add(YamlNode at, MistakeCode code, string found, IEnumerable<string> valid, params ImmutableArray<string> values) =>
        _mistakes.Add(new ScenarioMistake((int)at.Start.Line, (int)at.Start.Column, code, values) { Nearest = Nearest.Of(found, valid) });

    /// <summary>The entries of a mapping; unknown keys are mistakes.</summary>
    public Dictionary<string, YamlNode> Mapping(YamlNode node, params string[] known)
    {
        Dictionary<string, YamlNode> entries = [];
        if (node is not YamlMappingNode mapping)
        {
            Add(node, MistakeCode.NoMapping, Listed(known));
            return entries;
        }
        foreach ((YamlNode key, YamlNode value) in mapping)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            if (!known.Contains(name))
            {
                Add(key, MistakeCode.UnknownKey, name, known, name, Listed(known));
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
        Add(owner, MistakeCode.MissingKey, key);
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
        Add(node, MistakeCode.NoText);
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
                Add(node, MistakeCode.UnsetName, text[1..], variables.Keys, text);
                return null;
            }
        }
        else if (!TryNumber(text, out value))
        {
            Add(node, MistakeCode.NoNumber, Written(low), Written(high), text);
            return null;
        }
        if (value < low || value > high)
        {
            Add(node, MistakeCode.OutOfRange, Written(low), Written(high), Written(value));
            return null;
        }
        return value;
    }

    public int? Whole(YamlNode? node, int low, int high)
    {
        double? value = Number(node, low, high);
        if (value is { } v && v != Math.Floor(v))
        {
            Add(node!, MistakeCode.NotWhole, Written(low), Written(high), Written(v));
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
        Add(node, MistakeCode.NoDate, text);
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
        Add(node, MistakeCode.UnknownWord, text, words, Listed(words), text);
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
                Add(item, MistakeCode.NoName);
            }
        }
        return [.. names];
    }

    public void Add(Named at, MistakeCode code, IEnumerable<string> valid) =>
        _mistakes.Add(new ScenarioMistake(at.Line, at.Column, code, [at.Text]) { Nearest = Nearest.Of(at.Text, valid) });

    public void Add(YamlException trouble) =>
        _mistakes.Add(new ScenarioMistake((int)trouble.Start.Line, (int)trouble.Start.Column, MistakeCode.NotYaml, [trouble.Message]));

    private static string Listed(IEnumerable<string> words) => string.Join(", ", words);

    private static string Written(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool TryNumber(string text, out double value)
    {
        bool isPercent = text.EndsWith('%');
        bool read = double.TryParse(isPercent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        value = isPercent ? value / 100 : value;
        return read;
    }
}
