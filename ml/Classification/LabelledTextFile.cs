using System.Text;

namespace CityTwin.Ml.Classification;

/// <summary>Examples as tab-separated lines: <c>label TAB text</c>, or <c>category TAB level TAB urgency TAB text</c>.</summary>
/// <remarks>UTF-8; an empty label means that nobody said. A line starting with <c>#</c> is a remark; the examples up to the
/// next remark are a group: told of one situation, they are never split between learning and validation.</remarks>
public static class LabelledTextFile
{
    /// <summary>The longest text read, in characters.</summary>
    public const int TextLengthMax = 20_000;

    /// <summary>Reads every example of a file.</summary>
    /// <exception cref="InvalidDataException">A line has another shape; the message gives the file and the line.</exception>
    public static IReadOnlyList<Example> Read(string path)
    {
        using StreamReader reader = new(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        return Read(reader, path);
    }

    /// <summary>Reads every example; <paramref name="name"/> is what errors call the source.</summary>
    /// <exception cref="InvalidDataException">A line has another shape.</exception>
    public static IReadOnlyList<Example> Read(TextReader reader, string name)
    {
        List<Example> examples = [];
        int number = 0;
        int columns = 0;
        string? group = null;
        try
        {
            while (reader.ReadLine() is { } line)
            {
                number++;
                if (line.Length == 0 || line[0] == '#')
                {
                    group = number > 1 && line.Length > 0 ? line : group;
                    continue;
                }
                string[] cells = line.Split('\t');
                columns = columns == 0 ? cells.Length : columns;
                examples.Add(ToExample(cells, columns, $"{name}({number})") with { Group = group });
            }
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"{name}({number + 1}): the bytes are not UTF-8.");
        }
        return examples.Count > 0 ? examples : throw new InvalidDataException($"{name}: no examples.");
    }

    private static Example ToExample(string[] cells, int columns, string place)
    {
        if (cells.Length is not (2 or 4))
        {
            throw new InvalidDataException(
                $"{place}: {cells.Length} columns; 'label TAB text' or 'category TAB level TAB urgency TAB text' is expected.");
        }
        if (cells.Length != columns)
        {
            throw new InvalidDataException($"{place}: {cells.Length} columns where the lines above have {columns}.");
        }
        string text = cells[^1].Trim();
        if (text.Length is 0 or > TextLengthMax)
        {
            throw new InvalidDataException($"{place}: a text of {text.Length} characters; 1 to {TextLengthMax} are read.");
        }
        return new(text, [.. cells[..^1].Select(c => c.Trim() is { Length: > 0 } label ? label : null)]);
    }
}
