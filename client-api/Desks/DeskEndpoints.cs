using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Desks;

/// <summary>What officials do at desks, and who works there.</summary>
internal static class DeskEndpoints
{
    private const string Tag = "Desks";
    private const int OfficialsMax = 100;

    /// <summary>Adds the routes.</summary>
    public static void MapDesks(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.MapDeskLists(api);
        routes.Get("/desks/{id}", new RouteDoc(Tag, "GetDesk", "A desk, now or as of a moment") { Answer = typeof(DeskReading), Query = [Twins.At] }, http => GetAsync(api, http));
        Act(routes, api, "take-next", "TakeNext", "An official takes the first case of the queue", ApiJson.Default.TakeNextBody, TakeNext);
        Act(routes, api, "start", "StartCase", "An official takes a certain case out of its turn", ApiJson.Default.StartBody, Start);
        Act(routes, api, "discipline", "SetDiscipline", "The order in which cases are taken changes", ApiJson.Default.DisciplineBody, SetDiscipline);
        Act(routes, api, "officials", "AssignOfficials", "Officials join the desk", ApiJson.Default.OfficialsBody, Assign);
        routes.Delete("/desks/{id}/officials/{official}", new RouteDoc(Tag, "RemoveOfficial", "An official leaves the desk") { Answer = typeof(DeskAnswer) }, async http =>
        {
            TwinId id = Twins.InPath(http, TwinKind.Desk);
            var command = new DeskCommand.RemoveOfficial(Twins.InPath(http, TwinKind.Official, "official"));
            await AnswerAsync(http, id, await Commands.SendAsync(api, http, id, command));
        });
        OnCase(routes, api, "ask", "AskCitizenAtDesk", "The official asks the citizen", ApiJson.Default.AskBody, b => b.Case, CaseActions.Ask);
        OnCase(routes, api, "escalate", "EscalateAtDesk", "The official passes the case up", ApiJson.Default.EscalateBody, b => b.Case, CaseActions.Escalate);
        OnCase(routes, api, "send-back", "SendBackAtDesk", "A department returns the case", ApiJson.Default.ReasonBody, b => b.Case, CaseActions.SendBack);
        OnCase(routes, api, "resolve", "ResolveAtDesk", "The official decides in the citizen's favour", ApiJson.Default.ResolveBody, b => b.Case, CaseActions.Resolve);
        OnCase(routes, api, "reject", "RejectAtDesk", "The official turns the case down", ApiJson.Default.ReasonBody, b => b.Case, CaseActions.Reject);
    }

    private static void Act<T>(
        IEndpointRouteBuilder routes, CityApi api, string action, string name, string summary, JsonTypeInfo<T> type, CommandMaker<T> make)
        where T : class
    {
        routes.Post("/desks/{id}/" + action, new RouteDoc(Tag, name, summary) { Body = typeof(T), Answer = typeof(DeskAnswer) }, async http =>
        {
            TwinId id = Twins.InPath(http, TwinKind.Desk);
            await AnswerAsync(http, id, await Commands.SendAsync(api, http, id, type, make));
        });
    }

    // The case is told; the desk in the address only makes sure that the official means the case that lies there.
    private static void OnCase<T>(
        IEndpointRouteBuilder routes, CityApi api, string action, string name, string summary, JsonTypeInfo<T> type, Func<T, TwinId?> caseOf, CommandMaker<T> make)
        where T : class
    {
        routes.Post("/desks/{id}/" + action, new RouteDoc(Tag, name, summary) { Body = typeof(T), Answer = typeof(CaseAnswer) }, async http =>
        {
            TwinId desk = Twins.InPath(http, TwinKind.Desk);
            T body = await BodyReader.ReadAsync(http, type);
            TwinId id = default;
            TwinCommand command = Commands.Make(api, body, (T b, CityRules rules, ref Mistakes m) =>
            {
                id = m.Id("$.case", caseOf(b), TwinKind.Case);
                return make(b, rules, ref m);
            });
            TwinReading reading = await api.Runtime.ReadAsync(id);
            bool isElsewhere = reading.State is CaseState state && reading.Version > 0 && state.Desk != desk;
            if (isElsewhere && CommandKey.Read(http) is null)
            {
                throw new ProblemException(Refusals.Of(Refusal.CaseNotAtDesk));
            }
            if (await Commands.SendAsync(api, http, id, command) is { } reply)
            {
                await CaseEndpoints.AnswerAsync(http, id, reply);
            }
        });
    }

    private static async Task GetAsync(CityApi api, HttpContext http)
    {
        TwinId id = Twins.InPath(http, TwinKind.Desk);
        (DeskState state, TwinReading reading) = await Twins.ReadAsync<DeskState>(api, http, id);
        await Answers.TwinAsync(http, DeskReading.From(id, state, reading.Version), ApiJson.Default.DeskReading, reading.Version);
    }

    private static Task AnswerAsync(HttpContext http, TwinId id, Reply? reply)
    {
        if (reply is null)
        {
            return Task.CompletedTask;
        }
        if (reply.State is not DeskState state)
        {
            return Answers.ProblemAsync(http, Problem.KeyReused);
        }
        TwinId? taken = null;
        foreach (TwinEvent happened in reply.Events)
        {
            taken = happened is DeskEvent.CaseTaken e ? e.Case : taken;
        }
        Answers.Tag(http, reply.Version);
        var answer = new DeskAnswer(Commands.StatusOf(reply), reply.Position, reply.Repeated, DeskReading.From(id, state, reply.Version), taken);
        return Answers.JsonAsync(http, answer, ApiJson.Default.DeskAnswer);
    }

    private static DeskCommand.TakeNext TakeNext(TakeNextBody b, CityRules rules, ref Mistakes m) =>
        new(m.Id("$.official", b.Official, TwinKind.Official));

    private static DeskCommand.Start Start(StartBody b, CityRules rules, ref Mistakes m) =>
        new(m.Id("$.case", b.Case, TwinKind.Case), m.Id("$.official", b.Official, TwinKind.Official));

    private static DeskCommand.SetDiscipline SetDiscipline(DisciplineBody b, CityRules rules, ref Mistakes m)
    {
        if (b.Discipline is null)
        {
            m.Add("$.discipline", $"is required: {Words<Discipline>.Expected}");
        }
        return new DeskCommand.SetDiscipline(b.Discipline ?? default);
    }

    private static DeskCommand.AssignOfficials Assign(OfficialsBody b, CityRules rules, ref Mistakes m)
    {
        if (b.Officials is not { Length: >= 1 and <= OfficialsMax } officials)
        {
            m.Add("$.officials", $"is required: 1 to {OfficialsMax} officials");
            return new DeskCommand.AssignOfficials([]);
        }
        for (int i = 0; i < officials.Length; i++)
        {
            m.Id($"$.officials[{i}]", officials[i], TwinKind.Official);
        }
        return new DeskCommand.AssignOfficials([.. officials]);
    }
}
