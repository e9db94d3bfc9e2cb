using CityTwin.Grains;

namespace CityTwin.Simulation.Sensors;

/// <summary>A sensor that the driver plays.</summary>
/// <param name="Number">Its place in the fleet, from 0.</param>
/// <param name="Profile">What and where it is.</param>
/// <param name="Rules">When it alerts.</param>
public sealed record DrivenSensor(int Number, SensorProfile Profile, SensorRules Rules)
{
    /// <summary>Its twin.</summary>
    public TwinId Id { get; } = SensorNumber.Of((int)Profile.City.Number, Profile.Kind, Profile.Name);

    /// <summary>Where it publishes.</summary>
    public string Topic { get; } = $"city/{Profile.City.NumberText}/{Profile.Commune.NumberText}/{SensorKinds.Word(Profile.Kind)}/{Profile.Name}";
}
