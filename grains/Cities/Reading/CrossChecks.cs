namespace CityTwin.Grains.Cities;

/// <summary>Checks what one file says against another.</summary>
/// <param name="offices">Offices with their desks; none while these are not sure.</param>
/// <param name="skills">Every skill of every desk template.</param>
/// <param name="departmentOfField">Who answers for a field.</param>
internal sealed class CrossChecks(
    IReadOnlyList<OfficeDefinition> offices, HashSet<string> skills, IReadOnlyDictionary<string, TwinId> departmentOfField)
{
    private readonly List<(TwinId Id, HashSet<string> Skills)> _units = [.. offices
        .Where(o => o.Profile.Kind != OfficeKind.Department)
        .Select(o => (o.Profile.Id, o.Desks.SelectMany(d => d.Skills).ToHashSet()))];

    /// <summary>The population of the units must be the city's, give or take 1 %.</summary>
    public static void Population(CityProfile city, List<Placed<OfficeProfile>> communes)
    {
        long sum = communes.Sum(c => (long)c.Value.Population);
        if (city.PopulationRow is { IsWrong: false } row && Math.Abs(sum - city.Population) * 100 > city.Population)
        {
            row.Report("value", MistakeList.Quote(city.Population.ToString()), $"the sum of communes.csv, {sum}, give or take 1 %");
        }
    }

    /// <summary>A field belongs to one department.</summary>
    public static Dictionary<string, TwinId> Fields(List<Placed<DepartmentEntry>> departments)
    {
        Dictionary<string, TwinId> ofField = new(StringComparer.Ordinal);
        foreach ((DepartmentEntry department, Row row) in departments)
        {
            foreach (Cell field in department.Fields)
            {
                if (!ofField.TryAdd(field.Text, department.Profile.Id) && ofField[field.Text] != department.Profile.Id)
                {
                    row.Report(field, $"{MistakeList.Quote(field.Text)} again", $"each field at one department; {ofField[field.Text]} has it");
                }
            }
        }
        return ofField;
    }

    /// <summary>No code names both a service and a category.</summary>
    public static void Codes(List<Placed<ServiceDefinition>> services, List<Placed<ServiceDefinition>> categories)
    {
        HashSet<string> seen = [.. services.Select(s => s.Value.Code)];
        foreach (Placed<ServiceDefinition> category in categories.Where(c => !c.Row.IsWrong && seen.Contains(c.Value.Code)))
        {
            category.Row.Report("code", $"'{category.Value.Code}'", "a code that services.csv has not");
        }
    }

    /// <summary>Every document that a service needs is listed.</summary>
    public static void Documents(List<Placed<ServiceDefinition>> services, List<Placed<DocumentDefinition>> documents)
    {
        HashSet<string> known = [.. documents.Select(d => d.Value.Code)];
        foreach (Row row in services.Select(s => s.Row))
        {
            foreach (Cell code in row.Words("documents").Where(c => !known.Contains(c.Text)))
            {
                row.Report(code, MistakeList.Quote(code.Text), $"a code of documents.csv{row.Table.Mistakes.Hint(code.Text, known)}");
            }
        }
    }

    /// <summary>Every field has a department.</summary>
    public void Field(Placed<ServiceDefinition> service)
    {
        string field = service.Value.Field;
        if (field.Length > 0 && !departmentOfField.ContainsKey(field))
        {
            service.Row.Report("field", MistakeList.Quote(field), $"a field of departments.csv{service.Row.Table.Mistakes.Hint(field, departmentOfField.Keys)}");
        }
    }

    /// <summary>Where a service is decided, a desk has its skill: in every commune, or in the department of its field.</summary>
    public void Skill(Placed<ServiceDefinition> service)
    {
        (ServiceDefinition definition, Row row) = service;
        string skill = definition.Skill;
        if (row.IsWrong || skill.Length == 0)
        {
            return;
        }
        if (!skills.Contains(skill))
        {
            row.Report("skill", MistakeList.Quote(skill), $"a skill that a desk of staffing.csv has{row.Table.Mistakes.Hint(skill, skills)}");
        }
        else if (definition.Level == Level.Commune)
        {
            List<TwinId> lacking = [.. _units.Where(u => !u.Skills.Contains(skill)).Select(u => u.Id)];
            if (lacking.Count > 0)
            {
                string others = lacking.Count > 1 ? $" and {lacking.Count - 1} more" : "";
                row.Report("skill", MistakeList.Quote(skill), $"a desk with this skill in every commune; {lacking[0]}{others} has none");
            }
        }
        else if (departmentOfField.TryGetValue(definition.Field, out TwinId department)
            && offices.FirstOrDefault(o => o.Profile.Id == department) is { } office
            && !office.Desks.Any(d => d.Skills.Contains(skill)))
        {
            row.Report("skill", MistakeList.Quote(skill), $"a desk with this skill in {department}, which answers for '{definition.Field}'");
        }
    }
}
