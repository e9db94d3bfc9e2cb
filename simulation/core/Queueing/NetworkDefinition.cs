using System.Collections.Immutable;

namespace CityTwin.Simulation.Queueing;

/// <summary>A network of service stations, as queueing theory knows it: what the engine is proved against.</summary>
/// <remarks>Time has no unit of its own: rates and durations must share one.</remarks>
public sealed record NetworkDefinition
{
    /// <summary>The stations, one or more.</summary>
    public required ImmutableArray<Station> Stations { get; init; }

    /// <summary>Where customers come from; may be empty when <see cref="Stations"/> start with customers.</summary>
    public ImmutableArray<Source> Sources { get; init; } = [];

    /// <summary>Where customers go after a station; a station without routes is the end.</summary>
    public ImmutableArray<Route> Routes { get; init; } = [];

    /// <summary>How many classes of customers there are, 1 to 16; class 0 goes first at every station.</summary>
    public int Classes { get; init; } = 1;
}

/// <summary>Servers with one queue: classes in order, first come first served within a class, never interrupted.</summary>
/// <param name="Servers">1 or more; <see cref="Unlimited"/>: nobody waits.</param>
/// <param name="Service">The service time.</param>
/// <param name="Initial">Customers of class 0 who are there at the start.</param>
public sealed record Station(int Servers, Duration Service, int Initial = 0)
{
    /// <summary>As many servers as customers.</summary>
    public const int Unlimited = int.MaxValue;
}

/// <summary>A Poisson source of customers.</summary>
/// <param name="Station">Where they enter.</param>
/// <param name="Rate">Arrivals per unit of time, above 0; the mean over <paramref name="Profile"/> where there is one.</param>
/// <param name="Class">Their class.</param>
/// <param name="Profile">Relative rates of equal stretches of <paramref name="Cycle"/>, repeated for ever; null: constant.</param>
/// <param name="Cycle">The length of the profile in time.</param>
public sealed record Source(int Station, double Rate, int Class = 0, ImmutableArray<double>? Profile = null, double Cycle = 0);

/// <summary>Customers leaving a station go to another with a probability; what is left over leaves the network.</summary>
public sealed record Route(int From, int To, double Probability);
