namespace CityTwin.Silo.Queries;

/// <summary>Which cases have which words in what was reported. Holds words, not texts; safe to use from any thread.</summary>
/// <remarks>It lives in memory alone: what is personal is never in a saved form of the view, and what is forgotten goes at once.</remarks>
internal sealed class TextIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _plain = new(StringComparer.Ordinal);
    private readonly List<HashSet<long>> _cases = [];
    private readonly List<string> _spelt = [];
    private readonly Dictionary<long, int[]> _words = [];

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
        string[] words = [.. VietnameseLetters.Words(text).Distinct(StringComparer.Ordinal)];
        lock (_gate)
        {
            if (_words.ContainsKey(number))
            {
                return;
            }
            var terms = new int[words.Length];
            for (int i = 0; i < words.Length; i++)
            {
                terms[i] = Term(words[i]);
                _cases[terms[i]].Add(number);
            }
            _words.Add(number, terms);
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
                _cases[term].Remove(number);
                if (_cases[term].Count == 0)
                {
                    Forget(term);
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
                    having.UnionWith(found is null ? _cases[term] : _cases[term].Where(found.Contains));
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
            _cases.Clear();
            _spelt.Clear();
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

    private int Term(string word)
    {
        if (!_terms.TryGetValue(word, out int term))
        {
            term = _cases.Count;
            _cases.Add([]);
            _spelt.Add(word);
            _terms.Add(word, term);
            string plain = VietnameseLetters.Plain(word);
            if (!_plain.TryGetValue(plain, out List<int>? forms))
            {
                _plain.Add(plain, forms = []);
            }
            forms.Add(term);
        }
        return term;
    }

    private void Forget(int term)
    {
        string word = _spelt[term];
        _spelt[term] = "";
        string plain = VietnameseLetters.Plain(word);
        _terms.Remove(word);
        _plain[plain].Remove(term);
        if (_plain[plain].Count == 0)
        {
            _plain.Remove(plain);
        }
    }
}
