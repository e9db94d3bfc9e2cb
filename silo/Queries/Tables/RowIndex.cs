using System.Runtime.InteropServices;
using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>Reads the key of a row; 0: the row is not listed.</summary>
internal delegate long RowKey<TRow>(in TRow row);

/// <summary>Which rows have a key: a list of places for each, in no order. Adding, moving and removing take constant time. Not thread-safe.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="attribute">The attribute whose equality it answers.</param>
/// <param name="keyOf">The key of a row.</param>
/// <param name="keyFor">The key that an identity in a query stands for; 0: no row has it.</param>
internal sealed class RowIndex<TRow>(string attribute, RowKey<TRow> keyOf, Func<TwinId, long> keyFor)
    where TRow : struct, ITwinRow
{
    private readonly Dictionary<long, List<int>> _places = [];
    private readonly List<int> _slots = [];

    /// <summary>The attribute whose equality it answers.</summary>
    public string Attribute { get; } = attribute;

    /// <summary>The places of an identity's rows; empty when it has none.</summary>
    public ReadOnlySpan<int> Places(TwinId value)
    {
        long key = keyFor(value);
        return key != 0 && _places.TryGetValue(key, out List<int>? places) ? CollectionsMarshal.AsSpan(places) : [];
    }

    /// <summary>Takes in a change of the row at a place.</summary>
    public void Change(int place, in TRow before, in TRow after)
    {
        long from = before.IsThere ? keyOf(before) : 0;
        long to = after.IsThere ? keyOf(after) : 0;
        if (from == to)
        {
            return;
        }
        if (from != 0)
        {
            List<int> list = _places[from];
            int slot = _slots[place];
            list[slot] = list[^1];
            _slots[list[slot]] = slot;
            list.RemoveAt(list.Count - 1);
        }
        if (to != 0)
        {
            while (_slots.Count <= place)
            {
                _slots.Add(0);
            }
            List<int> list = CollectionsMarshal.GetValueRefOrAddDefault(_places, to, out _) ??= [];
            _slots[place] = list.Count;
            list.Add(place);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _places.Clear();
        _slots.Clear();
    }
}
