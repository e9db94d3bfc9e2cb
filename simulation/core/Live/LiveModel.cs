using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Live;

/// <summary>A model with the desks and officers that the live city has now.</summary>
public static class LiveModel
{
    /// <summary>Puts every live desk's officials, skills and discipline in the place of the model's; desks that the model lacks are added.</summary>
    /// <returns>The model, and what of the live state it cannot hold (unknown offices, services, skills).</returns>
    public static (CityModel Model, ImmutableArray<string> Unknown) With(CityModel model, LiveCity live)
    {
        List<string> unknown = [];
        Dictionary<TwinId, int> offices = model.Offices.Index().ToDictionary(o => o.Item.Id, o => o.Index);
        Dictionary<TwinId, int> places = model.Desks.Index().ToDictionary(d => d.Item.Id, d => d.Index);
        List<ModelDesk> desks = [.. model.Desks];
        HashSet<int> replaced = [];
        List<ModelOfficer> officers = [];
        foreach (LiveDesk desk in live.Desks)
        {
            if (!offices.TryGetValue(desk.Office, out int office))
            {
                unknown.Add($"{desk.Desk}: office {desk.Office}");
                continue;
            }
            unknown.AddRange(desk.Skills.Where(s => !model.Skills.Contains(s)).Select(s => $"{desk.Desk}: skill '{s}'"));
            ModelDesk now = new(desk.Name, desk.Desk, office, [.. desk.Skills.Select(s => model.Skills.IndexOf(s)).Where(s => s >= 0)], desk.Discipline);
            if (places.TryGetValue(desk.Desk, out int place))
            {
                desks[place] = now;
            }
            else
            {
                place = desks.Count;
                desks.Add(now);
            }
            replaced.Add(place);
            officers.AddRange(desk.Officials.Select(o => new ModelOfficer(o, office, [place])));
        }
        officers.InsertRange(0, model.Officers.Where(o => !replaced.Contains(o.Desks[0])));
        HashSet<string> services = [.. model.Services.Select(s => s.Code)];
        unknown.AddRange(live.Cases.Where(c => !services.Contains(c.Service)).Select(c => $"{c.Case}: service '{c.Service}'"));
        unknown.AddRange(live.Cases.Where(c => !offices.ContainsKey(c.Office)).Select(c => $"{c.Case}: office {c.Office}"));
        return (model with { Desks = [.. desks], Officers = [.. officers.GroupBy(o => o.Id).Select(g => g.First() with { Desks = [.. g.SelectMany(o => o.Desks).Distinct()] })] },
            [.. unknown]);
    }
}
