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

    /// <summary>", nearest: 'x'" or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        To(word, candidates) is { } nearest ? $" (nearest: '{nearest}')" : "";

    // Levenshtein's distance, one row at a time.
    private static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitute = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j - 1], diagonal) + 1);
            }
        }
        return row[b.Length];
    }
}
