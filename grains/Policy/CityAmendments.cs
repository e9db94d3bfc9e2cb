namespace CityTwin.Grains;

/// <content>Changes to services, days, routing and terms.</content>
public sealed partial class CityDecider
{
    private static Decision<CityEvent> AmendService(CityState state, CityCommand.AmendService c, in Turn turn)
    {
        if (c.Service is null || turn.Rules.Catalogue.Find(c.Service) is not { } service)
        {
            return Refusal.UnknownService;
        }
        bool isAny = c.WorkingDays is not null || c.Level is not null || c.MedianMinutes is not null;
        bool inRange = c.WorkingDays is null or (>= 0.5m and <= 365m) && c.Level is null or Level.City or Level.Commune
            && c.MedianMinutes is null or (> 0 and <= 100_000);
        if (!isAny || !inRange)
        {
            return Refusal.OutOfRange;
        }
        if (c.Level == Level.City && !turn.Rules.DepartmentOfField.ContainsKey(service.Field))
        {
            return Refusal.NoDepartmentForField;
        }
        var amended = new CityEvent.ServiceAmended(turn.At, c.Service, c.WorkingDays, c.Level, c.MedianMinutes);
        return state.Services.TryGetValue(c.Service, out CityEvent.ServiceAmended? known) && IsSame(known, Combine(known, amended))
            ? Decision<CityEvent>.Unchanged
            : amended;
    }

    private static Decision<CityEvent> SetDay(CityState state, CityCommand.SetDay c, in Turn turn)
    {
        if (c.Date.Year is < 1900 or > 2199 || !TextLimits.IsText(c.Name, TextLimits.NameMax))
        {
            return Refusal.OutOfRange;
        }
        bool isSet = state.Days.TryGetValue(c.Date, out CityEvent.DaySet? known) && known.Off == c.Off && known.Name == c.Name;
        return isSet ? Decision<CityEvent>.Unchanged : new CityEvent.DaySet(turn.At, c.Date, c.Off, c.Name);
    }

    private static Decision<CityEvent> RouteField(CityState state, CityCommand.RouteField c, in Turn turn)
    {
        if (!TextLimits.IsText(c.Field, TextLimits.CodeMax))
        {
            return Refusal.OutOfRange;
        }
        if (c.Department.Kind != TwinKind.Department || !state.Offices.Contains(c.Department))
        {
            return Refusal.UnknownOffice;
        }
        bool isSet = state.Fields.TryGetValue(c.Field, out TwinId known) && known == c.Department;
        return isSet ? Decision<CityEvent>.Unchanged : new CityEvent.FieldRouted(turn.At, c.Field, c.Department);
    }

    private static Decision<CityEvent> SetTerms(CityState state, CityCommand.SetTerms c, in Turn turn)
    {
        bool inRange = c.Terms is
        {
            CloseAfterDays: >= 1 and <= 90,
            ReopenWithinDays: >= 0 and <= 365,
            AnswerWithinDays: >= 1 and <= 365,
            InHandMax: >= 1 and <= 1_000,
        };
        if (!inRange)
        {
            return Refusal.OutOfRange;
        }
        return c.Terms == state.Terms ? Decision<CityEvent>.Unchanged : new CityEvent.TermsSet(turn.At, c.Terms);
    }

    // What an amendment leaves out stays as an earlier one put it.
    private static CityEvent.ServiceAmended Combine(CityEvent.ServiceAmended? known, CityEvent.ServiceAmended next) => next with
    {
        WorkingDays = next.WorkingDays ?? known?.WorkingDays,
        Level = next.Level ?? known?.Level,
        MedianMinutes = next.MedianMinutes ?? known?.MedianMinutes,
    };

    private static bool IsSame(CityEvent.ServiceAmended one, CityEvent.ServiceAmended other) =>
        one.WorkingDays == other.WorkingDays && one.Level == other.Level && one.MedianMinutes.Equals(other.MedianMinutes);
}
