using static CityTwin.Grains.SensorEvent;

namespace CityTwin.Grains;

/// <summary>What an area tells the case of an incident.</summary>
internal static class SensorIncident
{
    private static readonly TimeSpan LocalTime = TimeSpan.FromHours(7);

    /// <summary>The case that an alert files.</summary>
    public static CaseCommand.FileFeedback CaseFor(IncidentOpened e) => new(
        SensorKinds.Category(e.Profile.Kind), e.Profile.Commune, default, Channel.Sensor, Text(e.Profile, Reached(e), e.Value, e.ObservedAt), e.Profile.Place,
        UrgencyOf(e.Profile, Reached(e)), IsCityWide: e.Profile.IsCityWide);

    /// <summary>What the open case hears of a further alert.</summary>
    public static CaseCommand.TakeUpAlert NewsFor(AlertAttached e, SensorProfile profile) => new(
        SensorNumber.OfAlert(e.Alert, e.ObservedAt), Text(profile, e.Alert, e.Value, e.ObservedAt), profile.Place, UrgencyOf(profile, e.Alert));

    /// <summary>A water level that passes several levels at once is as urgent as the highest, from the first word of it on.</summary>
    private static AlertRef Reached(IncidentOpened e) => e.Reached > e.Alert.Level ? e.Alert with { Level = e.Reached } : e.Alert;

    private static Urgency? UrgencyOf(SensorProfile profile, AlertRef alert) =>
        profile.IsCityWide || alert.Level >= 3 ? Urgency.Immediate : alert.Level == 2 ? Urgency.High : null;

    private static string Text(SensorProfile profile, AlertRef alert, double value, DateTimeOffset observedAt)
    {
        string what = alert.Kind == AlertKind.RapidRise ? "tăng nhanh" : $"vượt mức báo động {RomanOf(alert.Level)}";
        return FormattableString.Invariant(
            $"Cảm biến {SensorKinds.Word(profile.Kind)}/{profile.Name} {what}: {value:0.##} lúc {observedAt.ToOffset(LocalTime):HH:mm dd/MM/yyyy}");
    }

    private static string RomanOf(int level) => level switch { 1 => "I", 2 => "II", 3 => "III", 4 => "IV", 5 => "V", 6 => "VI", 7 => "VII", _ => "VIII" };
}
