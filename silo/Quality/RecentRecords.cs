using CityTwin.Grains;

namespace CityTwin.Silo.Quality;

/// <summary>Tells whether a case says the same as one filed a few days before: the same report at the same place, or the same person's same procedure.</summary>
/// <remarks>Keeps 64-bit fingerprints of the last days, not texts: at most <see cref="KeptMax"/>. Not thread-safe.</remarks>
internal sealed class RecentRecords
{
    /// <summary>Fingerprints kept; beyond that the oldest go before their time.</summary>
    public const int KeptMax = 500_000;

    /// <summary>How long a record can be repeated by another.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(7);

    private readonly Dictionary<long, long> _seenAtMs = [];
    private readonly Queue<(long Print, long AtMs)> _order = new();

    /// <summary>Takes in a case; true when it repeats another.</summary>
    public bool Repeats(CaseEvent.CaseFiled filed)
    {
        if (PrintOf(filed) is not { } print)
        {
            return false;
        }
        long nowMs = filed.At.ToUnixTimeMilliseconds();
        while (_order.TryPeek(out (long Print, long AtMs) oldest) && (oldest.AtMs < nowMs - (long)Within.TotalMilliseconds || _order.Count >= KeptMax))
        {
            _order.Dequeue();
            if (_seenAtMs.TryGetValue(oldest.Print, out long at) && at == oldest.AtMs)
            {
                _seenAtMs.Remove(oldest.Print);
            }
        }
        bool repeats = _seenAtMs.ContainsKey(print);
        _seenAtMs[print] = nowMs;
        _order.Enqueue((print, nowMs));
        return repeats;
    }

    public void Save(Views.SavedWriter writer)
    {
        writer.Number(_order.Count);
        foreach ((long print, long at) in _order)
        {
            writer.Number(print);
            writer.Number(at);
        }
    }

    public void Load(ref Views.SavedReader reader)
    {
        for (long n = reader.Number(); n > 0; n--)
        {
            (long print, long at) = (reader.Number(), reader.Number());
            _order.Enqueue((print, at));
            _seenAtMs[print] = at;
        }
    }

    public void Clear()
    {
        _order.Clear();
        _seenAtMs.Clear();
    }

    private static long? PrintOf(CaseEvent.CaseFiled filed)
    {
        ulong hash = Add(14695981039346656037, unchecked((ulong)filed.Commune.Value));
        hash = Add(hash, filed.Service);
        if (filed.Kind == CaseKind.Dossier)
        {
            return unchecked((long)Add(hash, (ulong)filed.Citizen.Value));
        }

        // A text that was erased, or has no letter in it, repeats nothing.
        ulong letters = filed.Description is { } text && text != Journal.Personal.PersonalTextJson.Erased ? AddLetters(hash, text) : hash;
        return letters == hash ? null : unchecked((long)letters);
    }

    private static ulong AddLetters(ulong hash, string text)
    {
        foreach (char c in text)
        {
            hash = char.IsLetterOrDigit(c) ? Add(hash, char.ToLowerInvariant(c)) : hash;
        }
        return hash;
    }

    // FNV-1a over characters, finished as SplitMix64 does.
    private static ulong Add(ulong hash, string text)
    {
        foreach (char c in text)
        {
            hash = Add(hash, c);
        }
        return hash;
    }

    private static ulong Add(ulong hash, ulong word)
    {
        unchecked
        {
            hash = (hash ^ word) * 1099511628211;
            return (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9UL;
        }
    }
}
