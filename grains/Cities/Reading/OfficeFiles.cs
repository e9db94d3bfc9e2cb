using System.Collections.Immutable;

namespace CityTwin.Grains.Cities;

/// <summary>A value of a file, and the record it came from.</summary>
internal readonly record struct Placed<T>(T Value, Row Row);

/// <summary>A department as <c>departments.csv</c> gives it.</summary>
internal sealed record DepartmentEntry(OfficeProfile Profile, bool HasPlace, ImmutableArray<Cell> Fields);

/// <summary>Reads <c>communes.csv</c> and <c>departments.csv</c>.</summary>
internal static class OfficeFiles
{
    private static readonly TableLayout Communes = new(
        "communes.csv", ["code", "kind", "name_vi", "name_en", "population", "area_km2", "latitude", "longitude"], []);

    private static readonly TableLayout Departments = new(
        "departments.csv", ["number", "name_vi", "name_en", "fields"], ["latitude", "longitude"]);

    public static List<Placed<OfficeProfile>> ReadCommunes(IReadOnlyDictionary<string, string> files, MistakeList mistakes)
    {
        Table table = Table.Read(files, Communes, mistakes);
        List<Placed<OfficeProfile>> communes = [.. table.Rows.Select(row => new Placed<OfficeProfile>(
            new OfficeProfile(
                TwinId.Commune(row.Whole("code", 1, 99_999)),
                row.Choice("kind", Words.UnitKinds),
                row.Text("name_vi"),
                row.Text("name_en"),
                row.Whole("population", 1, 10_000_000),
                (double)row.Number("area_km2", 0.01m, 100_000),
                (double)row.Number("latitude", -90, 90),
                (double)row.Number("longitude", -180, 180)),
            row))];
        ReportEmpty(table, "commune");
        Unique.Check(communes, c => c.Id, "code");
        return communes;
    }

    public static List<Placed<DepartmentEntry>> ReadDepartments(
        IReadOnlyDictionary<string, string> files, int cityCode, MistakeList mistakes)
    {
        Table table = Table.Read(files, Departments, mistakes);
        List<Placed<DepartmentEntry>> departments =
            [.. table.Rows.Select(row => new Placed<DepartmentEntry>(Department(row, cityCode), row))];
        ReportEmpty(table, "department");
        Unique.Check(departments, d => d.Profile.Id, "number");
        return departments;
    }

    private static DepartmentEntry Department(Row row, int cityCode)
    {
        var profile = new OfficeProfile(
            TwinId.Department((cityCode * 100) + row.Whole("number", 1, 99)),
            OfficeKind.Department,
            row.Text("name_vi"),
            row.Text("name_en"),
            Population: 0,
            AreaKm2: 0,
            (double)row.Number("latitude", -90, 90, 0),
            (double)row.Number("longitude", -180, 180, 0));
        if (row.Has("latitude") != row.Has("longitude"))
        {
            row.Report(row.Has("latitude") ? "longitude" : "latitude", "nothing", "both latitude and longitude, or neither");
        }
        return new DepartmentEntry(profile, row.Has("latitude"), [.. row.Codes("fields", 40)]);
    }

    private static void ReportEmpty(Table table, string what)
    {
        if (table.IsWhole && table.Rows.Count == 0)
        {
            table.Mistakes.Add(table.Layout.File, 1, 1, $"no {what}", $"one {what} at least");
        }
    }
}
