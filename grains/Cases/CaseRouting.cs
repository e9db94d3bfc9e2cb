namespace CityTwin.Grains;

/// <summary>Which office a case goes to. Shared with the simulation; allocates nothing.</summary>
/// <remarks>
/// The two levels are those in force since 1 July 2025: city and commune, no district between them. Which service is decided where is in
/// the city's catalogue, which department answers for a field in its routing table.
/// </remarks>
public static class CaseRouting
{
    /// <summary>The office where a case is filed: the commune in force, or for a city-level service the department of its field.</summary>
    /// <returns><see cref="Refusal.None"/>, or why there is no such office.</returns>
    public static Refusal OfficeOf(CityRules rules, ServiceDefinition service, TwinId commune, out TwinId office)
    {
        office = default;
        if (commune.Kind != TwinKind.Commune || !rules.Offices.Contains(commune))
        {
            return Refusal.UnknownOffice;
        }
        if (service.Level == Level.City)
        {
            return DepartmentOf(rules, service.Field, out office);
        }
        office = rules.InForce(commune);
        return Refusal.None;
    }

    /// <summary>The department to which a case is escalated: the one asked for, or that of the field.</summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="service">The service; null when the catalogue no longer has it, then a department must be asked for.</param>
    /// <param name="asked">A department, or none.</param>
    /// <param name="department">The department found.</param>
    public static Refusal EscalationTarget(CityRules rules, ServiceDefinition? service, TwinId asked, out TwinId department)
    {
        department = asked;
        if (!asked.IsNone)
        {
            return asked.Kind == TwinKind.Department && rules.Offices.Contains(asked) ? Refusal.None : Refusal.UnknownOffice;
        }
        return service is null ? Refusal.NoDepartmentForField : DepartmentOf(rules, service.Field, out department);
    }

    /// <summary>Whether a case may be returned from an office to its commune: from a department, unless departments decide the service.</summary>
    public static bool MaySendBack(TwinId office, ServiceDefinition? service) =>
        office.Kind == TwinKind.Department && service?.Level != Level.City;

    private static Refusal DepartmentOf(CityRules rules, string field, out TwinId department) =>
        rules.DepartmentOfField.TryGetValue(field, out department) ? Refusal.None : Refusal.NoDepartmentForField;
}
