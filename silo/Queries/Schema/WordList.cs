using System.Text.Json;

namespace CityTwin.Silo.Queries;

/// <summary>The words of an enumeration, in camel case and in the order of its values.</summary>
internal sealed class WordList<T>
    where T : struct, Enum
{
    private readonly QueryValue[] _values;

    /// <summary>The words of all values but those left out.</summary>
    public WordList(params T[] without)
    {
        T[] all = [.. Enum.GetValues<T>().Except(without).OrderBy(v => Convert.ToInt64(v))];
        Words = [.. all.Select(v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()))];
        _values = new QueryValue[Convert.ToInt64(all[^1]) + 1];
        for (int i = 0; i < all.Length; i++)
        {
            _values[Convert.ToInt64(all[i])] = QueryValue.OfWord(i, Words[i]);
        }
    }

    /// <summary>The words.</summary>
    public string[] Words { get; }

    /// <summary>The value at an enumeration's number; no value for one that is left out.</summary>
    public QueryValue this[int number] => (uint)number < (uint)_values.Length ? _values[number] : default;
}
