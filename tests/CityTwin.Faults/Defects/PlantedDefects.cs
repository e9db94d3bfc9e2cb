namespace CityTwin.Faults.Defects;

/// <summary>The defects that can be planted, by name.</summary>
internal static class PlantedDefects
{
    public static IReadOnlyDictionary<string, Func<Variant>> ByName { get; } = new Dictionary<string, Func<Variant>>();

    /// <summary>The variant of that name; null: the runtime as it is.</summary>
    public static Variant Make(string? name) => name is null ? new Variant() : ByName[name]();
}
