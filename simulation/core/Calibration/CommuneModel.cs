using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Calibration;

/// <summary>What a commune's published month says about its office: two parameters that reproduce its two figures.</summary>
/// <param name="Limit">The effective limit of its mix of procedures, working days.</param>
/// <param name="Pace">The median of the process as a share of that limit.</param>
public readonly record struct CommuneParameters(double Limit, double Pace);

/// <summary>Simulates one commune from its volume and parameters.</summary>
internal static class CommuneModel
{
    /// <summary>Standard deviation of the logarithm of process days: one for all communes.</summary>
    public const double Sigma = 0.65;

    private const int WorkingDays = 21;
    private const double MedianMinutes = 20;
    private const double HandlingSigma = 0.6;
    private const double Load = 0.75;
    private static readonly DateOnly Start = new(2026, 5, 4);

    /// <summary>The on-time share and the mean working days of a simulated quarter, after a warm-up of eight weeks.</summary>
    public static (double OnTime, double Days) Simulate(double casesPerMonth, CommuneParameters parameters, ulong seed, int replication)
    {
        CityOutcome outcome = CityRun.Of(Timeline.Of(Of(casesPerMonth, parameters), Start, 56 + 91, 56), seed, replication);
        return (outcome.OnTimeShare, outcome.DaysMean);
    }

    private static CityModel Of(double casesPerMonth, CommuneParameters parameters)
    {
        double perDay = casesPerMonth / WorkingDays;
        double effort = MedianMinutes * Math.Exp(HandlingSigma * HandlingSigma / 2);
        int officers = Math.Max(2, (int)Math.Ceiling(perDay * effort / (WorkCalendar.Usual.StandardDay.TotalMinutes * Load)));
        ModelService service = new()
        {
            Code = "all",
            Name = "All procedures",
            Kind = CaseKind.Dossier,
            Field = "all",
            Level = Level.Commune,
            Skill = 0,
            Limit = new TimeLimit((decimal)Math.Round(parameters.Limit, 4)),
            Handling = Duration.Lognormal(MedianMinutes, HandlingSigma),
            EffortMinutes = effort,
            Department = -1,
            ProcessDays = Duration.Lognormal(parameters.Limit * parameters.Pace, Sigma),
            OnlineShare = 0.6,
        };
        return new CityModel
        {
            Name = "commune",
            Calendar = WorkCalendar.Usual,
            Offices = [new ModelOffice("commune", TwinId.Commune(1), OfficeKind.Commune, 1, [perDay])],
            Services = [service],
            Skills = ["all"],
            Desks = [new ModelDesk("desk", TwinId.Desk(101), 0, [0], Discipline.DeadlineFirst)],
            Officers = [.. Enumerable.Range(1, officers).Select(i => new ModelOfficer(TwinId.Official(i), 0, [0]))],
        };
    }
}
