using System.Collections.Immutable;

namespace CityTwin.Grains.Cities;

/// <summary>A desk that offices of some kinds, or some offices by name, have.</summary>
internal sealed record DeskTemplate(
    ImmutableArray<OfficeKind> Kinds,
    ImmutableArray<TwinId> Offices,
    int Place,
    string NameVi,
    string NameEn,
    ImmutableArray<string> Skills,
    Discipline Discipline,
    int OfficialsMin,
    int? ResidentsPerOfficial,
    int OfficialsMax)
{
    /// <summary>How many officials a desk of this kind has for so many residents.</summary>
    public int OfficialsFor(int residents) => ResidentsPerOfficial is { } per
        ? Math.Clamp((residents + per - 1) / per, OfficialsMin, OfficialsMax)
        : OfficialsMin;
}

/// <summary>Reads <c>staffing.csv</c>.</summary>
internal static class StaffingFile
{
    /// <summary>Officials of one desk.</summary>
    public const int DeskOfficialsMax = 500;

    private static readonly TableLayout Layout = new(
        "staffing.csv",
        ["office", "place", "name_vi", "name_en", "skills", "officials"],
        ["discipline", "residents_per_official", "officials_max"]);

    /// <param name="files">The folder.</param>
    /// <param name="offices">The offices there are, or null while they are not sure: then any is taken.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    public static List<Placed<DeskTemplate>> Read(
        IReadOnlyDictionary<string, string> files, IReadOnlyCollection<OfficeProfile>? offices, MistakeList mistakes)
    {
        Table table = Table.Read(files, Layout, mistakes);
        HashSet<TwinId>? known = offices?.Select(o => o.Id).ToHashSet();
        List<Placed<DeskTemplate>> templates = [.. table.Rows.Select(r => new Placed<DeskTemplate>(Template(r, known), r))];
        ReportTwice(templates);
        return templates;
    }

    private static DeskTemplate Template(Row row, HashSet<TwinId>? known)
    {
        List<OfficeKind> kinds = [];
        List<TwinId> offices = [];
        foreach (Cell word in row.Words("office"))
        {
            if (Words.OfficeKinds.TryGetValue(word.Text, out OfficeKind kind))
            {
                kinds.Add(kind);
            }
            else if (TwinId.TryParse(word.Text, null, out TwinId office) && known?.Contains(office) != false)
            {
                offices.Add(office);
            }
            else
            {
                row.Report(word, MistakeList.Quote(word.Text), "ward, commune, special-zone, department, or an office of this city as commune/19753"
                    + row.Table.Mistakes.Hint(word.Text, Words.OfficeKinds.Keys.Concat(known?.Select(k => k.ToString()) ?? [])));
            }
        }
        if (row.Words("office").Count == 0)
        {
            row.Report("office", "nothing", "kinds of offices, or offices, with spaces between them");
        }
        List<Cell> skills = row.Codes("skills", 100);
        if (skills.Count == 0)
        {
            row.Report("skills", "nothing", "one skill at least");
        }
        int min = row.Whole("officials", 1, DeskOfficialsMax);
        return new DeskTemplate(
            [.. kinds],
            [.. offices],
            row.Whole("place", 1, 99),
            row.Text("name_vi"),
            row.Text("name_en"),
            [.. skills.Select(s => s.Text)],
            row.Choice<Discipline>("discipline", Words.Disciplines, Discipline.DeadlineFirst),
            min,
            (int?)row.OptionalWhole("residents_per_official", 1, 100_000_000),
            row.Whole("officials_max", min, DeskOfficialsMax, DeskOfficialsMax));
    }

    private static void ReportTwice(List<Placed<DeskTemplate>> templates)
    {
        HashSet<(OfficeKind Kind, TwinId Office, int Place)> seen = [];
        foreach ((DeskTemplate template, Row row) in templates)
        {
            bool again = false;
            foreach (OfficeKind kind in template.Kinds)
            {
                again |= !seen.Add((kind, default, template.Place));
            }
            foreach (TwinId office in template.Offices)
            {
                again |= !seen.Add((default, office, template.Place));
            }
            if (again && !row.IsWrong)
            {
                row.Report("place", $"place {template.Place} again", "each place once for an office or a kind of office");
            }
        }
    }
}
