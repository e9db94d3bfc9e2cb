using CityTwin.ClientApi.Offices;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Policy;

/// <summary>Turns bodies of policy changes into commands.</summary>
internal static class PolicyCommands
{
    /// <summary>Changes terms of a service.</summary>
    public static CityCommand.AmendService Amend(string code, AmendServiceBody b, CityRules rules, ref Mistakes m)
    {
        if (rules.Catalogue.Find(code) is null)
        {
            throw new Problems.ProblemException(Problems.Problem.UnknownTwin($"service '{Mistakes.Short(code)}'"));
        }
        if (b.WorkingDays is null && b.Level is null && b.MedianMinutes is null)
        {
            m.Add("$", "says nothing: give workingDays, level or medianMinutes");
        }
        if (b.WorkingDays is < 0.5m or > 365m)
        {
            m.Add("$.workingDays", "expected 0.5 to 365");
        }
        if (b.MedianMinutes is <= 0 or > 100_000)
        {
            m.Add("$.medianMinutes", "expected above 0, to 100,000");
        }
        return new CityCommand.AmendService(code, b.WorkingDays, b.Level, b.MedianMinutes);
    }

    /// <summary>Sets a day.</summary>
    public static CityCommand.SetDay SetDay(SetDayBody b, CityRules rules, ref Mistakes m)
    {
        if (b.Date is not { Year: >= 1900 and <= 2199 })
        {
            m.Add("$.date", "is required: a date from 1900 to 2199");
        }
        if (b.Off is null)
        {
            m.Add("$.off", "is required: true or false");
        }
        m.Text("$.name", b.Name, TextLimits.NameMax);
        return new CityCommand.SetDay(b.Date ?? default, b.Off ?? false, b.Name!);
    }

    /// <summary>Routes a field.</summary>
    public static CityCommand.RouteField RouteField(RouteFieldBody b, CityRules rules, ref Mistakes m)
    {
        m.Text("$.field", b.Field, TextLimits.CodeMax);
        TwinId department = m.Id("$.department", b.Department, TwinKind.Department);
        if (department.Kind == TwinKind.Department && !rules.Offices.Contains(department))
        {
            m.Add("$.department", $"the city has no {department}: see /departments");
        }
        return new CityCommand.RouteField(b.Field!, department);
    }

    /// <summary>Changes terms.</summary>
    public static CityCommand.SetTerms SetTerms(TermsBody b, CityRules rules, ref Mistakes m)
    {
        CaseTerms old = rules.Terms;
        return new CityCommand.SetTerms(old with
        {
            CloseAfterDays = Days("$.closeAfterDays", b.CloseAfterDays, old.CloseAfterDays, 1, 90, ref m),
            ReopenWithinDays = Days("$.reopenWithinDays", b.ReopenWithinDays, old.ReopenWithinDays, 0, 365, ref m),
            AnswerWithinDays = Days("$.answerWithinDays", b.AnswerWithinDays, old.AnswerWithinDays, 1, 365, ref m),
            InHandMax = Days("$.inHandMax", b.InHandMax, old.InHandMax, 1, 1_000, ref m),
        });
    }

    /// <summary>Merges communes.</summary>
    public static CityCommand.MergeCommunes Merge(MergeBody b, CityRules rules, ref Mistakes m)
    {
        if (b.From is not { Length: >= 1 and <= 100 })
        {
            m.Add("$.from", "is required: 1 to 100 communes");
        }
        for (int i = 0; i < Math.Min(100, b.From?.Length ?? 0); i++)
        {
            Commune($"$.from[{i}]", b.From![i], rules, ref m);
        }
        return new CityCommand.MergeCommunes([.. b.From ?? []], Commune("$.into", b.Into, rules, ref m));
    }

    /// <summary>Splits a commune.</summary>
    public static CityCommand.SplitCommune Split(SplitBody b, CityRules rules, ref Mistakes m)
    {
        TwinId from = Commune("$.from", b.From, rules, ref m);
        Range("$.sharePercent", b.SharePercent, 1, 99, ref m);
        TwinId id = m.Id("$.id", b.Id, TwinKind.Commune);
        if (b.Kind is null or OfficeKind.Department)
        {
            m.Add("$.kind", "is required: ward, commune or specialZone");
        }
        m.Text("$.nameVi", b.NameVi, TextLimits.NameMax);
        m.Text("$.nameEn", b.NameEn, TextLimits.NameMax);
        Range("$.population", b.Population, 0, int.MaxValue, ref m);
        Range("$.areaKm2", b.AreaKm2, 0, 1_000_000, ref m);
        Range("$.latitude", b.Latitude, -90, 90, ref m);
        Range("$.longitude", b.Longitude, -180, 180, ref m);
        if (b.Desks is not { Length: >= 1 and <= 50 } || Array.Exists(b.Desks, d => d is null))
        {
            m.Add("$.desks", "is required: 1 to 50 desks");
            return new CityCommand.SplitCommune(from, null!, [], 0);
        }
        var desks = new DeskDefinition[b.Desks.Length];
        for (int i = 0; i < desks.Length; i++)
        {
            desks[i] = b.Desks[i]!.Definition($"$.desks[{i}]", ref m);
        }
        var profile = new OfficeProfile(
            id, b.Kind ?? default, b.NameVi!, b.NameEn!, b.Population ?? 0, b.AreaKm2 ?? 0, b.Latitude ?? 0, b.Longitude ?? 0);
        return new CityCommand.SplitCommune(from, profile, [.. desks], b.SharePercent ?? 0);
    }

    private static TwinId Commune(string path, TwinId? value, CityRules rules, ref Mistakes m)
    {
        TwinId id = m.Id(path, value, TwinKind.Commune);
        if (id.Kind == TwinKind.Commune && !rules.Offices.Contains(id))
        {
            m.Add(path, $"the city has no {id}: see /communes");
        }
        return id;
    }

    private static int Days(string path, int? value, int otherwise, int min, int max, ref Mistakes m)
    {
        if (value is { } days && (days < min || days > max))
        {
            m.Add(path, $"expected a whole number from {min} to {max}");
        }
        return value ?? otherwise;
    }

    private static void Range(string path, double? value, double min, double max, ref Mistakes m)
    {
        if (value is not { } number || !(number >= min && number <= max))
        {
            m.Add(path, $"is required: {min} to {max}");
        }
    }
}
