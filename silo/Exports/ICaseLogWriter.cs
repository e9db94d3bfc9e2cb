using CityTwin.Grains;

namespace CityTwin.Silo.Exports;

/// <summary>Writes an event log of one form, a case at a time.</summary>
internal interface ICaseLogWriter : IDisposable
{
    /// <summary>Writes one case with its events.</summary>
    void Write(LoggedCase c);

    /// <summary>Writes what comes after the last case.</summary>
    /// <param name="names">Names of offices and desks.</param>
    void End(IReadOnlyDictionary<TwinId, string> names);
}
