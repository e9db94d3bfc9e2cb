namespace CityTwin.Ml.Text;

/// <summary>What is known of a single letter: its small composed form, its form without diacritics, and how marks join it.</summary>
/// <remarks>
/// The program runs with invariant globalisation, under which the framework composes nothing, so the composition that
/// Vietnamese, French and Portuguese need is here. Thread-safe: the tables are written once.
/// </remarks>
internal static class Letters
{
    /// <summary>Letters past this code point are taken as they are.</summary>
    internal const int TableSize = 0x1F00;

    private const string Marks = "\u0300\u0309\u0303\u0301\u0323\u0302\u0306\u031B\u0308\u0327";

    // Each line: what carries the mark of the same place in Marks; a space where the composed letter does not exist.
    private static readonly string[] Compositions =
    [
        "aàảãáạâă ä ", "ăằẳẵắặ     ", "âầẩẫấậ     ", "eèẻẽéẹê  ë ", "êềểễếệ     ", "iìỉĩíịî  ï ",
        "oòỏõóọô ơö ", "ôồổỗốộ     ", "ơờởỡớợ     ", "uùủũúụû ưü ", "ưừửữứự     ", "yỳỷỹýỵŷ  ÿ ",
        "ạ     ặậ   ", "ẹ     ệ    ", "ọ     ộ ợ  ", "ụ       ự  ", "c   ćĉ    ç", "nǹ ñń      ",
    ];

    private static readonly char[] Smalls = BuildSmalls();
    private static readonly char[] Plains = BuildPlains();
    private static readonly Dictionary<(char Letter, char Mark), char> Composed = BuildComposed();

    /// <summary>The small letter, one code unit for one.</summary>
    internal static char Small(char c) => c < Smalls.Length ? Smalls[c] : char.ToLowerInvariant(c);

    /// <summary>The small letter without diacritics: <c>ộ</c> gives <c>o</c>, <c>đ</c> gives <c>d</c>.</summary>
    internal static char Plain(char c) => c < Plains.Length ? Plains[c] : char.ToLowerInvariant(c);

    /// <summary>Whether the code unit is a combining mark.</summary>
    internal static bool IsMark(char c) => c is >= '\u0300' and <= '\u036F';

    /// <summary>The letter that a small letter and a combining mark make together, or the letter itself where they make none.</summary>
    internal static char Join(char small, char mark)
    {
        char asWritten = mark switch { '\u0340' => '\u0300', '\u0341' => '\u0301', _ => mark };
        return Composed.TryGetValue((small, asWritten), out char joined) ? joined : small;
    }

    private static char[] BuildSmalls()
    {
        char[] smalls = new char[TableSize];
        for (int i = 0; i < smalls.Length; i++)
        {
            smalls[i] = char.ToLowerInvariant((char)i);
        }
        return smalls;
    }

    private static char[] BuildPlains()
    {
        char[] plains = BuildSmalls();
        ReadOnlySpan<string> families =
        [
            "aàảãáạăằẳẵắặâầẩẫấậäåā", "eèẻẽéẹêềểễếệëē", "iìỉĩíịîïī", "oòỏõóọôồổỗốộơờởỡớợöøō",
            "uùủũúụưừửữứựûüū", "yỳỷỹýỵÿŷ", "dđð", "cçćĉ", "nñńǹ", "sšśş", "zžźż", "ß", "æ", "œ",
        ];
        foreach (string family in families)
        {
            foreach (char letter in family)
            {
                plains[letter] = family[0];
                plains[char.ToUpperInvariant(letter)] = family[0];
            }
        }
        return plains;
    }

    private static Dictionary<(char, char), char> BuildComposed()
    {
        Dictionary<(char, char), char> composed = [];
        foreach (string line in Compositions)
        {
            for (int i = 1; i < line.Length; i++)
            {
                if (line[i] != ' ')
                {
                    composed[(line[0], Marks[i - 1])] = line[i];
                }
            }
        }
        // A tone may come before the shape (e + dot below + circumflex) or after it; both end in the same letter.
        foreach ((char plain, char shape, string line) in ((char, char, string)[])
        [
            ('a', '\u0302', "àầảẩãẫáấạậ"), ('a', '\u0306', "àằảẳãẵáắạặ"), ('e', '\u0302', "èềẻểẽễéếẹệ"),
            ('o', '\u0302', "òồỏổõỗóốọộ"), ('o', '\u031B', "òờỏởõỡóớọợ"), ('u', '\u031B', "ùừủửũữúứụự"),
        ])
        {
            for (int i = 0; i < line.Length; i += 2)
            {
                composed[(line[i], shape)] = line[i + 1];
            }
        }
        return composed;
    }
}
