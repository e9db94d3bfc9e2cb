namespace CityTwin.Grains;

/// <summary>The rules of a city in force at one moment: catalogue, calendar, routing.</summary>
public sealed record CityRules
{
}
