using System.Collections.Immutable;
using System.Diagnostics;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Cases;

/// <summary>Turns the body of a new case into a command, or says all that is wrong with it; and files cases.</summary>
internal static class CaseFiling
{
    /// <summary>The command; meaningless when a mistake was added.</summary>
    /// <param name="body">The new case.</param>
    /// <param name="at">The path of the body, as <c>$</c> or <c>$.cases[3]</c>.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    public static CaseCommand Command(FileCase body, string at, CityRules rules, ref Mistakes mistakes)
    {
        if (body.Kind is null)
        {
            mistakes.Add(at + ".kind", "is required: dossier or feedback");
        }
        CheckService(body, at, rules, ref mistakes);
        TwinId commune = mistakes.Id(at + ".commune", body.Commune, TwinKind.Commune);
        if (body.Commune is { Kind: TwinKind.Commune } && !rules.Offices.Contains(commune))
        {
            mistakes.Add(at + ".commune", $"the city has no {commune}: see /communes");
        }
        if (body.Channel is null)
        {
            mistakes.Add(at + ".channel", $"is required: {Words<Channel>.Expected}");
        }
        return body.Kind == CaseKind.Feedback
            ? Feedback(body, at, commune, ref mistakes)
            : Dossier(body, at, commune, rules, ref mistakes);
    }

    /// <summary>A place that may be left out.</summary>
    public static GeoPoint? Place(PlaceBody? body, string at, ref Mistakes mistakes) => body is { } p
        ? new GeoPoint(Degrees(at + ".place.latitude", p.Latitude, 90, ref mistakes), Degrees(at + ".place.longitude", p.Longitude, 180, ref mistakes))
        : null;

    /// <summary>Files a case, whatever interface it came through: the same key names the same case, and gives the first answer.</summary>
    /// <param name="api">The city.</param>
    /// <param name="command">A filing.</param>
    /// <param name="key">The idempotency key, or null.</param>
    public static async ValueTask<(TwinId Case, Reply Reply)> SendAsync(CityApi api, CaseCommand command, string? key)
    {
        CommandId id = key is null ? default : CommandKey.IdForFiling(key);
        TwinId target = key is null ? TwinId.Case(api.Numbers.Next()) : CommandKey.CaseFor(id);
        return (target, await SendAsync(api, target, command, id));
    }

    /// <summary>Sends a command to a case and counts it.</summary>
    public static async ValueTask<Reply> SendAsync(CityApi api, TwinId target, CaseCommand command, CommandId id)
    {
        long start = Stopwatch.GetTimestamp();
        Reply reply = await api.Runtime.SendAsync(target, command, id);
        api.Meter.Count(command.GetType(), reply.Status);
        api.Meter.Took(start);
        api.Meter.Slowest.Took(command.GetType(), target, Stopwatch.GetElapsedTime(start));
        return reply;
    }

    private static CaseCommand.FileDossier Dossier(FileCase body, string at, TwinId commune, CityRules rules, ref Mistakes mistakes)
    {
        TwinId citizen = mistakes.Id(at + ".citizen", body.Citizen, TwinKind.Citizen);
        ImmutableArray<string> documents = mistakes.Documents(at + ".documents", body.Documents, rules);
        if (body.Description is not null || body.Place is not null)
        {
            mistakes.Add(at + (body.Place is null ? ".description" : ".place"), "belongs to feedback, not to a dossier");
        }
        if (body.Group is not null)
        {
            mistakes.Add(at + ".group", "belongs to feedback, not to a dossier");
        }
        return new CaseCommand.FileDossier(body.Service ?? "", commune, citizen, body.Channel ?? default, documents, body.Urgency);
    }

    private static CaseCommand.FileFeedback Feedback(FileCase body, string at, TwinId commune, ref Mistakes mistakes)
    {
        TwinId citizen = mistakes.OptionalId(at + ".citizen", body.Citizen, TwinKind.Citizen);
        mistakes.Text(at + ".description", body.Description, TextLimits.TextMax);
        if (body.Documents is not null)
        {
            mistakes.Add(at + ".documents", "belong to a dossier, not to feedback");
        }
        GeoPoint? place = Place(body.Place, at, ref mistakes);
        return new CaseCommand.FileFeedback(body.Service ?? "", commune, citizen, body.Channel ?? default, body.Description ?? "", place, body.Urgency);
    }

    private static void CheckService(FileCase body, string at, CityRules rules, ref Mistakes mistakes)
    {
        bool mayBeRead = body is { Kind: CaseKind.Feedback, Service: null } && ReportReader.IntakeCategory(rules) is not null;
        if (mayBeRead)
        {
            return;
        }
        if (string.IsNullOrEmpty(body.Service))
        {
            mistakes.Add(at + ".service", "is required: a code of /city/catalogue");
        }
        else if (rules.Catalogue.Find(body.Service) is not { } service)
        {
            mistakes.Add(at + ".service", $"the catalogue has no '{Mistakes.Short(body.Service)}': see /city/catalogue");
        }
        else if (body.Kind is { } kind && service.Kind != kind)
        {
            mistakes.Add(at + ".service", $"'{service.Code}' is of kind {Words<CaseKind>.Of(service.Kind)}");
        }
    }

    private static double Degrees(string path, double? value, double limit, ref Mistakes mistakes)
    {
        if (value is not { } degrees || !(Math.Abs(degrees) <= limit))
        {
            mistakes.Add(path, $"is required: degrees from -{limit} to {limit}");
            return 0;
        }
        return degrees;
    }
}
