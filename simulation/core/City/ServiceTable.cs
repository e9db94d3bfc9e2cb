using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>A service laid out for the loop.</summary>
internal sealed class ServiceTable
{
    public ServiceTable(ModelService service, WorkCalendar calendar)
    {
        Service = service;
        Skill = service.Skill;
        Effort = service.EffortMinutes;
        IsSameDay = service.Limit.SameDayUntil is not null;
        // The same rounding as WorkCalendar.AddDays has.
        LimitTicks = (long)decimal.Round(service.Limit.WorkingDays * calendar.StandardDay.Ticks);
        DayTicks = calendar.StandardDay.Ticks;
    }

    public ModelService Service { get; }

    public int Skill { get; }

    public double Effort { get; }

    public bool IsSameDay { get; }

    public long LimitTicks { get; }

    public long DayTicks { get; }
}
