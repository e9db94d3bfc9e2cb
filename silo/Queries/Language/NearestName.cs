namespace CityTwin.Silo.Queries;

/// <summary>Finds the valid name that somebody probably meant.</summary>
internal static class NearestName
{
    private const int LengthMax = 60;

    /// <summary>The candidate with the fewest edits from the word, when they are few against its length; else one that begins with it; else null.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LengthMax)
        {
            return null;
        }
        int best = Math.Max(1, word.Length / 3) + 1;
        string? nearest = null;
        string? longer = null;
        foreach (string candidate in candidates)
        {
            int distance = Edits(word, candidate);
            if (distance < best)
            {
                (best, nearest) = (distance, candidate);
            }
            if (longer is null && word.Length >= 3 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                longer = candidate;
            }
        }
        return nearest ?? longer;
    }

    // Levenshtein's distance, capitals and small letters alike, in one row.
    private static int Edits(string a, string b)
    {
        Span<int> row = stackalloc int[LengthMax + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            row[i] = i;
        }
        for (int j = 1; j <= b.Length; j++)
        {
            int diagonal = row[0];
            row[0] = j;
            for (int i = 1; i <= a.Length; i++)
            {
                int substituted = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(substituted, Math.Min(row[i], row[i - 1]) + 1);
            }
        }
        return row[a.Length];
    }
}
