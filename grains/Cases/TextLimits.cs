using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>How long texts and lists in commands may be. Our own rule: room for what a person writes, and no more.</summary>
public static class TextLimits
{
    /// <summary>Characters of a description, an answer, a reason or a comment.</summary>
    public const int TextMax = 4_000;

    /// <summary>Characters of a report as it is kept: a description, and what came with it from other programs.</summary>
    public const int ReportMax = 6_000;

    /// <summary>Characters of a name.</summary>
    public const int NameMax = 200;

    /// <summary>Characters of a code.</summary>
    public const int CodeMax = 40;

    /// <summary>Documents named in one command.</summary>
    public const int DocumentsMax = 50;

    /// <summary>Whether a text is there, says something and is not too long.</summary>
    public static bool IsText(string? text, int max = TextMax) => !string.IsNullOrWhiteSpace(text) && text.Length <= max;

    /// <summary>Whether a text that may be left out is not too long.</summary>
    public static bool IsTextOrNone(string? text, int max = TextMax) => text is null || text.Length <= max;

    /// <summary>The list, or an empty one where a command came without any.</summary>
    internal static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> list) => list.IsDefault ? [] : list;

    /// <summary>Why a list of documents cannot be taken, or <see cref="Refusal.None"/>.</summary>
    internal static Refusal Check(Catalogue catalogue, ImmutableArray<string> documents)
    {
        if (documents.Length > DocumentsMax)
        {
            return Refusal.OutOfRange;
        }
        foreach (string document in documents)
        {
            if (document is null || !catalogue.Documents.ContainsKey(document))
            {
                return Refusal.UnknownDocument;
            }
        }
        return Refusal.None;
    }
}
