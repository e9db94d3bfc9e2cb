namespace CityTwin.Grains.Cities;

/// <summary>Reports what is listed twice.</summary>
internal static class Unique
{
    public static void Check<T, TKey>(List<Placed<T>> entries, Func<T, TKey> key, string column)
        where TKey : notnull
    {
        HashSet<TKey> seen = [];
        foreach (Placed<T> entry in entries.Where(e => !e.Row.IsWrong && !seen.Add(key(e.Value))))
        {
            entry.Row.Report(column, $"'{entry.Row.OptionalText(column)}' again", $"each {column} once");
        }
    }
}
