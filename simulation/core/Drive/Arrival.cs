using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>A citizen who comes with a case.</summary>
/// <param name="AtTicks">When, UTC ticks, whole milliseconds.</param>
/// <param name="Key">The case's key: every random draw about it is made with this.</param>
/// <param name="Citizen">Who; none for a report without a name.</param>
/// <param name="Commune">Which of the city's communes, by its place in <see cref="CitySheet.Communes"/>.</param>
/// <param name="Service">Which of the city's services, by its place in <see cref="CitySheet.Services"/>.</param>
/// <param name="Channel">How.</param>
public readonly record struct Arrival(long AtTicks, long Key, TwinId Citizen, short Commune, short Service, Channel Channel);
