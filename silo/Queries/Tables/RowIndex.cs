using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>Reads the key of a row; 0: the row is not listed.</summary>
internal delegate long RowKey<TRow>(in TRow row);

/// <summary>Which rows have a key: a list of places for each, in no order. Not thread-safe.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="attribute">The attribute whose equality it answers.</param>
/// <param name="keyOf">The key of a row.</param>
/// <param name="keyFor">The key that an identity in a query stands for; 0: no row has it.</param>
internal sealed class RowIndex<TRow>(string attribute, RowKey<TRow> keyOf, Func<TwinId, long> keyFor)
    where TRow : struct, ITwinRow
{
    private readonly PlaceLists _lists = new();

    /// <summary>The attribute whose equality it answers.</summary>
    public string Attribute { get; } = attribute;

    /// <summary>The places of an identity's rows; empty when it has none.</summary>
    public ReadOnlySpan<int> Places(TwinId value)
    {
        long key = keyFor(value);
        return key != 0 ? _lists.Of(key) : [];
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
            _lists.Remove(from, place);
        }
        if (to != 0)
        {
            _lists.Add(to, place);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _lists.Clear();
}
