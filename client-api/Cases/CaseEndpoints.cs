using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Cases;

/// <summary>Filing, reading and listing cases.</summary>
internal static class CaseEndpoints
{
    private const string Tag = "Cases";

    /// <summary>Adds the routes.</summary>
    public static void MapCases(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Post("/cases", new RouteDoc(Tag, "FileCase", "Files a dossier or a feedback report")
        {
            Body = typeof(FileCase),
            Answer = typeof(CaseAnswer),
            Status = StatusCodes.Status201Created,
        }, http => FileAsync(api, http));
        routes.Get("/cases/{id}", new RouteDoc(Tag, "GetCase", "A case, now or as of a moment") { Answer = typeof(CaseReading), Query = [Twins.At] }, http => GetAsync(api, http));
        routes.MapCaseList(api);
        routes.MapCaseBatch(api);
        routes.MapCaseActions(api);
    }

    private static async Task FileAsync(CityApi api, HttpContext http)
    {
        string? key = CommandKey.Read(http);
        FileCase body = await BodyReader.ReadAsync(http, ApiJson.Default.FileCase);
        var command = (CaseCommand)Commands.Make(api, body, static (FileCase b, CityRules rules, ref Mistakes m) => CaseFiling.Command(b, "$", rules, ref m));
        if (command is CaseCommand.FileFeedback report)
        {
            Mistakes mistakes = default;
            api.Places.Check(report.Place, report.Commune, "$.place", ref mistakes);
            mistakes.ThrowIfAny();
            await FileAsync(api, http, report, key, body.Group ?? body.Service is null);
            return;
        }
        (TwinId target, Reply reply) = await CaseFiling.SendAsync(api, command, key);
        if (Commands.ProblemOf(reply) is { } problem)
        {
            await Answers.ProblemAsync(http, problem);
            return;
        }
        http.Response.Headers.Location = "/cases/" + target.NumberText;
        await AnswerAsync(http, target, reply, StatusCodes.Status201Created);
    }

    private static async Task FileAsync(CityApi api, HttpContext http, CaseCommand.FileFeedback report, string? key, bool group)
    {
        FiledReport filed = await FeedbackFiling.FileAsync(api, report, key, group);
        if (Commands.ProblemOf(filed.Reply) is { } problem)
        {
            await Answers.ProblemAsync(http, problem);
            return;
        }
        http.Response.Headers.Location = "/cases/" + filed.Case.NumberText;
        if (!filed.Followed || filed.Reply.State is not CaseState state)
        {
            await AnswerAsync(http, filed.Case, filed.Reply, StatusCodes.Status201Created);
            return;
        }

        // Who joins a case learns how it stands, not who else reported it or in which words.
        CaseReading reading = CaseReading.From(filed.Case, state, filed.Reply.Version) with { Citizen = null, Description = null, Place = null };
        await Answers.JsonAsync(http, new CaseAnswer("followed", filed.Reply.Position, filed.Reply.Repeated, reading), ApiJson.Default.CaseAnswer);
    }

    private static async Task GetAsync(CityApi api, HttpContext http)
    {
        TwinId id = Twins.InPath(http, TwinKind.Case);
        (CaseState state, TwinReading reading) = await Twins.ReadAsync<CaseState>(api, http, id);
        await Answers.TwinAsync(http, CaseReading.From(id, state, reading.Version), ApiJson.Default.CaseReading, reading.Version);
    }

    /// <summary>Answers a command on a case that stands.</summary>
    public static Task AnswerAsync(HttpContext http, TwinId id, Reply reply, int status = StatusCodes.Status200OK)
    {
        if (reply.State is not CaseState state)
        {
            return Answers.ProblemAsync(http, Problem.KeyReused);
        }
        Answers.Tag(http, reply.Version);
        var answer = new CaseAnswer(Commands.StatusOf(reply), reply.Position, reply.Repeated, CaseReading.From(id, state, reply.Version));
        return Answers.JsonAsync(http, answer, ApiJson.Default.CaseAnswer, status);
    }
}
