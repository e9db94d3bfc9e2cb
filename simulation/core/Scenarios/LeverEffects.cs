using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Scenarios;

/// <summary>What each lever does to a model.</summary>
/// <param name="original">The model before any change: levers that count officers count these.</param>
/// <param name="names">Finds what levers name.</param>
internal sealed class LeverEffects(CityModel original, NameBook names)
{
    /// <summary>The model with a lever pulled.</summary>
    /// <param name="model">The model so far.</param>
    /// <param name="lever">The lever.</param>
    /// <param name="isActive">False outside the lever's period: then only places are made for what it would add.</param>
    /// <param name="years">Years since the start: for trends.</param>
    public CityModel Pull(CityModel model, Lever lever, bool isActive, double years) => lever switch
    {
        Lever.Officers l => Staff(model, l, isActive),
        _ when !isActive => model,
        Lever.Pool l => model with { Pools = model.Pools.Add(new ModelPool(names.Offices(l.Of), l.Of.Skills.IsEmpty ? [] : names.Skills(l.Of))) },
        Lever.Merge l => Merge(model, l),
        Lever.MoveService l => Move(model, l),
        Lever.Simplify l => OfServices(model, l.Of, s => Simplify(s, l)),
        Lever.Online l => OfServices(model, l.Of, s => s with { OnlineShare = l.Share }),
        Lever.Automate l => OfServices(model, l.Of, s => Handled(s, 1 - l.Saves)),
        Lever.Deadline l => OfServices(model, l.Of, s => s with { Limit = new TimeLimit((decimal)l.Days) }),
        Lever.Demand l => Demand(model, l.Of, l.Factor),
        Lever.Trend l => Demand(model, l.Of, Math.Pow(1 + l.Yearly, years)),
        Lever.Absence l => OfOffices(model, l.Of, o => o with { AbsenceShare = l.Share }),
        Lever.Closed l => OfOffices(model, l.Of, o => o with { IsOpen = false }),
        Lever.Order l => Order(model, l),
        Lever.Batch l => model with { Batch = l.Size <= 1 ? null : new ModelBatch(l.Size, l.Days) },
        Lever.Train l => Train(model, l),
        Lever.Shift l => OfOfficers(model, l.Of, l.Count, o => o with { Hours = l.Hours }),
        Lever.Pace l => OfOfficers(model, l.Of, l.Count, o => o with { Pace = o.Pace * l.Factor }),
        Lever.Priority l => OfServices(model, l.Of, s => s with { Urgency = l.Urgency }),
        Lever.Hands l => model with { HandMax = l.Max },
        Lever.Unfinished l => model with { EndOfShift = l.Policy },
        _ => throw new ArgumentOutOfRangeException(nameof(lever), lever, "an unknown lever"),
    };

    private CityModel OfServices(CityModel model, Selection of, Func<ModelService, ModelService> change)
    {
        ImmutableArray<int> chosen = names.Services(of);
        return model with { Services = [.. model.Services.Select((s, i) => chosen.Contains(i) ? change(s) : s)] };
    }

    private CityModel OfOffices(CityModel model, Selection of, Func<ModelOffice, ModelOffice> change)
    {
        ImmutableArray<int> chosen = names.Offices(of);
        return model with { Offices = [.. model.Offices.Select((o, i) => chosen.Contains(i) ? change(o) : o)] };
    }

    private CityModel Staff(CityModel model, Lever.Officers lever, bool isActive)
    {
        List<ModelOfficer> officers = [.. model.Officers];
        foreach (int desk in names.Desks(lever.Of))
        {
            int had = original.Officers.Count(o => o.IsActive && o.Desks[0] == desk);
            int wanted = lever.Set ?? (lever.Factor is { } f ? (int)Math.Round(had * f) : Math.Max(0, had + lever.Add!.Value));
            for (int i = had; i < wanted; i++)
            {
                officers.Add(new ModelOfficer(TwinId.Official(officers.Count), model.Desks[desk].Office, [desk], isActive));
            }
            int surplus = had - wanted;
            for (int i = officers.Count - 1; i >= 0 && surplus > 0 && isActive; i--)
            {
                if (officers[i].Desks[0] == desk && officers[i].IsActive)
                {
                    officers[i] = officers[i] with { IsActive = false };
                    surplus--;
                }
            }
        }
        return model with { Officers = [.. officers] };
    }

    private CityModel Train(CityModel model, Lever.Train lever)
    {
        ImmutableArray<int> learnt = names.Desks(lever.Of);
        HashSet<int> learners = LastOfEachDesk(model, Enumerable.Range(0, model.Desks.Length).Where(d => !learnt.Contains(d)), lever.Count);
        return model with
        {
            Officers = [.. model.Officers.Select((o, i) => !learners.Contains(i) ? o : o with { Desks = Learnt(o, [.. learnt.Where(d => model.Desks[d].Office == o.Office)], lever.First) })],
        };
    }

    private static ImmutableArray<int> Learnt(ModelOfficer officer, ImmutableArray<int> desks, bool first) =>
        [.. (first ? desks.Concat(officer.Desks) : officer.Desks.Concat(desks)).Distinct()];

    private CityModel OfOfficers(CityModel model, Selection of, int? count, Func<ModelOfficer, ModelOfficer> change)
    {
        HashSet<int> chosen = LastOfEachDesk(model, names.Desks(of), count);
        return model with { Officers = [.. model.Officers.Select((o, i) => chosen.Contains(i) ? change(o) : o)] };
    }

    // Those who came last to a desk are the ones that an earlier change added.
    private static HashSet<int> LastOfEachDesk(CityModel model, IEnumerable<int> desks, int? count)
    {
        ILookup<int, int> byDesk = model.Officers.Index().Where(o => o.Item.IsActive).ToLookup(o => o.Item.Desks[0], o => o.Index);
        return [.. desks.SelectMany(d => byDesk[d].TakeLast(count ?? int.MaxValue))];
    }

    private CityModel Merge(CityModel model, Lever.Merge lever)
    {
        if (names.One(lever.Into) is not { } into)
        {
            return model;
        }
        ImmutableArray<int> merged = names.Offices(lever.Of);
        return model with { Offices = [.. model.Offices.Select((o, i) => merged.Contains(i) && i != into ? o with { Successor = into } : o)] };
    }

    private CityModel Move(CityModel model, Lever.MoveService lever)
    {
        ImmutableArray<int> chosen = [.. names.Services(lever.Of).Where(s => model.Services[s].Level != lever.To && model.Services[s].Department >= 0)];
        int skill = lever.As is { } named ? names.Skill(named) : -1;
        double[] weight = [.. model.Offices.Select(o => o.Kind == OfficeKind.Department ? 0 : o.CasesPerDay.Sum())];
        double weights = weight.Sum();
        double[] total = [.. model.Services.Select((_, s) => model.Offices.Sum(o => o.CasesPerDay[s]))];
        return model with
        {
            Services = [.. model.Services.Select((s, i) => chosen.Contains(i) ? s with { Level = lever.To, Skill = skill >= 0 ? skill : s.Skill } : s)],
            Offices = [.. model.Offices.Select((office, o) => office with
            {
                CasesPerDay = [.. office.CasesPerDay.Select((cases, s) => !chosen.Contains(s) ? cases
                    : lever.To == Level.Commune ? total[s] * weight[o] / weights
                    : o == model.Services[s].Department ? total[s] : 0)],
            })],
        };
    }

    // A same-day procedure has no days to lose.
    private static ModelService Simplify(ModelService service, Lever.Simplify lever)
    {
        double limit = (double)service.Limit.WorkingDays;
        double shorter = service.Limit.SameDayUntil is null ? lever.LimitOf(limit) : limit;
        return Handled(service, lever.Handling) with
        {
            Limit = service.Limit with { WorkingDays = (decimal)shorter },
            ProcessDays = service.ProcessDays?.Scaled(shorter / limit),
            Steps = Math.Min(service.Steps, lever.Steps ?? service.Steps),
        };
    }

    private static ModelService Handled(ModelService service, double factor) => service with
    {
        Handling = service.Handling.Scaled(factor),
        EffortMinutes = service.EffortMinutes * factor,
    };

    private CityModel Demand(CityModel model, Selection of, double factor)
    {
        ImmutableArray<int> services = names.Services(of);
        return OfOffices(model, of, o => o with { CasesPerDay = [.. o.CasesPerDay.Select((c, s) => services.Contains(s) ? c * factor : c)] });
    }

    private CityModel Order(CityModel model, Lever.Order lever)
    {
        ImmutableArray<int> desks = names.Desks(lever.Of);
        return model with { Desks = [.. model.Desks.Select((d, i) => desks.Contains(i) ? d with { Discipline = lever.Discipline } : d)] };
    }
}
