using CityTwin.Grains;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo;

/// <summary>The kinds of twins that a city is made of.</summary>
public static class CityTwins
{
    /// <summary>All of them, with how policy follows from the city twin.</summary>
    public static TwinTypes Types { get; } = new([], (folder, _) => folder);
}
