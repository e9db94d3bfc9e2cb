using System.Text;
using System.Text.Json;
using System.Xml;

namespace CityTwin.ClientApi.Open311;

/// <summary>Turns an answer's JSON into the standard's XML: members become elements, null an empty one, and a list's items have the list's singular.</summary>
internal static class XmlShape
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = false, CheckCharacters = true };

    /// <summary>The XML document, UTF-8 with its declaration.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="root">The root element.</param>
    /// <param name="item">The element of each item, when the answer is a list.</param>
    public static byte[] Of(ReadOnlyMemory<byte> json, string root, string? item)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        using MemoryStream to = new();
        using (XmlWriter xml = XmlWriter.Create(to, Settings))
        {
            xml.WriteStartDocument();
            Write(xml, root, document.RootElement, item);
            xml.WriteEndDocument();
        }
        return to.ToArray();
    }

    private static void Write(XmlWriter xml, string name, JsonElement value, string? item = null)
    {
        xml.WriteStartElement(name);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    Write(xml, member.Name, member.Value);
                }
                break;
            case JsonValueKind.Array:
                foreach (JsonElement one in value.EnumerateArray())
                {
                    Write(xml, item ?? Singular(name), one);
                }
                break;
            case JsonValueKind.Null:
                break;
            case JsonValueKind.String:
                xml.WriteString(Allowed(value.GetString()!));
                break;
            default:
                xml.WriteString(value.GetRawText());
                break;
        }
        xml.WriteEndElement();
    }

    // Names of lists in this standard are plain plurals: attributes, values, endpoints, formats.
    private static string Singular(string name) => name[^1] == 's' ? name[..^1] : name;

    // XML 1.0 has no place for control characters, not even escaped: U+FFFD stands for them.
    private static string Allowed(string text)
    {
        StringBuilder? changed = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]);
            if (isPair || XmlConvert.IsXmlChar(text[i]))
            {
                changed?.Append(text, i, isPair ? 2 : 1);
                i += isPair ? 1 : 0;
            }
            else
            {
                changed ??= new StringBuilder(text, 0, i, text.Length);
                changed.Append('\uFFFD');
            }
        }
        return changed?.ToString() ?? text;
    }
}
