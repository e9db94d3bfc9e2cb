using CityTwin.Ml.Text;

namespace CityTwin.Ml.Classification.Restoring;

/// <summary>Reads a message word by word as <see cref="TokenReader"/> does, a word without diacritics known by the hash of what it most likely was.</summary>
/// <remarks>Allocates nothing. Looks ahead by up to <see cref="Restorer.SegmentMax"/> words.</remarks>
internal ref struct RestoringReader
{
    /// <summary>Characters of scratch needed.</summary>
    internal const int ScratchLength = 2 * TokenReader.WordLengthMax;

    /// <summary>Hashes of room needed.</summary>
    internal const int RoomLength = 3 * Restorer.SegmentMax;

    private readonly Restorer? restorer;
    private readonly Span<ulong> words;
    private readonly Span<ulong> plain;
    private readonly Span<ulong> restored;
    private TokenReader now;
    private TokenReader ahead;
    private int next;
    private int decided;

    /// <summary>Starts before the first word; a null <paramref name="restorer"/> leaves words as they are.</summary>
    internal RestoringReader(ReadOnlySpan<char> text, Restorer? restorer, Span<char> scratch, Span<ulong> room)
    {
        this.restorer = restorer;
        now = new(text, scratch[..TokenReader.WordLengthMax]);
        ahead = new(text, scratch[TokenReader.WordLengthMax..]);
        words = room[..Restorer.SegmentMax];
        plain = room.Slice(Restorer.SegmentMax, Restorer.SegmentMax);
        restored = room.Slice(2 * Restorer.SegmentMax, Restorer.SegmentMax);
    }

    /// <summary>The normalised word as it stands in the text, valid until the next move.</summary>
    internal readonly ReadOnlySpan<char> Word => now.Word;

    /// <summary>The hash of the word as most likely written.</summary>
    internal ulong Hash { get; private set; }

    /// <summary>The hash of the word without diacritics.</summary>
    internal readonly ulong PlainHash => now.PlainHash;

    /// <summary>Where the word begins in the text.</summary>
    internal readonly int Begin => now.Begin;

    /// <summary>The first place in the text past the word.</summary>
    internal readonly int End => now.End;

    /// <summary>Goes to the next word; false at the end.</summary>
    internal bool MoveNext()
    {
        if (!now.MoveNext())
        {
            return false;
        }
        if (restorer is null)
        {
            Hash = now.Hash;
            return true;
        }
        if (next == decided)
        {
            Decide(restorer);
        }
        Hash = restored[next++];
        return true;
    }

    private void Decide(Restorer by)
    {
        int before = decided == 0 ? -1 : by.Find(restored[decided - 1]);
        (next, decided) = (0, 0);
        // A segment ends, if it can, at a word that leaves no choice: then nothing is lost by deciding there.
        while (decided < Restorer.SegmentMax
            && (decided < Restorer.SegmentMax / 2 || !by.IsSure(words[decided - 1], plain[decided - 1]))
            && ahead.MoveNext())
        {
            (words[decided], plain[decided]) = (ahead.Hash, ahead.PlainHash);
            decided++;
        }
        by.Restore(before, words[..decided], plain[..decided], restored);
    }
}
