using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>Makes the simulator's model of a city from its folder.</summary>
public static class ModelOfCity
{
    private const double MonthlyPerThousand = 11.4;
    private const double WorkingDaysPerMonth = 21;

    /// <summary>The model of a city.</summary>
    public static CityModel From(CityDefinition city, CityAssumptions? assumed = null)
    {
        CityAssumptions a = assumed ?? new CityAssumptions();
        // In the order of the communes first: that is what reports show first.
        ImmutableArray<OfficeDefinition> offices = [.. city.Offices.OrderBy(o => o.Profile.Kind == OfficeKind.Department)];
        ServiceDefinition[] catalogue = [.. city.Rules.Catalogue.Services.Values.OrderBy(s => s.Code, StringComparer.Ordinal)];
        ImmutableArray<string> skills = [.. catalogue.Select(s => s.Skill)
            .Concat(offices.SelectMany(o => o.Desks).SelectMany(d => d.Skills)).Distinct().Order(StringComparer.Ordinal)];
        ImmutableArray<ModelService> services = [.. catalogue.Select(s => Service(s, city.Rules, offices, skills, a))];
        List<ModelDesk> desks = [];
        List<ModelOfficer> officers = [];
        for (int o = 0; o < offices.Length; o++)
        {
            foreach (DeskDefinition desk in offices[o].Desks)
            {
                desks.Add(new ModelDesk(desk.NameEn, desk.Id, o, [.. desk.Skills.Select(s => skills.IndexOf(s))], desk.Discipline));
                officers.AddRange(desk.Officials.Select(official => new ModelOfficer(official, o, [desks.Count - 1])));
            }
        }
        return new CityModel
        {
            Name = city.Slug,
            Calendar = city.Rules.Calendar,
            Offices = Demand(city, offices, services, catalogue, a),
            Services = services,
            Skills = skills,
            Desks = [.. desks],
            Officers = Merged(officers),
            Demand = DemandProfile.Usual with { DaySigma = a.DaySigma },
            Terms = city.Rules.Terms,
        };
    }

    // An official who works at several desks is one officer who serves them in the order of the file.
    private static ImmutableArray<ModelOfficer> Merged(List<ModelOfficer> officers) =>
        [.. officers.GroupBy(o => o.Id).Select(g => g.First() with { Desks = [.. g.SelectMany(o => o.Desks)] })];

    private static ModelService Service(
        ServiceDefinition s, CityRules rules, ImmutableArray<OfficeDefinition> offices, ImmutableArray<string> skills, CityAssumptions a)
    {
        int department = rules.DepartmentOfField.TryGetValue(s.Field, out TwinId id)
            ? offices.Select((o, i) => (o.Profile.Id, i)).Where(x => x.Id == id).Select(x => x.i).DefaultIfEmpty(-1).First()
            : -1;
        double limit = (double)s.Limit.WorkingDays;
        bool hasProcess = s.Limit.SameDayUntil is null && limit >= 1 && a.ProcessShare > 0;
        return new ModelService
        {
            Code = s.Code,
            Name = s.NameEn,
            Kind = s.Kind,
            Field = s.Field,
            Level = s.Level,
            Skill = skills.IndexOf(s.Skill),
            Limit = s.Limit,
            Handling = Duration.Lognormal(s.Handling.MedianMinutes, s.Handling.Sigma),
            EffortMinutes = s.Handling.MeanMinutes,
            Department = department,
            Urgency = s.Urgency,
            // Receipt and appraisal, then decision and signature: longer procedures lie on a desk more than once.
            Steps = !hasProcess ? 1 : limit < 5 ? 2 : 3,
            ProcessDays = hasProcess ? Duration.Lognormal(limit * a.ProcessShare, a.ProcessSigma) : null,
            OnlineShare = s.Kind == CaseKind.Feedback ? 1 : s.OnlineShare,
            MissingChance = s.Kind == CaseKind.Dossier && !s.Documents.IsEmpty ? a.MissingChance : 0,
            AskChance = a.AskChance,
            EscalateChance = s.Level == Level.Commune && limit >= 2 ? a.EscalateChance : 0,
            SendBackChance = a.SendBackChance,
            ReopenChance = a.ReopenChance,
            RejectChance = a.RejectChance,
        };
    }

    private static ImmutableArray<ModelOffice> Demand(
        CityDefinition city, ImmutableArray<OfficeDefinition> offices, ImmutableArray<ModelService> services, ServiceDefinition[] catalogue,
        CityAssumptions a)
    {
        double dossiers = a.DossiersPerDay ?? city.Population / 1000.0 * MonthlyPerThousand / WorkingDaysPerMonth;
        double[] sums = new double[3];
        foreach (ServiceDefinition s in catalogue)
        {
            sums[(int)s.Kind] += s.Share;
        }
        double[] total = [.. catalogue.Select(s => sums[(int)s.Kind] == 0 ? 0
            : s.Share / sums[(int)s.Kind] * dossiers * (s.Kind == CaseKind.Dossier ? 1 : a.FeedbackPerDossier))];
        double[] weight = [.. offices.Select(o => o.Profile.Kind == OfficeKind.Department ? 0 : Math.Pow(o.Profile.Population, a.VolumeExponent))];
        double weights = weight.Sum();
        return [.. offices.Select((office, o) => new ModelOffice(
            office.Profile.NameVi, office.Profile.Id, office.Profile.Kind, office.Profile.Population,
            [.. services.Select((s, i) => s.Level == Level.City && s.Department >= 0
                ? (s.Department == o ? total[i] : 0)
                : total[i] * weight[o] / weights)]) { AbsenceShare = a.AbsenceShare })];
    }
}
