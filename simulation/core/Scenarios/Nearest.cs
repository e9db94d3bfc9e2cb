namespace CityTwin.Simulation.Scenarios;

/// <summary>Finds the valid name that a mistaken one was probably meant to be.</summary>
internal static class Nearest
{
    private static readonly string[] Marked =
        ["aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ", "dđ"];

    /// <summary>The nearest valid name, or null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> valid)
    {
        string folded = Fold(word);
        (string Name, int Distance) best = valid
            .Select(v => (v, Distance(folded, Fold(v)))).DefaultIfEmpty(("", int.MaxValue)).MinBy(x => x.Item2);
        return best.Distance <= Math.Max(2, word.Length / 3) ? best.Name : null;
    }

    /// <summary>A name without marks, case and đ: what two spellings of it have in common.</summary>
    /// <remarks>By table: programs with invariant globalisation do not take letters and marks apart.</remarks>
    public static string Fold(string name) => string.Create(name.Length, name, static (folded, text) =>
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = char.ToLowerInvariant(text[i]);
            folded[i] = c < 128 ? c : Plain(c);
        }
    });

    private static char Plain(char c)
    {
        foreach (string letters in Marked)
        {
            if (letters.Contains(c, StringComparison.Ordinal))
            {
                return letters[0];
            }
        }
        return c;
    }

    // Levenshtein's distance, row by row.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
