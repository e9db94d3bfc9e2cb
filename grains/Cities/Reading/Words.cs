namespace CityTwin.Grains.Cities;

/// <summary>The words that city files use for what the types enumerate. Part of the format of a city folder.</summary>
internal static class Words
{
    public static readonly Dictionary<string, OfficeKind> UnitKinds = new(StringComparer.Ordinal)
    {
        ["ward"] = OfficeKind.Ward,
        ["commune"] = OfficeKind.Commune,
        ["special-zone"] = OfficeKind.SpecialZone,
    };

    public static readonly Dictionary<string, OfficeKind> OfficeKinds = new(UnitKinds, StringComparer.Ordinal)
    {
        ["department"] = OfficeKind.Department,
    };

    public static readonly Dictionary<string, Level> Levels = new(StringComparer.Ordinal)
    {
        ["city"] = Level.City,
        ["commune"] = Level.Commune,
    };

    public static readonly Dictionary<string, Discipline> Disciplines = new(StringComparer.Ordinal)
    {
        ["deadline-first"] = Discipline.DeadlineFirst,
        ["fifo"] = Discipline.Fifo,
    };

    public static readonly Dictionary<string, Urgency> Urgencies = new(StringComparer.Ordinal)
    {
        ["normal"] = Urgency.Normal,
        ["high"] = Urgency.High,
        ["immediate"] = Urgency.Immediate,
    };

    public static readonly Dictionary<string, SpecialDayKind> DayKinds = new(StringComparer.Ordinal)
    {
        ["off"] = SpecialDayKind.Off,
        ["worked"] = SpecialDayKind.Worked,
    };

    public static readonly Dictionary<string, FactStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["verified"] = FactStatus.Verified,
        ["by-rule"] = FactStatus.ByRule,
        ["unverified"] = FactStatus.Unverified,
    };
}
