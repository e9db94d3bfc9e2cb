using System.Text;

namespace CityTwin.Ml.Text;

/// <summary>Taking diacritics off, as people do who type without an input method.</summary>
public static class Diacritics
{
    /// <summary>Whether no letter of the text carries a diacritic.</summary>
    internal static bool AreAbsent(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return true;
        }
        foreach (char c in text)
        {
            if (Letters.IsMark(c) || Letters.Small(c) != Letters.Plain(c))
            {
                return false;
            }
        }
        return true;
    }

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
