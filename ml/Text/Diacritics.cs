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

    /// <summary>How many words a text has, and how many of them carry a diacritic.</summary>
    internal static (int Words, int Marked) CountWords(ReadOnlySpan<char> text)
    {
        (int words, int marked) = (0, 0);
        (bool within, bool carries) = (false, false);
        foreach (char c in text)
        {
            bool isMark = Letters.IsMark(c);
            if (!isMark && (c < 128 ? !char.IsAsciiLetter(c) : !char.IsLetter(c)))
            {
                (within, carries) = (false, false);
                continue;
            }
            words += within ? 0 : 1;
            within = true;
            if (!carries && c >= 128 && (isMark || Letters.Small(c) != Letters.Plain(c)))
            {
                carries = true;
                marked++;
            }
        }
        return (words, marked);
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
