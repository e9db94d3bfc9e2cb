using System.Collections.Immutable;

namespace CityTwin.Grains.Cities;

/// <summary>Reads <c>services.csv</c>, <c>categories.csv</c>, <c>documents.csv</c> and <c>holidays.csv</c>.</summary>
internal static class CatalogueFiles
{
    private static readonly TableLayout Services = new(
        "services.csv",
        ["code", "name_vi", "name_en", "field", "level", "skill", "limit_days", "median_minutes", "share"],
        ["same_day_until", "documents", "fee_vnd", "sigma", "online_share", "urgency", "status"]);

    private static readonly TableLayout Categories = new(
        "categories.csv",
        ["code", "name_vi", "name_en", "field", "level", "skill", "limit_days", "median_minutes", "share"],
        ["same_day_until", "sigma", "online_share", "urgency", "status"]);

    private static readonly TableLayout Documents = new("documents.csv", ["code", "name_vi", "name_en"], ["valid_days"]);

    private static readonly TableLayout Holidays = new("holidays.csv", ["date", "kind", "name"], ["status"]);

    public static List<Placed<ServiceDefinition>> ReadServices(IReadOnlyDictionary<string, string> files, CaseKind kind, MistakeList mistakes)
    {
        Table table = Table.Read(files, kind == CaseKind.Dossier ? Services : Categories, mistakes);
        List<Placed<ServiceDefinition>> services = [.. table.Rows.Select(r => new Placed<ServiceDefinition>(Service(r, kind), r))];
        Unique.Check(services, s => s.Code, "code");
        // The sum says something only when every share was read.
        if (table.IsWhole && services.All(s => !s.Row.IsWrong) && services.Sum(s => (decimal)s.Value.Share) is var sum && Math.Abs(sum - 1) > 0.001m)
        {
            table.ReportColumn("share", $"shares that add up to {sum:0.####}", "1, give or take 0.001");
        }
        return services;
    }

    public static List<Placed<DocumentDefinition>> ReadDocuments(IReadOnlyDictionary<string, string> files, MistakeList mistakes)
    {
        List<Placed<DocumentDefinition>> documents = [.. Table.Read(files, Documents, mistakes).Rows.Select(row => new Placed<DocumentDefinition>(
            new DocumentDefinition(row.Code("code"), row.Text("name_vi"), row.Text("name_en"), (int?)row.OptionalWhole("valid_days", 0, 36_500)),
            row))];
        Unique.Check(documents, d => d.Code, "code");
        return documents;
    }

    public static ImmutableArray<SpecialDay> ReadHolidays(IReadOnlyDictionary<string, string> files, MistakeList mistakes)
    {
        List<Placed<SpecialDay>> days = [.. Table.Read(files, Holidays, mistakes).Rows.Select(row => new Placed<SpecialDay>(
            new SpecialDay(
                row.Date("date"),
                row.Choice("kind", Words.DayKinds),
                row.Text("name"),
                row.Choice<FactStatus>("status", Words.Statuses, FactStatus.Verified)),
            row))];
        Unique.Check(days, d => d.Date, "date");
        return [.. days.Select(d => d.Value)];
    }

    private static ServiceDefinition Service(Row row, CaseKind kind) => new()
    {
        Code = row.Code("code"),
        Kind = kind,
        NameVi = row.Text("name_vi"),
        NameEn = row.Text("name_en"),
        Field = row.Code("field"),
        Level = row.Choice("level", Words.Levels),
        Skill = row.Code("skill"),
        Limit = new TimeLimit(row.Number("limit_days", 0.5m, 365), row.OptionalTime("same_day_until")),
        Documents = [.. row.Codes("documents", 20).Select(c => c.Text)],
        FeeVnd = row.OptionalWhole("fee_vnd", 0, 1_000_000_000),
        Handling = new HandlingTime((double)row.Number("median_minutes", 0.1m, 10_000), (double)row.Number("sigma", 0, 3, 0.5m)),
        Share = (double)row.Number("share", 0, 1),
        OnlineShare = (double)row.Number("online_share", 0, 1, 0),
        Urgency = row.Choice<Urgency>("urgency", Words.Urgencies, Urgency.Normal),
        Status = row.Choice<FactStatus>("status", Words.Statuses, FactStatus.Unverified),
    };
}
