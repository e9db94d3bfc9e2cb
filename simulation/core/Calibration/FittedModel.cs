using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Calibration;

/// <summary>Makes the simulator's model of a fitted city: each office of the log is one with a desk, its officers and a service of its own.</summary>
public static class FittedModel
{
    private const int WorkingDaysAWeek = 5;

    /// <summary>The model.</summary>
    public static CityModel Of(FittedCity city)
    {
        WorkCalendar calendar = CalendarOf(city);
        return new CityModel
        {
            Name = city.Name,
            Calendar = calendar,
            Offices = [.. city.Offices.Select((o, i) => new ModelOffice(
                o.Name, TwinId.Commune(i + 1), OfficeKind.Commune, 0,
                [.. city.Offices.Select((_, s) => s == i ? o.CasesPerWeek / WorkingDaysAWeek : 0)]))],
            Services = [.. city.Offices.Select((o, i) => Service(o, i))],
            Skills = ["cases"],
            Desks = [.. city.Offices.Select((o, i) => new ModelDesk("Desk", TwinId.Desk(((i + 1) * 100) + 1), i, [0], Discipline.DeadlineFirst))],
            Officers = [.. city.Offices.SelectMany((o, i) => Enumerable.Range(1, o.Staff).Select(n =>
                new ModelOfficer(TwinId.Official(((i + 1) * 10_000L) + n), i, [i])))],
            Demand = DemandProfile.Even with
            {
                OnlineHours = [.. Enumerable.Range(0, 24).Select(h => Enumerable.Range(0, 7).Sum(d => city.HourOfWeek[(d * 24) + h]))],
                OnlineWeekdays = [.. Enumerable.Range(0, 7).Select(d => Enumerable.Range(0, 24).Sum(h => city.HourOfWeek[(d * 24) + h]))],
            },
        };
    }

    /// <summary>The office hours of a fitted city.</summary>
    public static WorkCalendar CalendarOf(FittedCity city) =>
        new LoggedHours(city.OpenDays, city.Opens, city.Closes).Calendar(TimeSpan.FromHours(city.ZoneHours));

    private static ModelService Service(FittedOffice office, int place) => new()
    {
        Code = $"cases-{place + 1}",
        Name = $"Cases of {office.Name}",
        Kind = CaseKind.Dossier,
        Field = "cases",
        Level = Level.Commune,
        Skill = 0,
        Limit = new TimeLimit(Math.Max(0.5m, Math.Round((decimal)office.LimitDays * 2) / 2)),
        Handling = office.Handling.Duration,
        EffortMinutes = office.Handling.Duration.Mean,
        Department = -1,
        ProcessDays = office.Process.Duration,
        OnlineShare = 1,
        RateShare = 0,
    };
}
