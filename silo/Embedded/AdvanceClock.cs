using CityTwin.Grains;

namespace CityTwin.Silo.Embedded;

/// <summary>A request to the turn thread itself: move the driven clock, firing every deadline up to the moment.</summary>
internal sealed record AdvanceClock(DateTimeOffset To) : TwinCommand;
