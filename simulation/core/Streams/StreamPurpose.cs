namespace CityTwin.Simulation;

/// <summary>What a stream of random numbers is for. The numbers are part of what a seed means: never renumber.</summary>
public enum StreamPurpose
{
    /// <summary>Times between arrivals at a source or commune.</summary>
    Arrivals = 1,

    /// <summary>What an arriving case is: service, channel, and all its later luck.</summary>
    Cases = 2,

    /// <summary>Service times at a station.</summary>
    Handling = 3,

    /// <summary>Where a customer goes next.</summary>
    Routing = 4,

    /// <summary>Who is absent on which day.</summary>
    Absence = 5,

    /// <summary>Resampling and other estimation by chance.</summary>
    Resampling = 6,

    /// <summary>How much more or less comes on one day than expected.</summary>
    DayEffects = 7,
}
