using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>When offices work, and arithmetic in working time.</summary>
public sealed partial class WorkCalendar
{
}
