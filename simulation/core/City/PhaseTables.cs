using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>A model laid out for the loop: arrays by place.</summary>
internal sealed class PhaseTables
{
    private readonly int _skills;
    private readonly int[][] _candidates;

    public PhaseTables(CityModel model, int fromDay, OfficeWeek[] shifts)
    {
        FromDay = fromDay;
        Model = model;
        _skills = model.Skills.Length;
        Services = [.. model.Services.Select(s => new ServiceTable(s, model.Calendar))];
        IsOpen = [.. model.Offices.Select(o => o.IsOpen)];
        Successor = [.. model.Offices.Select((o, i) => Follow(model, i))];
        AbsenceShare = [.. model.Offices.Select(o => o.AbsenceShare)];
        Slowness = [.. model.Offices.Select(o => o.Slowness)];
        IsActive = [.. model.Officers.Select(o => o.IsActive)];
        Pace = [.. model.Officers.Select(o => o.Pace)];
        Shift = [.. model.Officers.Select(o => o.Hours is { } hours ? Array.IndexOf(shifts, hours) + 1 : 0)];
        Disciplines = [.. model.Desks.Select(d => d.Discipline)];
        Staff = new int[model.Desks.Length];
        foreach (ModelOfficer officer in model.Officers.Where(o => o.IsActive))
        {
            Staff[officer.Desks[0]]++;
        }
        _candidates = Candidates(model, Successor);
        OfficerDesks = [.. model.Officers.Select(o => DesksOf(model, o))];
        DeskOfficers = OfficersOf(model.Desks.Length, OfficerDesks);
        Rates = new DemandTable(model);
    }

    public int FromDay { get; }

    public CityModel Model { get; }

    public ServiceTable[] Services { get; }

    public bool[] IsOpen { get; }

    public int[] Successor { get; }

    public double[] AbsenceShare { get; }

    public double[] Slowness { get; }

    public bool[] IsActive { get; }

    public double[] Pace { get; }

    /// <summary>The number of each officer's shift; 0: the office hours.</summary>
    public int[] Shift { get; }

    public Discipline[] Disciplines { get; }

    /// <summary>Active officers whose first desk it is.</summary>
    public int[] Staff { get; }

    /// <summary>The desks that an officer serves, in order.</summary>
    public int[][] OfficerDesks { get; }

    /// <summary>Who serves a desk; those whose first desk it is come first.</summary>
    public int[][] DeskOfficers { get; }

    public DemandTable Rates { get; }

    /// <summary>The desks between which a case of a skill is decided at an office.</summary>
    public int[] CandidatesOf(int office, int skill) => _candidates[(office * _skills) + skill];

    private static int Follow(CityModel model, int office)
    {
        while (model.Offices[office].Successor is >= 0 and int next)
        {
            office = next;
        }
        return office;
    }

    private static int[][] Candidates(CityModel model, int[] successor)
    {
        int skills = model.Skills.Length;
        ILookup<int, int> desksOf = Enumerable.Range(0, model.Desks.Length).ToLookup(d => successor[model.Desks[d].Office]);
        int[][] table = new int[model.Offices.Length * skills][];
        for (int office = 0; office < model.Offices.Length; office++)
        {
            int inCharge = successor[office];
            int[] own = [.. desksOf[inCharge]];
            for (int skill = 0; skill < skills; skill++)
            {
                int[] pooled = [.. model.Pools
                    .Where(p => p.Offices.Contains(inCharge) && (p.Skills.IsEmpty || p.Skills.Contains(skill)))
                    .SelectMany(p => p.Offices).SelectMany(o => desksOf[successor[o]])];
                int[] able = [.. own.Concat(pooled).Distinct().Where(d => model.Desks[d].Skills.Contains(skill))];
                // The first desk takes what no other has the skill for.
                table[(office * skills) + skill] = able.Length > 0 ? able : own.Length > 0 ? own[..1] : [];
            }
        }
        return table;
    }

    private static int[] DesksOf(CityModel model, ModelOfficer officer)
    {
        IEnumerable<int> helped = model.Pools
            .Where(p => p.Offices.Contains(officer.Office))
            .SelectMany(p => Enumerable.Range(0, model.Desks.Length).Where(d =>
                p.Offices.Contains(model.Desks[d].Office)
                && model.Desks[d].Skills.Any(s => (p.Skills.IsEmpty || p.Skills.Contains(s)) && model.Desks[officer.Desks[0]].Skills.Contains(s))));
        return [.. officer.Desks.Concat(helped).Distinct()];
    }

    private static int[][] OfficersOf(int desks, int[][] officerDesks)
    {
        List<(int Rank, int Officer)>[] serving = [.. Enumerable.Range(0, desks).Select(_ => new List<(int, int)>())];
        for (int o = 0; o < officerDesks.Length; o++)
        {
            for (int rank = 0; rank < officerDesks[o].Length; rank++)
            {
                serving[officerDesks[o][rank]].Add((Math.Min(rank, 1), o));
            }
        }
        return [.. serving.Select(s => s.Order().Select(x => x.Officer).ToArray())];
    }
}
