using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <content>How a case comes in.</content>
public sealed partial class CaseDecider
{
    private static Decision<CaseEvent> File(CaseCommand.FileDossier c, in Turn turn)
    {
        ImmutableArray<string> documents = c.Documents.OrEmpty();
        Refusal refusal = Check(turn.Rules, CaseKind.Dossier, c.Service, c.Commune, out ServiceDefinition? service, out TwinId office);
        if (refusal == Refusal.None)
        {
            refusal = c.Citizen.Kind != TwinKind.Citizen || !IsKnown(c.Channel) || c.Channel == Channel.Sensor || !IsKnown(c.Urgency)
                ? Refusal.OutOfRange
                : TextLimits.Check(turn.Rules.Catalogue, documents);
        }
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        return Filed(service!, c.Commune, office, c.Citizen, c.Channel, c.Urgency, documents, null, null, turn);
    }

    private static Decision<CaseEvent> File(CaseCommand.FileFeedback c, in Turn turn)
    {
        Refusal refusal = Check(turn.Rules, CaseKind.Feedback, c.Category, c.Commune, out ServiceDefinition? service, out TwinId office);
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        bool inRange = (c.Citizen.IsNone || c.Citizen.Kind == TwinKind.Citizen) && IsKnown(c.Channel) && IsKnown(c.Urgency)
            && TextLimits.IsText(c.Description, TextLimits.ReportMax) && (c.Place is not { } place || IsOnEarth(place)) && (c.Classification?.IsInRange ?? true);
        if (!inRange)
        {
            return Refusal.OutOfRange;
        }
        if (c.IsCityWide && CaseRouting.EscalationTarget(turn.Rules, service, default, out TwinId department) == Refusal.None)
        {
            office = department;
        }
        CaseEvent filed = Filed(service!, c.Commune, office, c.Citizen, c.Channel, c.Urgency, [], c.Description, c.Place, turn);
        return c.Classification is { } reading ? (CaseEvent[])[filed, new CaseEvent.CaseClassified(turn.At, reading)] : filed;
    }

    private static Refusal Check(
        CityRules rules, CaseKind kind, string? code, TwinId commune, out ServiceDefinition? service, out TwinId office)
    {
        office = default;
        service = code is null ? null : rules.Catalogue.Find(code);
        return service is null || service.Kind != kind ? Refusal.UnknownService : CaseRouting.OfficeOf(rules, service, commune, out office);
    }

    private static CaseEvent.CaseFiled Filed(
        ServiceDefinition service, TwinId commune, TwinId office, TwinId citizen, Channel channel, Urgency? urgency,
        ImmutableArray<string> documents, string? description, GeoPoint? place, in Turn turn) =>
        new(turn.At, service.Kind, service.Code, commune, office, citizen, channel, urgency ?? service.Urgency,
            turn.Rules.Calendar.DueAt(turn.At, service.Limit), service.Skill, service.Handling.MeanMinutes, service.Documents.OrEmpty(),
            documents, description, place);

    private static bool IsKnown(Channel channel) => channel is >= Channel.Counter and <= Channel.Sensor;

    private static bool IsKnown(Urgency? urgency) => urgency is null or <= Urgency.Immediate;

    private static bool IsOnEarth(GeoPoint place) => place.Latitude is >= -90 and <= 90 && place.Longitude is >= -180 and <= 180;
}
