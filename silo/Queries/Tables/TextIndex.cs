using System.Runtime.InteropServices;

namespace CityTwin.Silo.Queries;

/// <summary>Which cases have which words in what was reported. Holds words, not texts; safe to use from any thread.</summary>
/// <remarks>
/// It lives in memory alone: what is personal is never in a saved form of the view, and what is forgotten goes at once. A case that
/// goes stays in its words' lists until half of a list is gone, so that going is cheap; who is not known any more is never found.
/// </remarks>
internal sealed class TextIndex
{
    private const int StackCharsMax = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _termOf;
    private readonly Dictionary<string, List<int>> _plain = new(StringComparer.Ordinal);
    private readonly List<Posting> _postings = [];
    private readonly Stack<int> _free = new();
    private readonly Dictionary<long, int[]> _words = [];
    private readonly List<int> _found = [];

    /// <summary>An empty index.</summary>
    public TextIndex() => _termOf = _terms.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Cases whose words are known.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _words.Count;
            }
        }
    }

    /// <summary>Takes in what was reported; nothing when it has it already.</summary>
    public void Add(long number, string text)
    {
        Span<char> buffer = text.Length <= StackCharsMax ? stackalloc char[StackCharsMax] : new char[text.Length];
        lock (_gate)
        {
            if (_words.ContainsKey(number))
            {
                return;
            }
            _found.Clear();
            var words = new WordReader(text, buffer);
            while (words.MoveNext())
            {
                int term = Term(words.Current);
                List<long> cases = _postings[term].Cases;

                // The last of a list is this case when the word occurs again in its text.
                if (cases.Count == 0 || cases[^1] != number)
                {
                    cases.Add(number);
                    _found.Add(term);
                }
            }
            _words.Add(number, [.. _found]);
        }
    }

    /// <summary>Drops a case's words; a word that no other case has is forgotten too.</summary>
    public void Remove(long number)
    {
        lock (_gate)
        {
            if (!_words.Remove(number, out int[]? terms))
            {
                return;
            }
            foreach (int term in terms)
            {
                ref Posting posting = ref CollectionsMarshal.AsSpan(_postings)[term];
                posting.Gone++;
                if (posting.Gone == posting.Cases.Count)
                {
                    Forget(term);
                }
                else if (posting.Gone * 2 > posting.Cases.Count)
                {
                    posting.Cases.RemoveAll(n => !_words.ContainsKey(n));
                    posting.Gone = 0;
                }
            }
        }
    }

    /// <summary>The cases that have all words: a word with diacritics as it stands, a word without any in any dress.</summary>
    public HashSet<long> Find(string words)
    {
        HashSet<long>? found = null;
        lock (_gate)
        {
            foreach (string word in VietnameseLetters.Words(words))
            {
                HashSet<long> having = [];
                foreach (int term in TermsFor(word))
                {
                    foreach (long number in _postings[term].Cases)
                    {
                        if (found is null ? _words.ContainsKey(number) : found.Contains(number))
                        {
                            having.Add(number);
                        }
                    }
                }
                found = having;
            }
        }
        return found ?? [];
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _terms.Clear();
            _plain.Clear();
            _postings.Clear();
            _free.Clear();
            _words.Clear();
        }
    }

    private List<int> TermsFor(string word)
    {
        string plain = VietnameseLetters.Plain(word);
        if (plain == word)
        {
            return _plain.GetValueOrDefault(plain, []);
        }
        return _terms.TryGetValue(word, out int term) ? [term] : [];
    }

    private int Term(ReadOnlySpan<char> word)
    {
        if (_termOf.TryGetValue(word, out int term))
        {
            return term;
        }
        string spelt = word.ToString();
        if (!_free.TryPop(out term))
        {
            term = _postings.Count;
            _postings.Add(default);
        }
        _postings[term] = new Posting(spelt);
        _terms.Add(spelt, term);
        string plain = VietnameseLetters.Plain(spelt);
        (CollectionsMarshal.GetValueRefOrAddDefault(_plain, plain, out _) ??= []).Add(term);
        return term;
    }

    private void Forget(int term)
    {
        string word = _postings[term].Word;
        string plain = VietnameseLetters.Plain(word);
        _terms.Remove(word);
        _plain[plain].Remove(term);
        if (_plain[plain].Count == 0)
        {
            _plain.Remove(plain);
        }
        _postings[term] = default;
        _free.Push(term);
    }

    private struct Posting(string word)
    {
        /// <summary>The word.</summary>
        public readonly string Word = word;

        /// <summary>The cases that have it, and some that are gone.</summary>
        public readonly List<long> Cases = [];

        /// <summary>How many of them are gone.</summary>
        public int Gone;
    }
}
