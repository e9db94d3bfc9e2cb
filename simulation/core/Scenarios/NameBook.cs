using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Scenarios;

/// <summary>Finds offices, services and skills by the names that a scenario gives them.</summary>
internal sealed class NameBook
{
    private static readonly string[] Prefixes = ["phuong ", "xa ", "dac khu ", "so ", "thi tran "];
    private readonly CityModel _model;
    private readonly Dictionary<string, int> _offices = [];
    private readonly List<ScenarioMistake> _mistakes = [];

    public NameBook(CityModel model)
    {
        _model = model;
        foreach ((int i, ModelOffice office) in model.Offices.Index())
        {
            string folded = Nearest.Fold(office.Name);
            _offices.TryAdd(folded, i);
            _offices.TryAdd(office.Id.Number.ToString(), i);
            foreach (string prefix in Prefixes.Where(p => folded.StartsWith(p, StringComparison.Ordinal)))
            {
                _offices.TryAdd(folded[prefix.Length..], i);
            }
        }
    }

    /// <summary>Offices that were asked for by their own names: what a reader wants to see apart.</summary>
    public SortedSet<int> Named { get; } = [];

    public ImmutableArray<ScenarioMistake> Mistakes => [.. _mistakes.DistinctBy(m => (m.Line, m.Column, m.What)).OrderBy(m => m.Line).ThenBy(m => m.Column)];

    /// <summary>The places of offices; all communes and departments for none named.</summary>
    public ImmutableArray<int> Offices(Selection of)
    {
        if (of.Offices.IsEmpty)
        {
            return [.. Enumerable.Range(0, _model.Offices.Length)];
        }
        return [.. of.Offices.SelectMany(n => Office(n)).Distinct()];
    }

    public int? One(Named name) => Office(name) is [int one] ? one : null;

    /// <summary>The places of services by code or field; all for none named.</summary>
    public ImmutableArray<int> Services(Selection of) => of.Services.IsEmpty
        ? [.. Enumerable.Range(0, _model.Services.Length)]
        : [.. of.Services.SelectMany(n => Service(n)).Distinct()];

    /// <summary>The places of skills; all for none named.</summary>
    public ImmutableArray<int> Skills(Selection of) => of.Skills.IsEmpty
        ? [.. Enumerable.Range(0, _model.Skills.Length)]
        : [.. of.Skills.Select(Skill).Where(s => s >= 0).Distinct()];

    /// <summary>The places of desks of the offices that have one of the skills.</summary>
    public ImmutableArray<int> Desks(Selection of)
    {
        ImmutableArray<int> offices = Offices(of);
        ImmutableArray<int> skills = Skills(of);
        return [.. _model.Desks.Index()
            .Where(d => offices.Contains(d.Item.Office) && (of.Skills.IsEmpty || d.Item.Skills.Any(s => skills.Contains(s))))
            .Select(d => d.Index)];
    }

    private ImmutableArray<int> Office(Named name)
    {
        if (name.Text is "communes" or "departments")
        {
            return [.. _model.Offices.Index().Where(o => o.Item.Kind == OfficeKind.Department == (name.Text == "departments")).Select(o => o.Index)];
        }
        if (_offices.TryGetValue(Nearest.Fold(name.Text), out int office))
        {
            Named.Add(office);
            return [office];
        }
        string[] valid = [.. _model.Offices.Select(o => o.Name), .. _offices.Keys, "communes", "departments"];
        Add(name, MistakeCode.UnknownOffice, valid);
        return [];
    }

    private ImmutableArray<int> Service(Named name)
    {
        ImmutableArray<int> found = [.. _model.Services.Index().Where(s => s.Item.Code == name.Text || s.Item.Field == name.Text).Select(s => s.Index)];
        if (found.IsEmpty)
        {
            string[] valid = [.. _model.Services.Select(s => s.Code), .. _model.Services.Select(s => s.Field).Distinct()];
            Add(name, MistakeCode.UnknownService, valid);
        }
        return found;
    }

    /// <summary>The place of a skill; −1 where there is none of the name.</summary>
    public int Skill(Named name)
    {
        int place = _model.Skills.IndexOf(name.Text);
        if (place < 0)
        {
            Add(name, MistakeCode.UnknownSkill, _model.Skills);
        }
        return place;
    }

    private void Add(Named name, MistakeCode code, IEnumerable<string> valid) =>
        _mistakes.Add(new ScenarioMistake(name.Line, name.Column, code, [name.Text, _model.Name]) { Nearest = Nearest.Of(name.Text, valid) });
}
