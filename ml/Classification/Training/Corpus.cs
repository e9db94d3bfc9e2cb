using CityTwin.Ml.Classification.Restoring;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Classification.Training;

/// <summary>Texts as lists of units, a unit being a word or two neighbouring words, each unit stored once.</summary>
internal sealed class Corpus
{
    private readonly Dictionary<ulong, int> wordOf = [];
    private readonly Dictionary<(int, int), int> pairOf = [];
    private readonly List<Unit> units = [];
    private readonly List<int[]> texts = [];

    /// <summary>A word (<see cref="Letters"/> set) or a pair of words (<see cref="Letters"/> null, the ids of both).</summary>
    internal readonly record struct Unit(string? Letters, ulong Hash, ulong PlainHash, int First, int Second);

    /// <summary>Every unit once.</summary>
    internal IReadOnlyList<Unit> Units => units;

    /// <summary>The units of each text, in the order of reading, pairs among the words.</summary>
    internal IReadOnlyList<int[]> Texts => texts;

    /// <summary>Adds a text, its words restored where a restorer is given; returns its number.</summary>
    internal int Add(ReadOnlySpan<char> text, Restorer? restorer = null)
    {
        Span<char> scratch = stackalloc char[RestoringReader.ScratchLength];
        Span<ulong> ahead = stackalloc ulong[RestoringReader.RoomLength];
        RestoringReader reader = new(text, restorer, scratch, ahead);
        List<int> found = [];
        int before = -1;
        while (reader.MoveNext())
        {
            if (!wordOf.TryGetValue(reader.Hash, out int word))
            {
                word = units.Count;
                wordOf.Add(reader.Hash, word);
                units.Add(new(reader.Word.ToString(), reader.Hash, reader.PlainHash, -1, -1));
            }
            found.Add(word);
            if (before >= 0)
            {
                found.Add(PairOf(before, word));
            }
            before = word;
        }
        texts.Add([.. found]);
        return texts.Count - 1;
    }

    /// <summary>The words of a text: their hashes as written and without diacritics.</summary>
    internal IReadOnlyList<(ulong Hash, ulong Plain)> WordsOf(int text) =>
        [.. texts[text].Where(u => units[u].Letters is not null).Select(u => (units[u].Hash, units[u].PlainHash))];

    private int PairOf(int first, int second)
    {
        if (!pairOf.TryGetValue((first, second), out int pair))
        {
            pair = units.Count;
            pairOf.Add((first, second), pair);
            units.Add(new(null, TextHash.Pair(units[first].Hash, units[second].Hash), 0, first, second));
        }
        return pair;
    }
}
