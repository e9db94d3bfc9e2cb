namespace CityTwin.Grains.Cities;

/// <summary>Collects mistakes; keeps the first 1,000 and counts the rest.</summary>
internal sealed class MistakeList
{
    private const int KeptMax = 1000;
    private const int QuotedMax = 60;
    private readonly List<CityMistake> _kept = [];

    public int Count { get; private set; }

    public void Add(string file, int line, int column, string found, string expected)
    {
        Count++;
        if (!IsFull)
        {
            _kept.Add(new CityMistake(file, line, column, found, expected));
        }
    }

    /// <summary>The nearest valid name in brackets, for the end of a message; empty when nothing is near, or nobody would see it.</summary>
    public string Hint(string word, IEnumerable<string> candidates) =>
        IsFull || Nearest.To(word, candidates) is not { } nearest ? "" : $" (nearest: '{nearest}')";

    /// <summary>The mistakes by file and place.</summary>
    public IReadOnlyList<CityMistake> Sorted() =>
        [.. _kept.OrderBy(m => m.File, StringComparer.Ordinal).ThenBy(m => m.Line).ThenBy(m => m.Column)];

    /// <summary>A cell's text as a message shows it: in quotes, shortened, without control characters.</summary>
    public static string Quote(string text)
    {
        if (text.Length == 0)
        {
            return "nothing";
        }
        string shown = text.Length > QuotedMax ? text[..QuotedMax] + "…" : text;
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c))}'";
    }

    private bool IsFull => _kept.Count >= KeptMax;
}
