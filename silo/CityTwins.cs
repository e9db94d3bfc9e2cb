using CityTwin.Grains;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo;

/// <summary>The kinds of twins that a city is made of.</summary>
public static class CityTwins
{
    /// <summary>All of them, with how policy follows from the city twin.</summary>
    public static TwinTypes Types { get; } = new(
        [
            new TwinType<CityDecider, CityCommand, CityEvent, CityState>(TwinKind.City),
            new TwinType<OfficeDecider, OfficeCommand, OfficeEvent, OfficeState>(TwinKind.Commune),
            new TwinType<OfficeDecider, OfficeCommand, OfficeEvent, OfficeState>(TwinKind.Department),
            new TwinType<DeskDecider, DeskCommand, DeskEvent, DeskState>(TwinKind.Desk),
            new TwinType<CaseDecider, CaseCommand, CaseEvent, CaseState>(TwinKind.Case),
            new TwinType<CitizenDecider, CitizenCommand, CitizenEvent, CitizenState>(TwinKind.Citizen),
            new TwinType<OfficialDecider, OfficialCommand, OfficialEvent, OfficialState>(TwinKind.Official),
            new TwinType<SensorDecider, SensorCommand, SensorEvent, SensorState>(TwinKind.Sensor),
        ],
        (folder, city) => CityPolicy.InForce(folder, (CityState)city));
}
