using System.Text;

namespace CityTwin.Ml.Text;

/// <summary>Taking diacritics off, as people do who type without an input method.</summary>
public static class Diacritics
{
    /// <summary>The text without diacritics, capitals kept: <c>Đường ngập</c> gives <c>Duong ngap</c>.</summary>
    public static string Strip(ReadOnlySpan<char> text)
    {
        StringBuilder plain = new(text.Length);
        foreach (char c in text)
        {
            if (Letters.IsMark(c))
            {
                continue;
            }
            char bare = Letters.Plain(c);
            plain.Append(char.IsUpper(c) ? char.ToUpperInvariant(bare) : bare);
        }
        return plain.ToString();
    }
}
