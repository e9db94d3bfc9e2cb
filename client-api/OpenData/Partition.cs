using CityTwin.Grains;

namespace CityTwin.ClientApi.OpenData;

/// <summary>Makes small numbers large enough to be published, by putting cells together until each stands for k persons or more.</summary>
/// <remarks>
/// What is published is a partition of the day's cases: each case is in exactly one published number, and every number has k persons or
/// more. So there is nothing to be derived from a total: the total of what is published is the total, and its parts are no smaller than
/// what stands there. The small numbers of a commune stand together; where they are too few even so, they stand with those of other
/// communes; where all of these are too few, the smallest published number joins them: the complementary suppression. A day with fewer than k persons is not published. The idea: cell aggregation and complementary
/// suppression, Hundepool et al., Statistical Disclosure Control (2012), chapter 4.
/// </remarks>
internal static class Partition
{
    /// <summary>The cells that may be published, in the order of communes and services.</summary>
    /// <param name="cells">The true cells; not usable afterwards.</param>
    /// <param name="k">Persons that every published number stands for at least, 1 or more.</param>
    public static IReadOnlyList<(OpenKey Key, OpenCell Cell)> Of(IReadOnlyDictionary<OpenKey, OpenCell> cells, int k)
    {
        List<(OpenKey Key, OpenCell Cell)> published = [];
        OpenCell city = new();
        foreach (IGrouping<TwinId, KeyValuePair<OpenKey, OpenCell>> commune in cells.GroupBy(c => c.Key.Commune).OrderBy(g => g.Key))
        {
            published.AddRange(commune.Where(c => c.Value.Persons >= k).Select(c => (c.Key, c.Value)));
            OpenCell rest = new();
            foreach ((_, OpenCell cell) in commune.Where(c => c.Value.Persons < k).OrderBy(c => c.Key.Service, StringComparer.Ordinal))
            {
                rest.Absorb(cell);
            }
            if (rest.Persons >= k)
            {
                published.Add((new OpenKey(commune.Key, OpenKey.Together), rest));
            }
            else
            {
                city.Absorb(rest);
            }
        }
        FillUp(city, published, k);
        if (city.Persons >= k)
        {
            published.Add((new OpenKey(default, OpenKey.Together), city));
        }
        return city.Count > 0 && city.Persons < k ? [] : [.. published.OrderBy(p => p.Key.Commune).ThenBy(p => p.Key.Service, StringComparer.Ordinal)];
    }

    private static void FillUp(OpenCell rest, List<(OpenKey Key, OpenCell Cell)> from, int k)
    {
        while (rest.Count > 0 && rest.Persons < k && from.Count > 0)
        {
            (OpenKey Key, OpenCell Cell) smallest = from.MinBy(c => (c.Cell.Persons, c.Key.Commune, c.Key.Service));
            from.Remove(smallest);
            rest.Absorb(smallest.Cell);
        }
    }
}
