using System.Net;
using CityTwin.Grains;
using CityTwin.Simulation.Sensors;

namespace CityTwin.Simulation.Cli.Drive.Sensors;

/// <summary>The city that sensors are driven against: in this process, or behind HTTP.</summary>
internal interface ISensorTarget : IAsyncDisposable
{
    /// <summary>Where its MQTT endpoint listens.</summary>
    EndPoint Mqtt { get; }

    /// <summary>The city's time at the start.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Registers sensors, and returns once their readings would be taken.</summary>
    /// <param name="sensors">Which; those that are registered stay as they are.</param>
    /// <param name="told">Gets how many are done.</param>
    Task RegisterAsync(IReadOnlyList<DrivenSensor> sensors, Action<int> told);

    /// <summary>What the city has of each hour of a sensor, by where it begins, ms since 1970.</summary>
    Task<IReadOnlyDictionary<long, HourAccount>> HoursAsync(TwinId sensor, DateTimeOffset from, DateTimeOffset to);

    /// <summary>The alerts that a sensor's twin has raised and cleared, in order.</summary>
    Task<IReadOnlyList<AlertChange>> ChangesAsync(TwinId sensor);

    /// <summary>Incidents that are open.</summary>
    Task<int> IncidentsAsync();
}
