using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>The rules in force: those of the city's folder with what the city decided since.</summary>
public static class CityPolicy
{
    /// <summary>Applies a city's decisions to the rules of its folder. Pure; the same state gives the same rules.</summary>
    /// <param name="folder">The rules as the folder has them.</param>
    /// <param name="state">The city twin; before its founding the folder's rules stand as they are.</param>
    public static CityRules InForce(CityRules folder, CityState state) => folder with
    {
        Calendar = CalendarInForce(folder.Calendar, state),
        Catalogue = CatalogueInForce(folder.Catalogue, state),
        DepartmentOfField = folder.DepartmentOfField.SetItems(state.Fields),
        Offices = folder.Offices.Union(state.Offices),
        Successors = folder.Successors.SetItems(state.Successors),
        Terms = state.Terms ?? folder.Terms,
    };

    private static WorkCalendar CalendarInForce(WorkCalendar calendar, CityState state) => state.Days.IsEmpty
        ? calendar
        : new WorkCalendar(
            calendar.Offset, calendar.Week,
            [
                .. calendar.SpecialDays.Where(d => !state.Days.ContainsKey(d.Date)),
                .. state.Days.Values.Select(d => new SpecialDay(d.Date, d.Off ? SpecialDayKind.Off : SpecialDayKind.Worked, d.Name)),
            ]);

    private static Catalogue CatalogueInForce(Catalogue catalogue, CityState state)
    {
        ImmutableDictionary<string, ServiceDefinition> services = catalogue.Services;
        foreach ((string code, CityEvent.ServiceAmended amended) in state.Services)
        {
            // A later edition of the folder may have dropped the service.
            if (services.TryGetValue(code, out ServiceDefinition? service))
            {
                services = services.SetItem(code, Amend(service, amended));
            }
        }
        return catalogue with { Services = services };
    }

    private static ServiceDefinition Amend(ServiceDefinition service, CityEvent.ServiceAmended amended) => service with
    {
        Limit = amended.WorkingDays is { } days ? new TimeLimit(days) : service.Limit,
        Level = amended.Level ?? service.Level,
        Handling = amended.MedianMinutes is { } median ? service.Handling with { MedianMinutes = median } : service.Handling,
    };
}
