using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace CityTwin.Simulation.Scenarios;

/// <summary>Values to try: <c>1..6</c>, <c>0.1..0.5 step 0.1</c>, or a list.</summary>
public static class SweepSyntax
{
    private const int ValuesMax = 1_000;

    /// <summary>Reads an axis as it is written on a command line: <c>officers=1..6</c>.</summary>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public static SweepAxis Parse(string text)
    {
        int equals = text.IndexOf('=');
        ImmutableArray<double> values = equals > 0 && TryValues(text[(equals + 1)..], out ImmutableArray<double> read) ? read : [];
        return values.IsEmpty
            ? throw new FormatException($"'{text}': expected name=first..last, name=first..last step s, or name=v1,v2,v3")
            : new SweepAxis(text[..equals], values);
    }

    internal static ImmutableArray<SweepAxis> Read(YamlNode root, YamlReader reader)
    {
        if (root is not YamlMappingNode top || !top.Children.TryGetValue(new YamlScalarNode("sweep"), out YamlNode? node))
        {
            return [];
        }
        if (node is not YamlMappingNode mapping)
        {
            reader.Add(node, MistakeCode.NoSweepNames);
            return [];
        }
        List<SweepAxis> axes = [];
        foreach ((YamlNode key, YamlNode value) in mapping)
        {
            string text = value switch
            {
                YamlScalarNode scalar => scalar.Value ?? "",
                YamlSequenceNode list => string.Join(',', list.Children.Select(c => (c as YamlScalarNode)?.Value)),
                _ => "",
            };
            if (TryValues(text, out ImmutableArray<double> values))
            {
                axes.Add(new SweepAxis(((YamlScalarNode)key).Value ?? "", values));
            }
            else
            {
                reader.Add(value, MistakeCode.NoSweepValues, $"{ValuesMax}", text);
            }
        }
        return [.. axes];
    }

    private static bool TryValues(string text, out ImmutableArray<double> values)
    {
        values = [];
        string[] range = text.Split("..", 2);
        if (range.Length == 2)
        {
            string[] end = range[1].Split("step", 2);
            if (!Number(range[0], out double first) || !Number(end[0], out double last))
            {
                return false;
            }
            double step = 1;
            if ((end.Length == 2 && !Number(end[1], out step)) || step <= 0 || last < first || (last - first) / step >= ValuesMax)
            {
                return false;
            }
            values = [.. Enumerable.Range(0, (int)Math.Floor(((last - first) / step) + 1e-9) + 1).Select(i => Math.Round(first + (i * step), 12))];
            return true;
        }
        List<double> list = [];
        foreach (string word in text.Split(','))
        {
            if (!Number(word, out double value))
            {
                return false;
            }
            list.Add(value);
        }
        values = [.. list];
        return list.Count <= ValuesMax;
    }

    private static bool Number(string text, out double value) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
