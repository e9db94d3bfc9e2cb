using System.Text.Json.Serialization.Metadata;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Cases;

/// <summary>What can be done with a case: <c>POST /cases/{id}/…</c>.</summary>
internal static class CaseActions
{
    /// <summary>Adds the routes.</summary>
    public static void MapCaseActions(this IEndpointRouteBuilder routes, CityApi api)
    {
        Add(routes, api, "answer", "AnswerCase", "The citizen answers: gives documents, or says what was asked", ApiJson.Default.AnswerBody, Answer);
        Add(routes, api, "withdraw", "WithdrawCase", "The citizen takes the case back", ApiJson.Default.WithdrawBody, Withdraw);
        Add(routes, api, "rate", "RateCase", "The citizen rates the result", ApiJson.Default.RateBody, Rate);
        Add(routes, api, "reopen", "ReopenCase", "The citizen objects to the result", ApiJson.Default.ReopenBody, Reopen);
        Add(routes, api, "ask", "AskCitizen", "The official asks the citizen; the deadline stops", ApiJson.Default.AskBody, Ask);
        Add(routes, api, "escalate", "EscalateCase", "The official passes the case up to a department", ApiJson.Default.EscalateBody, Escalate);
        Add(routes, api, "send-back", "SendCaseBack", "A department returns the case to its commune", ApiJson.Default.ReasonBody, SendBack);
        Add(routes, api, "resolve", "ResolveCase", "The official decides in the citizen's favour", ApiJson.Default.ResolveBody, Resolve);
        Add(routes, api, "reject", "RejectCase", "The official turns the case down", ApiJson.Default.ReasonBody, Reject);
        Add(routes, api, "return", "ReturnResult", "The result is handed to the citizen", ApiJson.Default.EmptyBody, static (EmptyBody _, CityRules _, ref Mistakes _) => new CaseCommand.ReturnResult());
        Add(routes, api, "close", "CloseCase", "The case is closed without a rating", ApiJson.Default.EmptyBody, static (EmptyBody _, CityRules _, ref Mistakes _) => new CaseCommand.Close());
        Add(routes, api, "reassign", "ReassignCase", "An operator moves the case to another office or desk", ApiJson.Default.ReassignBody, Reassign);
    }

    private static void Add<T>(
        IEndpointRouteBuilder routes, CityApi api, string action, string name, string summary, JsonTypeInfo<T> type, CommandMaker<T> make)
        where T : class
    {
        var doc = new RouteDoc("Cases", name, summary) { Body = typeof(T), Answer = typeof(CaseAnswer) };
        routes.Post("/cases/{id}/" + action, doc, async http =>
        {
            TwinId id = Twins.InPath(http, TwinKind.Case);
            if (await Commands.SendAsync(api, http, id, type, make) is { } reply)
            {
                await CaseEndpoints.AnswerAsync(http, id, reply);
            }
        });
    }

    private static CaseCommand.Answer Answer(AnswerBody b, CityRules rules, ref Mistakes m)
    {
        m.OptionalText("$.text", b.Text, TextLimits.TextMax);
        return new CaseCommand.Answer(m.Documents("$.documents", b.Documents, rules), b.Text);
    }

    private static CaseCommand.Withdraw Withdraw(WithdrawBody b, CityRules rules, ref Mistakes m)
    {
        m.OptionalText("$.reason", b.Reason, TextLimits.TextMax);
        return new CaseCommand.Withdraw(b.Reason);
    }

    private static CaseCommand.Rate Rate(RateBody b, CityRules rules, ref Mistakes m)
    {
        if (b.Score is not (>= 1 and <= 5))
        {
            m.Add("$.score", "is required: a whole number from 1 (worst) to 5");
        }
        m.OptionalText("$.comment", b.Comment, TextLimits.TextMax);
        return new CaseCommand.Rate(b.Score ?? 0, b.Comment);
    }

    private static CaseCommand.Reopen Reopen(ReopenBody b, CityRules rules, ref Mistakes m)
    {
        m.Text("$.reason", b.Reason, TextLimits.TextMax);
        return new CaseCommand.Reopen(b.Reason!);
    }

    private static CaseCommand.Reassign Reassign(ReassignBody b, CityRules rules, ref Mistakes m)
    {
        if (b.Office is null)
        {
            m.Add("$.office", "is required: a commune or department");
        }
        TwinId office = m.OptionalOffice("$.office", b.Office);
        m.Text("$.reason", b.Reason, TextLimits.TextMax);
        return new CaseCommand.Reassign(office, b.Reason!, m.OptionalId("$.desk", b.Desk, TwinKind.Desk));
    }

    /// <summary>The official asks the citizen.</summary>
    public static CaseCommand.AskCitizen Ask(AskBody b, CityRules rules, ref Mistakes m)
    {
        m.OptionalText("$.question", b.Question, TextLimits.TextMax);
        return new CaseCommand.AskCitizen(
            m.Id("$.official", b.Official, TwinKind.Official), m.Documents("$.documents", b.Documents, rules), b.Question);
    }

    /// <summary>The official passes the case up.</summary>
    public static CaseCommand.Escalate Escalate(EscalateBody b, CityRules rules, ref Mistakes m)
    {
        m.Text("$.reason", b.Reason, TextLimits.TextMax);
        TwinId department = m.OptionalId("$.department", b.Department, TwinKind.Department);
        if (!department.IsNone && department.Kind == TwinKind.Department && !rules.Offices.Contains(department))
        {
            m.Add("$.department", $"the city has no {department}: see /departments");
        }
        return new CaseCommand.Escalate(m.Id("$.official", b.Official, TwinKind.Official), b.Reason!, department);
    }

    /// <summary>A department returns the case.</summary>
    public static CaseCommand.SendBack SendBack(ReasonBody b, CityRules rules, ref Mistakes m)
    {
        m.Text("$.reason", b.Reason, TextLimits.TextMax);
        return new CaseCommand.SendBack(m.Id("$.official", b.Official, TwinKind.Official), b.Reason!);
    }

    /// <summary>The official decides in the citizen's favour.</summary>
    public static CaseCommand.Resolve Resolve(ResolveBody b, CityRules rules, ref Mistakes m)
    {
        m.OptionalText("$.outcome", b.Outcome, TextLimits.TextMax);
        return new CaseCommand.Resolve(m.Id("$.official", b.Official, TwinKind.Official), b.Outcome);
    }

    /// <summary>The official turns the case down.</summary>
    public static CaseCommand.Reject Reject(ReasonBody b, CityRules rules, ref Mistakes m)
    {
        m.Text("$.reason", b.Reason, TextLimits.TextMax);
        return new CaseCommand.Reject(m.Id("$.official", b.Official, TwinKind.Official), b.Reason!);
    }
}
