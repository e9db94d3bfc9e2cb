using System.Collections.Immutable;

namespace CityTwin.Grains.Tests;

/// <summary>The usual beginnings of a case's story.</summary>
internal static class CaseStory
{
    public static readonly TwinId Case = TwinId.Case(7);
    public static readonly TwinId Citizen = TwinId.Citizen(70);
    public static readonly TwinId Desk = SmallCity.DeskOf(SmallCity.North, 1);
    public static readonly TwinId Clerk = SmallCity.OfficialOf(SmallCity.North, 11);
    public static readonly DateTimeOffset Filed = SmallCity.Monday;

    /// <summary>Monday 17:00 in Huế, when offices close.</summary>
    public static readonly DateTimeOffset MondayClosing = SmallCity.Monday.AddHours(9);

    public static CaseCommand.FileDossier File(string service, params string[] documents) =>
        new(service, SmallCity.North, Citizen, Channel.Counter, [.. documents]);

    public static Story<CaseDecider, CaseCommand, CaseEvent, CaseState> New(CityRules? rules = null) => new(Case, rules ?? SmallCity.Rules);

    /// <summary>A birth registration, due one working day later, which needs no documents.</summary>
    public static Story<CaseDecider, CaseCommand, CaseEvent, CaseState> Received(CityRules? rules = null) =>
        New(rules).When(File("birth"), Filed);

    public static Story<CaseDecider, CaseCommand, CaseEvent, CaseState> Queued(CityRules? rules = null) =>
        Received(rules).When(new CaseCommand.RecordQueued(SmallCity.North, Desk), Filed);

    public static Story<CaseDecider, CaseCommand, CaseEvent, CaseState> InHand(CityRules? rules = null) =>
        Queued(rules).When(new CaseCommand.StartWork(Desk, Clerk), Filed);

    public static Story<CaseDecider, CaseCommand, CaseEvent, CaseState> Asked() =>
        InHand().When(new CaseCommand.AskCitizen(Clerk, [], "Tên cha?"), Filed.AddHours(1));

    public static Story<CaseDecider, CaseCommand, CaseEvent, CaseState> Resolved() =>
        InHand().When(new CaseCommand.Resolve(Clerk, "Đã đăng ký"), Filed.AddHours(1));

    public static Story<CaseDecider, CaseCommand, CaseEvent, CaseState> Returned() =>
        Resolved().When(new CaseCommand.ReturnResult(), Filed.AddHours(2));

    public static Message To(TwinId target, TwinCommand command) => new(target, command);

    public static OfficeCommand.Admit Admit(
        AdmitReason reason, DateTimeOffset dueAt, string skill = "justice", double effort = 25, TwinId desk = default, Urgency urgency = Urgency.Normal) =>
        new(Case, reason, skill, dueAt, urgency, effort, desk);

    public static ImmutableArray<string> Codes(params string[] codes) => [.. codes];
}
