using System.Collections.Immutable;

namespace CityTwin.Grains.Cities;

/// <summary>Opens the desks of each office from the templates.</summary>
internal static class Staffing
{
    /// <summary>Officials are numbered within their office with three digits.</summary>
    private const int OfficeOfficialsMax = 999;

    /// <summary>The offices with their desks. A template that names the office replaces that of its kind at the same place.</summary>
    public static List<OfficeDefinition> Open(
        IReadOnlyList<OfficeProfile> offices, List<Placed<DeskTemplate>> templates, int cityPopulation, MistakeList mistakes)
    {
        List<OfficeDefinition> open = [];
        ILookup<OfficeKind, DeskTemplate> ofKind = templates
            .SelectMany(t => t.Value.Kinds.Select(k => (k, t.Value))).ToLookup(t => t.k, t => t.Value);
        ILookup<TwinId, DeskTemplate> ofOffice = templates
            .SelectMany(t => t.Value.Offices.Select(o => (o, t.Value))).ToLookup(t => t.o, t => t.Value);
        foreach (OfficeProfile office in offices)
        {
            SortedDictionary<int, DeskTemplate> desks = [];
            foreach (DeskTemplate template in ofKind[office.Kind].Concat(ofOffice[office.Id]))
            {
                desks[template.Place] = template;
            }
            OfficeDefinition definition = Office(office, desks.Values, cityPopulation);
            if (definition.Desks.IsEmpty)
            {
                mistakes.Add("staffing.csv", 1, 1, $"no desk for {office.Id}", "one desk at least for every office");
            }
            else if (definition.Desks.Sum(d => d.Officials.Length) is > OfficeOfficialsMax and var officials)
            {
                mistakes.Add("staffing.csv", 1, 1, $"{officials} officials in {office.Id}", $"at most {OfficeOfficialsMax} in one office");
            }
            open.Add(definition);
        }
        return open;
    }

    private static OfficeDefinition Office(OfficeProfile office, IEnumerable<DeskTemplate> templates, int cityPopulation)
    {
        var desks = ImmutableArray.CreateBuilder<DeskDefinition>();
        int residents = office.Kind == OfficeKind.Department ? cityPopulation : office.Population;
        long next = (office.Id.Number * 1000) + 1;
        foreach (DeskTemplate template in templates)
        {
            int count = template.OfficialsFor(residents);
            desks.Add(new DeskDefinition(
                TwinId.Desk((office.Id.Number * 100) + template.Place),
                template.NameVi,
                template.NameEn,
                template.Skills,
                template.Discipline,
                [.. Enumerable.Range(0, count).Select(n => TwinId.Official(next + n))]));
            next += count;
        }
        return new OfficeDefinition(office, desks.ToImmutable());
    }
}
