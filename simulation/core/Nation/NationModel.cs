using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Nation;

/// <summary>The whole country as 34 models of made-up communes: sizes and volumes are right in sum, names are not.</summary>
/// <remarks>
/// Within a province, communes' populations follow a lognormal of σ 0.55, cut to the province's sum; volume grows as population
/// to the 0.92. Staff follows volume at an 80 % load. For questions of national scale and for measuring the engine.
/// </remarks>
public static class NationModel
{
    private const double Sigma = 0.55;
    private const double Load = 0.8;

    /// <summary>A province's model.</summary>
    /// <param name="province">Which.</param>
    /// <param name="casesPerYear">Cases of the whole country in a year of 250 working days.</param>
    public static CityModel Of(Province province, double casesPerYear = 24_000_000)
    {
        double national = Province.All.Sum(p => p.Population);
        double perDay = casesPerYear / 250 * province.Population / national;
        ImmutableArray<ModelService> services = NationServices.All(department: province.Units);
        double[] raw = [.. Enumerable.Range(0, province.Units).Select(i => Math.Exp(Sigma * NormalQuantile.Of((i + 0.5) / province.Units)))];
        double[] people = [.. raw.Select(r => r / raw.Sum() * province.Population * 1000)];
        double[] weight = [.. people.Select(p => Math.Pow(p, 0.92))];
        double weights = weight.Sum();
        List<ModelOffice> offices = [];
        List<ModelDesk> desks = [];
        List<ModelOfficer> officers = [];
        for (int o = 0; o <= province.Units; o++)
        {
            bool isDepartment = o == province.Units;
            double volume = isDepartment ? perDay : perDay * weight[o] / weights;
            ImmutableArray<double> cases = [.. services.Select((s, i) => (s.Level == Level.City) == isDepartment ? volume * NationServices.Shares[i] : 0)];
            offices.Add(new ModelOffice(
                isDepartment ? $"Departments of {province.Name}" : $"{province.Name} {o + 1:000}",
                isDepartment ? TwinId.Department((province.Code * 100) + 1) : TwinId.Commune((province.Code * 1000) + o + 1),
                isDepartment ? OfficeKind.Department : OfficeKind.Commune,
                isDepartment ? 0 : (int)people[o],
                cases));
            AddDesks(o, isDepartment ? EscalatedPerDay(services, perDay) : 0, cases, services, desks, officers);
        }
        return new CityModel
        {
            Name = province.Name,
            Calendar = NationCalendar.Of2026,
            Offices = [.. offices],
            Services = services,
            Skills = NationServices.Skills,
            Desks = [.. desks],
            Officers = [.. officers],
            Coupling = Coupling.Overnight,
        };
    }

    private static double EscalatedPerDay(ImmutableArray<ModelService> services, double perDay) =>
        services.Index().Where(s => s.Item.Level == Level.Commune).Sum(s => perDay * NationServices.Shares[s.Index] * s.Item.EscalateChance * s.Item.EffortMinutes);

    private static void AddDesks(
        int office, double escalatedMinutes, ImmutableArray<double> cases, ImmutableArray<ModelService> services, List<ModelDesk> desks, List<ModelOfficer> officers)
    {
        for (int d = 0; d < NationServices.DeskSkills.Length; d++)
        {
            ImmutableArray<int> skills = NationServices.DeskSkills[d];
            double minutes = escalatedMinutes / NationServices.DeskSkills.Length;
            for (int s = 0; s < services.Length; s++)
            {
                minutes += skills.Contains(services[s].Skill) ? cases[s] * services[s].EffortMinutes * 1.06 : 0;
            }
            int staff = Math.Max(1, (int)Math.Ceiling(minutes / (450 * Load)));
            desks.Add(new ModelDesk(NationServices.DeskNames[d], TwinId.Desk((office * 100) + d + 1), office, skills, Discipline.DeadlineFirst));
            for (int i = 0; i < staff; i++)
            {
                officers.Add(new ModelOfficer(TwinId.Official((office * 1000) + officers.Count % 1000), office, [desks.Count - 1]));
            }
        }
    }
}
