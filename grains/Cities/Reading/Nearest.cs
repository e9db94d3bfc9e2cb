namespace CityTwin.Grains.Cities;

/// <summary>Finds the valid name that somebody probably meant.</summary>
internal static class Nearest
{
    private const int LengthMax = 60;

    /// <summary>The candidate with the smallest edit distance, when that is small against the word's length; else null.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LengthMax)
        {
            return null;
        }
        int best = Math.Max(1, word.Length / 3) + 1;
        string? nearest = null;
        foreach (string candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) < best && Distance(word, candidate) is var distance && distance < best)
            {
                (best, nearest) = (distance, candidate);
            }
        }
        return nearest;
    }

    // Edits are insertion, deletion, substitution and the swap of two neighbours, the commonest slip of fingers.
    private static int Distance(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }
                int substituted = edits[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                edits[i, j] = Math.Min(substituted, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }
        return edits[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
