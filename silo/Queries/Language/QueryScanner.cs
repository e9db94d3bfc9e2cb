using System.Globalization;

namespace CityTwin.Silo.Queries;

/// <summary>Walks over the text of a condition. Every refusal names the character.</summary>
internal sealed class QueryScanner(string parameter, string text)
{
    private const string Delimiters = ";|()[],=!<>~\"";

    /// <summary>The next character's place.</summary>
    public int At { get; private set; }

    /// <summary>True at the end, blanks aside.</summary>
    public bool IsAtEnd
    {
        get
        {
            SkipBlanks();
            return At >= text.Length;
        }
    }

    /// <summary>The next character after blanks; 0 at the end.</summary>
    public char Peek()
    {
        SkipBlanks();
        return At < text.Length ? text[At] : '\0';
    }

    /// <summary>Takes a token if it comes next.</summary>
    public bool Take(string token)
    {
        SkipBlanks();
        if (string.CompareOrdinal(text, At, token, 0, token.Length) != 0)
        {
            return false;
        }
        At += token.Length;
        return true;
    }

    /// <summary>Takes a word if it comes next and ends there; capitals and small letters are alike.</summary>
    public bool TakeWord(string word)
    {
        SkipBlanks();
        int end = At + word.Length;
        bool isNext = string.Compare(text, At, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
            && end <= text.Length && (end == text.Length || !char.IsLetterOrDigit(text[end]));
        At = isNext ? end : At;
        return isNext;
    }

    /// <summary>Letters only; empty when none come next.</summary>
    public string Letters()
    {
        SkipBlanks();
        int from = At;
        while (At < text.Length && char.IsLetter(text[At]))
        {
            At++;
        }
        return text[from..At];
    }

    /// <summary>A name of an attribute: letters, digits and underscores; empty when none comes next.</summary>
    public string Name()
    {
        SkipBlanks();
        int from = At;
        while (At < text.Length && (char.IsLetterOrDigit(text[At]) || text[At] == '_'))
        {
            At++;
        }
        return text[from..At];
    }

    /// <summary>A number without sign, or null when none comes next.</summary>
    public double? Number()
    {
        SkipBlanks();
        int from = At;
        while (At < text.Length && (char.IsAsciiDigit(text[At]) || (text[At] == '.' && At + 1 < text.Length && char.IsAsciiDigit(text[At + 1]))))
        {
            At++;
        }
        return double.TryParse(text.AsSpan(from, At - from), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value : null;
    }

    /// <summary>A text in quotation marks, <c>\"</c> and <c>\\</c> inside it; null when none begins here.</summary>
    public string? Quoted()
    {
        if (Peek() != '"')
        {
            return null;
        }
        int opened = At++;
        var value = new System.Text.StringBuilder();
        while (At < text.Length && text[At] != '"')
        {
            if (text[At] == '\\' && At + 1 < text.Length && text[At + 1] is '"' or '\\')
            {
                At++;
            }
            value.Append(text[At++]);
        }
        if (At >= text.Length)
        {
            throw Mistake(opened, "the text in quotation marks does not end", ["\""]);
        }
        At++;
        return value.ToString();
    }

    /// <summary>A bare value: up to a delimiter, a blank or a range's dots. Empty when none comes next.</summary>
    public string Bare()
    {
        SkipBlanks();
        int from = At;
        while (At < text.Length && !char.IsWhiteSpace(text[At]) && !Delimiters.Contains(text[At], StringComparison.Ordinal) && !IsRange(At))
        {
            At++;
        }

        // The '+' of a zone may have become a blank on its way through an address.
        if (At + 6 <= text.Length && text[At] == ' ' && text[from..At].Contains('T', StringComparison.Ordinal)
            && char.IsAsciiDigit(text[At + 1]) && char.IsAsciiDigit(text[At + 2]) && text[At + 3] == ':')
        {
            int zone = At;
            At += 6;
            return $"{text[from..zone]}+{text[(zone + 1)..At]}";
        }
        return text[from..At];
    }

    /// <summary>Whether a range's dots come next, and takes them.</summary>
    public bool TakeRange()
    {
        SkipBlanks();
        bool isRange = IsRange(At);
        At += isRange ? 2 : 0;
        return isRange;
    }

    /// <summary>A mistake at a place.</summary>
    public QueryFormatException Mistake(int at, string reason, IReadOnlyList<string> expected, string? nearest = null) =>
        new(new QueryMistake(parameter, at, reason, expected, nearest));

    /// <summary>A mistake at the next character, which is named.</summary>
    public QueryFormatException Unexpected(params string[] expected) =>
        Mistake(IsAtEnd ? text.Length : At, IsAtEnd ? "the text ends" : $"'{text[At]}' cannot stand here", expected);

    private bool IsRange(int at) => at + 1 < text.Length && text[at] == '.' && text[at + 1] == '.';

    private void SkipBlanks()
    {
        while (At < text.Length && char.IsWhiteSpace(text[At]))
        {
            At++;
        }
    }
}
