using System.Runtime.InteropServices;

namespace CityTwin.Silo.Queries;

/// <summary>Lists of places by key, in no order within a list; a place is in one list at most. Adding, moving and removing take constant time. Not thread-safe.</summary>
internal sealed class PlaceLists
{
    private readonly Dictionary<long, List<int>> _places = [];
    private readonly List<int> _slots = [];

    /// <summary>The places of a key; empty when it has none.</summary>
    public ReadOnlySpan<int> Of(long key) => _places.TryGetValue(key, out List<int>? places) ? CollectionsMarshal.AsSpan(places) : [];

    /// <summary>Adds a place; true when it is the first of its key.</summary>
    public bool Add(long key, int place)
    {
        while (_slots.Count <= place)
        {
            _slots.Add(0);
        }
        List<int> list = CollectionsMarshal.GetValueRefOrAddDefault(_places, key, out _) ??= [];
        _slots[place] = list.Count;
        list.Add(place);
        return list.Count == 1;
    }

    /// <summary>Removes a place from where it is; true when its key has none any more.</summary>
    public bool Remove(long key, int place)
    {
        List<int> list = _places[key];
        int slot = _slots[place];
        list[slot] = list[^1];
        _slots[list[slot]] = slot;
        list.RemoveAt(list.Count - 1);
        if (list.Count == 0)
        {
            _places.Remove(key);
        }
        return list.Count == 0;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _places.Clear();
        _slots.Clear();
    }
}
