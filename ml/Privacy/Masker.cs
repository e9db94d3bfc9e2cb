using System.Text;

namespace CityTwin.Ml.Privacy;

/// <summary>What a masked passage was.</summary>
public enum PrivateKind
{
    /// <summary>A Vietnamese phone number, mobile or landline, with or without +84.</summary>
    Phone,

    /// <summary>A citizen identity number: CCCD, 12 digits.</summary>
    CitizenId,

    /// <summary>An older identity card number: CMND, 9 digits.</summary>
    IdentityCard,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A vehicle's number plate.</summary>
    Plate,

    /// <summary>A house number with its street, alley or the word for address before it.</summary>
    Address,
}

/// <summary>A private passage of a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Begin">Where it begins.</param>
/// <param name="End">The first place past it.</param>
public readonly record struct PrivatePassage(PrivateKind Kind, int Begin, int End);

/// <summary>Finds what would tell who a citizen is, and masks it before a message is stored or learnt from.</summary>
/// <remarks>
/// Patterns, not a model: the same text is always masked alike. Names of people are not found; the text of a message is
/// therefore still personal and must be kept as such. Thread-safe.
/// </remarks>
public static class Masker
{
    /// <summary>What stands in the place of a passage, as <c>[phone]</c>.</summary>
    public static string MaskOf(PrivateKind kind) => kind switch
    {
        PrivateKind.Phone => "[phone]",
        PrivateKind.CitizenId or PrivateKind.IdentityCard => "[identity]",
        PrivateKind.Email => "[email]",
        PrivateKind.Plate => "[plate]",
        PrivateKind.Address => "[address]",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The text with every private passage replaced; the same string where there is none.</summary>
    public static string Mask(string text)
    {
        IReadOnlyList<PrivatePassage> passages = Find(text);
        if (passages.Count == 0)
        {
            return text;
        }
        StringBuilder masked = new(text.Length);
        int from = 0;
        foreach (PrivatePassage passage in passages)
        {
            masked.Append(text, from, passage.Begin - from).Append(MaskOf(passage.Kind));
            from = passage.End;
        }
        return masked.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>The private passages of a text, in order, none overlapping another.</summary>
    public static IReadOnlyList<PrivatePassage> Find(string text)
    {
        List<PrivatePassage> found = [];
        foreach ((PrivateKind kind, System.Text.RegularExpressions.Regex pattern) in PrivatePatterns.InOrder)
        {
            foreach (System.Text.RegularExpressions.ValueMatch match in pattern.EnumerateMatches(text))
            {
                PrivatePassage passage = new(kind, match.Index, match.Index + match.Length);
                if (!found.Exists(f => f.Begin < passage.End && passage.Begin < f.End))
                {
                    found.Add(passage);
                }
            }
        }
        found.Sort((a, b) => a.Begin.CompareTo(b.Begin));
        return found;
    }
}
