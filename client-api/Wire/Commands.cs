using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Wire;

/// <summary>Makes a command of a body, adding what is wrong to the mistakes.</summary>
internal delegate TwinCommand CommandMaker<in T>(T body, CityRules rules, ref Mistakes mistakes);

/// <summary>Sends commands for requests.</summary>
internal static class Commands
{
    /// <summary>Reads a body, makes a command of it and sends it under the request's key. Null when a problem was answered.</summary>
    public static async ValueTask<Reply?> SendAsync<T>(CityApi api, HttpContext http, TwinId target, JsonTypeInfo<T> type, CommandMaker<T> make)
        where T : class
    {
        T body = await BodyReader.ReadAsync(http, type);
        return await SendAsync(api, http, target, Make(api, body, make));
    }

    /// <summary>Makes a command of a body.</summary>
    /// <exception cref="ProblemException">The body has mistakes.</exception>
    public static TwinCommand Make<T>(CityApi api, T body, CommandMaker<T> make)
    {
        Mistakes mistakes = default;
        TwinCommand command = make(body, api.Runtime.Rules, ref mistakes);
        mistakes.ThrowIfAny();
        return command;
    }

    /// <summary>Sends a command under the request's key. Null when a problem was answered.</summary>
    public static ValueTask<Reply?> SendAsync(CityApi api, HttpContext http, TwinId target, TwinCommand command) =>
        SendAsync(api, http, target, command, CommandKey.IdFor(CommandKey.Read(http), target));

    /// <summary>Sends a command under an id. Null when a problem was answered.</summary>
    public static async ValueTask<Reply?> SendAsync(CityApi api, HttpContext http, TwinId target, TwinCommand command, CommandId id)
    {
        long start = Stopwatch.GetTimestamp();
        Reply reply = await api.Runtime.SendAsync(target, command, id);
        api.Meter.Count(command.GetType(), reply.Status);
        api.Meter.Took(start);
        api.Meter.Slowest.Took(command.GetType(), target, Stopwatch.GetElapsedTime(start));
        if (ProblemOf(reply) is { } problem)
        {
            await Answers.ProblemAsync(http, problem);
            return null;
        }
        return reply;
    }

    /// <summary>The problem that a reply is; null when the command stands.</summary>
    public static Problem? ProblemOf(Reply reply) => reply.Status switch
    {
        ReplyStatus.Accepted or ReplyStatus.Unchanged => null,
        ReplyStatus.Refused => Refusals.Of(reply.Refusal),
        ReplyStatus.Overloaded => Problem.Overloaded,
        ReplyStatus.Unavailable => Problem.Unavailable,
        _ => Problem.TwinFaulted,
    };

    /// <summary>The word for a reply that stands.</summary>
    public static string StatusOf(Reply reply) => reply.Status == ReplyStatus.Unchanged ? "unchanged" : "accepted";
}
