namespace CityTwin.Ml.Text;

/// <summary>Reads a message word by word, normalised: small letters, marks composed, drawn-out letters shortened, digits
/// as <c>0</c>, tone marks in the newer place (<c>hoà</c> as <c>hòa</c>), teencode spelled out.</summary>
/// <remarks>Allocates nothing. Words longer than <see cref="WordLengthMax"/> characters are cut. <c>!</c> and <c>?</c> are words.</remarks>
internal ref struct TokenReader
{
    /// <summary>The longest word, in characters, that scratch must have room for.</summary>
    internal const int WordLengthMax = 40;

    private const int DigitsMax = 4;
    private readonly ReadOnlySpan<char> text;
    private readonly Span<char> scratch;
    private int next;
    private Teencode.Word[]? pending;
    private int pendingNext;

    /// <summary>Starts before the first word. <paramref name="scratch"/> has at least <see cref="WordLengthMax"/> characters.</summary>
    internal TokenReader(ReadOnlySpan<char> text, Span<char> scratch)
    {
        this.text = text;
        this.scratch = scratch;
    }

    /// <summary>The normalised word, valid until the next move.</summary>
    internal ReadOnlySpan<char> Word { get; private set; }

    /// <summary>The word's hash.</summary>
    internal ulong Hash { get; private set; }

    /// <summary>The hash of the word without diacritics; the word's own where it has none.</summary>
    internal ulong PlainHash { get; private set; }

    /// <summary>Where the word begins in the text.</summary>
    internal int Begin { get; private set; }

    /// <summary>The first place in the text past the word.</summary>
    internal int End { get; private set; }

    /// <summary>Goes to the next word; false at the end.</summary>
    internal bool MoveNext()
    {
        if (pending is not null)
        {
            Take(pending[pendingNext++]);
            pending = pendingNext < pending.Length ? pending : null;
            return true;
        }
        while (next < text.Length && !IsWordPart(text[next]) && text[next] is not ('!' or '?'))
        {
            next++;
        }
        if (next >= text.Length)
        {
            return false;
        }
        Begin = next;
        int length = text[next] is '!' or '?' ? ReadMark() : ReadWord();
        End = next;
        Word = scratch[..length];
        Hash = TextHash.Of(Word);
        if (length <= Teencode.LengthMax && Teencode.TryGet(Hash, out Teencode.Word[] spelled))
        {
            Take(spelled[0]);
            pending = spelled.Length > 1 ? spelled : null;
            pendingNext = 1;
            return true;
        }
        PlainHash = HashPlain(Word);
        return true;
    }

    private static ulong HashPlain(ReadOnlySpan<char> word)
    {
        ulong hash = TextHash.Start;
        foreach (char c in word)
        {
            hash = TextHash.Add(hash, Letters.Plain(c));
        }
        return TextHash.Finish(hash);
    }

    private static bool IsWordPart(char c) => c < 128 ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c) || Letters.IsMark(c);

    private void Take(Teencode.Word word)
    {
        Word = word.Letters;
        Hash = word.Hash;
        PlainHash = word.PlainHash;
    }

    private int ReadMark()
    {
        scratch[0] = text[next];
        while (next < text.Length && text[next] is '!' or '?')
        {
            next++;
        }
        return 1;
    }

    private int ReadWord()
    {
        int length = 0;
        int run = 0;
        for (; next < text.Length && IsWordPart(text[next]); next++)
        {
            char c = text[next];
            if (Letters.IsMark(c))
            {
                if (length > 0)
                {
                    scratch[length - 1] = Letters.Join(scratch[length - 1], c);
                }
                continue;
            }
            char small = char.IsDigit(c) ? '0' : Letters.Small(c);
            run = length > 0 && Letters.Plain(scratch[length - 1]) == Letters.Plain(small) ? run + 1 : 1;
            if (small == '0' ? run > DigitsMax : run > 2)
            {
                // "quáaaa": what is drawn out goes back to its first letter, which carries the tone.
                length = small != '0' && run == 3 ? length - 1 : length;
                continue;
            }
            if (length < WordLengthMax)
            {
                scratch[length++] = small;
            }
        }
        return NewerTonePlace(scratch[..length]);
    }

    private static int NewerTonePlace(Span<char> word)
    {
        if (word.Length < 2)
        {
            return word.Length;
        }
        (char first, char last) = (word[^2], word[^1]);
        int tone = last switch
        {
            _ when first == 'o' && ("àảãáạ".IndexOf(last) is >= 0 and var t) => t,
            _ when first == 'o' && ("èẻẽéẹ".IndexOf(last) is >= 0 and var t) => t,
            _ when first == 'u' && (word.Length < 3 || word[^3] != 'q') && ("ỳỷỹýỵ".IndexOf(last) is >= 0 and var t) => t,
            _ => -1,
        };
        if (tone >= 0)
        {
            word[^2] = (first == 'o' ? "òỏõóọ" : "ùủũúụ")[tone];
            word[^1] = Letters.Plain(last);
        }
        return word.Length;
    }
}
