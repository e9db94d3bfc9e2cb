using System.Text.Json.Serialization.Metadata;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Policy;

/// <summary>The city's policy: catalogue, calendar, routing, terms, merging and splitting of communes.</summary>
internal static class PolicyEndpoints
{
    private const string Tag = "City";

    /// <summary>Adds the routes.</summary>
    public static void MapPolicy(this IEndpointRouteBuilder routes, CityApi api)
    {
        TwinId city = api.Definition.Id;
        routes.Get("/city", new RouteDoc(Tag, "GetCity", "The city and its policy, now or as of a moment") { Answer = typeof(CityReading), Query = [Twins.At] }, async http =>
        {
            (CityState state, TwinReading reading) = await Twins.ReadAsync<CityState>(api, http, city);
            await Answers.TwinAsync(http, Reading(api, state, reading.Version), ApiJson.Default.CityReading, reading.Version);
        });
        routes.Get("/city/catalogue", new RouteDoc(Tag, "GetCatalogue", "Services, feedback categories and documents in force") { Answer = typeof(CatalogueReading), Query = [Twins.At] }, async http =>
        {
            Catalogue catalogue = (await RulesAsync(api, http)).Catalogue;
            var answer = new CatalogueReading(
                [.. catalogue.Services.Values.OrderBy(s => s.Code, StringComparer.Ordinal)],
                [.. catalogue.Documents.Values.OrderBy(d => d.Code, StringComparer.Ordinal)]);
            await Answers.JsonAsync(http, answer, ApiJson.Default.CatalogueReading);
        });
        routes.Get("/city/calendar", new RouteDoc(Tag, "GetCalendar", "Office hours, holidays and worked days in force") { Answer = typeof(CalendarReading), Query = [Twins.At] }, async http =>
            await Answers.JsonAsync(http, Calendar((await RulesAsync(api, http)).Calendar), ApiJson.Default.CalendarReading));
        routes.Post("/city/services/{code}", new RouteDoc(Tag, "AmendService", "Changes terms of a service") { Body = typeof(AmendServiceBody), Answer = typeof(CityAnswer) }, async http =>
        {
            string code = (string)http.Request.RouteValues["code"]!;
            Reply? reply = await Commands.SendAsync(api, http, city, ApiJson.Default.AmendServiceBody, (AmendServiceBody b, CityRules rules, ref Mistakes m) =>
                PolicyCommands.Amend(code, b, rules, ref m));
            await AnswerAsync(api, http, reply);
        });
        Add(routes, api, "days", "SetDay", "A day becomes a holiday, or a worked day", ApiJson.Default.SetDayBody, PolicyCommands.SetDay);
        Add(routes, api, "fields", "RouteField", "Another department answers for a field", ApiJson.Default.RouteFieldBody, PolicyCommands.RouteField);
        Add(routes, api, "terms", "SetTerms", "Changes limits and periods of every case", ApiJson.Default.TermsBody, PolicyCommands.SetTerms);
        Add(routes, api, "merge", "MergeCommunes", "Communes become part of another one", ApiJson.Default.MergeBody, PolicyCommands.Merge);
        Add(routes, api, "split", "SplitCommune", "A part of a commune becomes a commune", ApiJson.Default.SplitBody, PolicyCommands.Split);
    }

    private static void Add<T>(
        IEndpointRouteBuilder routes, CityApi api, string action, string name, string summary, JsonTypeInfo<T> type, CommandMaker<T> make)
        where T : class =>
        routes.Post("/city/" + action, new RouteDoc(Tag, name, summary) { Body = typeof(T), Answer = typeof(CityAnswer) }, async http =>
            await AnswerAsync(api, http, await Commands.SendAsync(api, http, api.Definition.Id, type, make)));

    private static Task AnswerAsync(CityApi api, HttpContext http, Reply? reply)
    {
        if (reply is null)
        {
            return Task.CompletedTask;
        }
        if (reply.State is not CityState state)
        {
            return Answers.ProblemAsync(http, Problem.KeyReused);
        }
        Answers.Tag(http, reply.Version);
        var answer = new CityAnswer(Commands.StatusOf(reply), reply.Position, reply.Repeated, Reading(api, state, reply.Version));
        return Answers.JsonAsync(http, answer, ApiJson.Default.CityAnswer);
    }

    private static async ValueTask<CityRules> RulesAsync(CityApi api, HttpContext http)
    {
        (CityState state, _) = await Twins.ReadAsync<CityState>(api, http, api.Definition.Id);
        return CityPolicy.InForce(api.Definition.Rules, state);
    }

    private static CityReading Reading(CityApi api, CityState s, int version)
    {
        CityRules rules = CityPolicy.InForce(api.Definition.Rules, s);
        return new CityReading(
            api.Definition.Id, version, s.NameVi, s.NameEn, s.Population, s.Edition, [.. s.Offices.Order()],
            [.. s.Successors.OrderBy(x => x.Key).Select(x => new SuccessorReading(x.Key, x.Value))],
            rules.Terms, [.. rules.DepartmentOfField.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new FieldReading(f.Key, f.Value))]);
    }

    private static CalendarReading Calendar(WorkCalendar calendar)
    {
        DayOfWeek[] week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];
        string sign = calendar.Offset < TimeSpan.Zero ? "-" : "+";
        return new CalendarReading(
            $"{sign}{calendar.Offset:hh\\:mm}", calendar.StandardDay.TotalMinutes,
            [.. week.Select(d => new WeekdayReading(d.ToString().ToLowerInvariant(), [.. calendar.Week[d].Select(h => h.ToString())]))],
            calendar.SpecialDays);
    }
}
