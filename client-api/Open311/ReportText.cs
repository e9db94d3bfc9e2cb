using System.Text;

namespace CityTwin.ClientApi.Open311;

/// <summary>What a report says beyond its description: kept as lines below it, so that the official who reads the case reads them too.</summary>
/// <remarks>All of it is the citizen's own text: it is stored encrypted, masked when shown, and forgotten, with the description.</remarks>
/// <param name="Description">What was written.</param>
/// <param name="Address">Where, in words; null when not given.</param>
/// <param name="MediaUrl">A picture's address; null when not given.</param>
/// <param name="Attributes">Answers to the category's questions, in the order given; a code may come more than once.</param>
internal sealed record ReportText(string Description, string? Address = null, string? MediaUrl = null, IReadOnlyList<(string Code, string Value)>? Attributes = null)
{
    private const string Border = "\n\n[open311]\n";
    private const string AddressLine = "address: ";
    private const string MediaLine = "media_url: ";
    private const string AttributeLine = "attribute[";

    /// <summary>The one text of the case.</summary>
    public string Join()
    {
        bool isPlain = Address is null && MediaUrl is null && (Attributes?.Count ?? 0) == 0;

        // A description that has the border in it gets another: the last one counts.
        if (isPlain && !Description.Contains(Border, StringComparison.Ordinal))
        {
            return Description;
        }
        var text = new StringBuilder(Description).Append(Border);
        AddLine(text, AddressLine, Address);
        AddLine(text, MediaLine, MediaUrl);
        foreach ((string code, string value) in Attributes ?? [])
        {
            AddLine(text, $"{AttributeLine}{code}]: ", value);
        }
        return text.ToString();
    }

    /// <summary>Takes a case's text apart; a text of another origin is all description.</summary>
    public static ReportText Split(string text)
    {
        int border = text.LastIndexOf(Border, StringComparison.Ordinal);
        if (border < 0)
        {
            return new ReportText(text);
        }
        string? address = null;
        string? media = null;
        List<(string, string)> attributes = [];
        foreach (string line in text[(border + Border.Length)..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int end = line.IndexOf("]: ", StringComparison.Ordinal);
            if (line.StartsWith(AddressLine, StringComparison.Ordinal))
            {
                address = line[AddressLine.Length..];
            }
            else if (line.StartsWith(MediaLine, StringComparison.Ordinal))
            {
                media = line[MediaLine.Length..];
            }
            else if (line.StartsWith(AttributeLine, StringComparison.Ordinal) && end > 0)
            {
                attributes.Add((line[AttributeLine.Length..end], line[(end + 3)..]));
            }
        }
        return new ReportText(text[..border], address, media, attributes);
    }

    private static void AddLine(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(name).Append(value.ReplaceLineEndings(" ")).Append('\n');
        }
    }
}
