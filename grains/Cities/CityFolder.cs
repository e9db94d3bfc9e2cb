using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CityTwin.Grains.Cities;

namespace CityTwin.Grains;

/// <summary>Reads a city from the files of its folder. The format is in docs/cities.md.</summary>
/// <remarks>Pure: whoever calls it reads the files. It never throws on what files contain, and never gives half a city.</remarks>
public static class CityFolder
{
    /// <summary>The files of a city folder; each is needed, and others are left alone.</summary>
    public static ImmutableArray<string> FileNames { get; } =
        ["city.csv", "communes.csv", "departments.csv", "staffing.csv", "services.csv", "documents.csv", "categories.csv", "holidays.csv"];

    /// <summary>Reads a city.</summary>
    /// <param name="slug">The folder's short name: 1 to 40 lower-case letters, digits and hyphens.</param>
    /// <param name="files">The text of the files by name.</param>
    /// <returns>The city, or all mistakes of all files.</returns>
    public static CityFolderReading Parse(string slug, IReadOnlyDictionary<string, string> files)
    {
        var mistakes = new MistakeList();
        if (slug.Length is 0 or > 40 || slug.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            mistakes.Add(".", 1, 1, $"a folder named {MistakeList.Quote(slug)}", "1 to 40 lower-case letters, digits and hyphens");
        }
        foreach (string name in files.Keys.Where(n => n.EndsWith(".csv", StringComparison.Ordinal) && !FileNames.Contains(n)))
        {
            mistakes.Add(name, 1, 1, "a table that no city has", $"one of {string.Join(", ", FileNames)}{mistakes.Hint(name, FileNames)}");
        }
        CityDefinition? definition = Read(slug, files, mistakes);
        return definition is not null && mistakes.Count == 0
            ? new CityFolderReading(definition, [], 0)
            : new CityFolderReading(null, mistakes.Sorted(), mistakes.Count);
    }

    private static CityDefinition? Read(string slug, IReadOnlyDictionary<string, string> files, MistakeList mistakes)
    {
        CityProfile city = CityFile.Read(files, mistakes);
        int before = mistakes.Count;
        List<Placed<OfficeProfile>> communes = OfficeFiles.ReadCommunes(files, mistakes);
        List<Placed<DepartmentEntry>> departments = OfficeFiles.ReadDepartments(files, city.Code, mistakes);
        OfficeProfile[] profiles = [.. communes.Select(c => c.Value), .. departments.Select(d => Located(d.Value, communes))];
        // What cannot be judged while a line is wrong is left for the next reading: repeating that mistake elsewhere would only confuse.
        bool officesAreSure = mistakes.Count == before;
        before = mistakes.Count;
        List<Placed<DeskTemplate>> templates = StaffingFile.Read(files, officesAreSure ? profiles : null, mistakes);
        bool desksAreSure = officesAreSure && mistakes.Count == before;
        List<Placed<ServiceDefinition>> services = CatalogueFiles.ReadServices(files, CaseKind.Dossier, mistakes);
        List<Placed<ServiceDefinition>> categories = CatalogueFiles.ReadServices(files, CaseKind.Feedback, mistakes);
        List<Placed<DocumentDefinition>> documents = CatalogueFiles.ReadDocuments(files, mistakes);
        ImmutableArray<SpecialDay> specialDays = CatalogueFiles.ReadHolidays(files, mistakes);

        List<OfficeDefinition> offices = desksAreSure ? Staffing.Open(profiles, templates, city.Population, mistakes) : [];
        Dictionary<string, TwinId> departmentOfField = CrossChecks.Fields(departments);
        if (officesAreSure)
        {
            CrossChecks.Population(city, communes);
        }
        CrossChecks.Codes(services, categories);
        if (documents.Count > 0 ? documents[0].Row.Table.HasAllColumns : mistakes.Count == 0)
        {
            CrossChecks.Documents(services, documents);
        }
        var checks = new CrossChecks(offices, [.. templates.SelectMany(t => t.Value.Skills)], departmentOfField);
        foreach (Placed<ServiceDefinition> service in services.Concat(categories))
        {
            if (departments.Count > 0 && departments[0].Row.Table.HasAllColumns)
            {
                checks.Field(service);
            }
            if (templates.Count > 0 && templates[0].Row.Table.HasAllColumns)
            {
                checks.Skill(service);
            }
        }
        return mistakes.Count > 0 ? null : Define(slug, files, city, offices, specialDays, departmentOfField, new Catalogue(
            services.Concat(categories).ToImmutableDictionary(s => s.Value.Code, s => s.Value),
            documents.ToImmutableDictionary(d => d.Value.Code, d => d.Value)));
    }

    private static CityDefinition Define(
        string slug, IReadOnlyDictionary<string, string> files, CityProfile city, List<OfficeDefinition> offices,
        ImmutableArray<SpecialDay> specialDays, Dictionary<string, TwinId> departmentOfField, Catalogue catalogue) => new()
        {
            Slug = slug,
            Id = TwinId.City(city.Code),
            NameVi = city.NameVi,
            NameEn = city.NameEn,
            Population = city.Population,
            Offices = [.. offices],
            Fingerprint = Fingerprint(files),
            Rules = new CityRules
            {
                Calendar = new WorkCalendar(city.Offset, city.Week, specialDays),
                Catalogue = catalogue,
                DepartmentOfField = departmentOfField.ToImmutableDictionary(),
                Offices = [.. offices.Select(o => o.Profile.Id)],
                Terms = city.Terms,
            },
        };

    // A department without a place of its own is put where the city's people are.
    private static OfficeProfile Located(DepartmentEntry department, List<Placed<OfficeProfile>> communes)
    {
        long people = communes.Sum(c => (long)c.Value.Population);
        return department.HasPlace || people == 0 ? department.Profile : department.Profile with
        {
            Latitude = Math.Round(communes.Sum(c => c.Value.Latitude * c.Value.Population) / people, 4),
            Longitude = Math.Round(communes.Sum(c => c.Value.Longitude * c.Value.Population) / people, 4),
        };
    }

    private static string Fingerprint(IReadOnlyDictionary<string, string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in FileNames)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{files[name].Length}\n{files[name]}\n"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
