namespace CityTwin.Silo.Queries;

/// <summary>Vietnamese words in small letters, with their diacritics and without.</summary>
internal static class VietnameseLetters
{
    private static readonly string[] Families =
    [
        "aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ", "dđ",
    ];

    private static readonly Dictionary<char, char> BaseOf = Families.SelectMany(f => f.Skip(1).Select(c => (c, f[0]))).ToDictionary(p => p.c, p => p.Item2);

    // A letter and a combining mark that follows it: how some keyboards and systems send what others send as one letter.
    private static readonly Dictionary<(char Letter, char Mark), char> Joined = Joins();

    /// <summary>The words of a text: runs of letters and digits, small, each letter with its marks as one character.</summary>
    public static List<string> Words(string text)
    {
        List<string> words = [];
        var reader = new WordReader(text, new char[text.Length]);
        while (reader.MoveNext())
        {
            words.Add(reader.Current.ToString());
        }
        return words;
    }

    /// <summary>Whether a character is a combining mark.</summary>
    public static bool IsMark(char c) => c is >= '\u0300' and <= '\u036f';

    /// <summary>The letter that a letter and a combining mark after it make.</summary>
    public static bool TryJoin(char letter, char mark, out char joined) => Joined.TryGetValue((letter, mark), out joined);

    /// <summary>A small word without its diacritics.</summary>
    public static string Plain(string word) => string.Create(word.Length, word, static (plain, w) =>
    {
        for (int i = 0; i < w.Length; i++)
        {
            plain[i] = BaseOf.GetValueOrDefault(w[i], w[i]);
        }
    });

    private static Dictionary<(char, char), char> Joins()
    {
        const string Tones = "\u0300\u0301\u0309\u0303\u0323";
        var joins = new Dictionary<(char, char), char>
        {
            [('a', '\u0306')] = 'ă',
            [('a', '\u0302')] = 'â',
            [('e', '\u0302')] = 'ê',
            [('o', '\u0302')] = 'ô',
            [('o', '\u031b')] = 'ơ',
            [('u', '\u031b')] = 'ư',
        };
        foreach (string family in Families.Where(f => f.Length > 2))
        {
            for (int i = 0; i < family.Length; i += 6)
            {
                for (int tone = 0; tone < Tones.Length; tone++)
                {
                    joins[(family[i], Tones[tone])] = family[i + 1 + tone];
                }
            }
        }

        // Canonical order puts the dot below before the hat or breve: ạ + ^ is ậ.
        joins[('ạ', '\u0302')] = 'ậ';
        joins[('ạ', '\u0306')] = 'ặ';
        joins[('ẹ', '\u0302')] = 'ệ';
        joins[('ọ', '\u0302')] = 'ộ';
        return joins;
    }
}
