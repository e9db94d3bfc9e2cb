namespace CityTwin.Grains;

/// <summary>What a decision may know beside the state and the command: when it is, and the rules in force.</summary>
/// <param name="At">The moment of the turn, UTC, never earlier than that of any turn before it.</param>
/// <param name="Rules">The city's catalogue, calendar and routing in force at that moment.</param>
public readonly record struct Turn(DateTimeOffset At, CityRules Rules);
