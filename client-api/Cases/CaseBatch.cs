using System.Diagnostics;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Cases;

/// <summary>Filing many cases in one request.</summary>
internal static class CaseBatch
{
    /// <summary>Adds the route.</summary>
    public static void MapCaseBatch(this IEndpointRouteBuilder routes, CityApi api) =>
        routes.Post("/cases/batch", new RouteDoc("Cases", "FileCases", "Files up to 1,000 cases; each stands or is refused on its own")
        {
            Body = typeof(FileBatch),
            Answer = typeof(BatchAnswer),
        }, http => FileAsync(api, http));

    private static async Task FileAsync(CityApi api, HttpContext http)
    {
        string? key = CommandKey.Read(http);
        FileBatch body = await BodyReader.ReadAsync(http, ApiJson.Default.FileBatch);
        FileCase?[] cases = body.Cases ?? [];
        if (cases.Length < 1 || cases.Length > api.Limits.BatchMax)
        {
            throw new ProblemException(Problem.InvalidRequest("$.cases", $"has {cases.Length} cases: 1 to {api.Limits.BatchMax} are allowed"));
        }
        var results = new BatchResult?[cases.Length];
        var envelopes = new List<Envelope>(cases.Length);
        for (int i = 0; i < cases.Length; i++)
        {
            results[i] = await PrepareAsync(api, cases[i], i, key, envelopes);
        }
        long position = await SendAsync(api, envelopes, results);
        await Answers.JsonAsync(http, new BatchAnswer(position, results!), ApiJson.Default.BatchAnswer);
    }

    private static async ValueTask<BatchResult?> PrepareAsync(CityApi api, FileCase? body, int i, string? key, List<Envelope> envelopes)
    {
        Mistakes mistakes = default;
        if (body is null)
        {
            mistakes.Add($"$.cases[{i}]", "expected an object, not null");
        }
        else
        {
            CaseCommand command = CaseFiling.Command(body, "$", api.Runtime.Rules, ref mistakes);
            if (!mistakes.Any && command is CaseCommand.FileFeedback filed)
            {
                api.Places.Check(filed.Place, filed.Commune, "$.place", ref mistakes);
            }
            if (!mistakes.Any)
            {
                command = command is CaseCommand.FileFeedback report ? await FeedbackFiling.PrepareAsync(api, report) : command;
                CommandId id = key is null ? default : CommandKey.IdForFiling(key).Derive((ulong)i);
                TwinId target = key is null ? TwinId.Case(api.Numbers.Next()) : CommandKey.CaseFor(id);
                envelopes.Add(new Envelope(target, command, id));
                return null;
            }
        }
        FieldError[] errors = [.. mistakes.Errors.Select(e => e with { Path = e.Path.StartsWith("$.cases", StringComparison.Ordinal) ? e.Path : $"$.cases[{i}]{e.Path[1..]}" })];
        return new BatchResult("invalid", Problem: Problem.InvalidRequest(errors));
    }

    private static async ValueTask<long> SendAsync(CityApi api, List<Envelope> envelopes, BatchResult?[] results)
    {
        if (envelopes.Count == 0)
        {
            return 0;
        }
        long start = Stopwatch.GetTimestamp();
        Reply[] replies = await api.Runtime.SendAsync(envelopes.ToArray());
        api.Meter.Took(start);
        if (replies[0].Status is ReplyStatus.Overloaded or ReplyStatus.Unavailable)
        {
            throw new ProblemException(Commands.ProblemOf(replies[0])!);
        }
        long position = 0;
        for (int i = 0, sent = 0; i < results.Length; i++)
        {
            if (results[i] is null)
            {
                position = Math.Max(position, replies[sent].Position);
                api.Meter.Count(envelopes[sent].Command.GetType(), replies[sent].Status);
                results[i] = Result(envelopes[sent].Target, replies[sent]);
                sent++;
            }
        }
        return position;
    }

    private static BatchResult Result(TwinId id, Reply reply) => reply switch
    {
        { IsSuccess: true, State: CaseState state } => new BatchResult(Commands.StatusOf(reply), CaseReading.From(id, state, reply.Version)),
        _ => new BatchResult("refused", Problem: Commands.ProblemOf(reply) ?? Problem.KeyReused),
    };
}
