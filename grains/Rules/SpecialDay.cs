namespace CityTwin.Grains;

/// <summary>A day that departs from the weekday's hours.</summary>
/// <param name="Date">The local date, 1900 to 2199.</param>
/// <param name="Kind">Off or worked.</param>
/// <param name="Name">Its name, as <c>Tết Nguyên đán</c>; may be empty.</param>
/// <param name="Status">How sure the date is.</param>
public sealed record SpecialDay(DateOnly Date, SpecialDayKind Kind, string Name, FactStatus Status = FactStatus.Verified);

/// <summary>How a special day departs from its weekday.</summary>
public enum SpecialDayKind : byte
{
    /// <summary>A holiday, or a working day swapped away: offices are shut.</summary>
    Off = 1,

    /// <summary>A day worked in exchange for another: open at the standard day's hours.</summary>
    Worked = 2,
}

/// <summary>How sure a fact of a city folder is.</summary>
public enum FactStatus : byte
{
    /// <summary>Announced by the authority, or written in a law in force.</summary>
    Verified = 1,

    /// <summary>Follows from a law in force and the calendar, but no announcement was seen.</summary>
    ByRule = 2,

    /// <summary>Assumed; check before relying on it.</summary>
    Unverified = 3,
}
