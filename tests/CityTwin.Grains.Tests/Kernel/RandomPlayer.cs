using System.Collections.Immutable;

namespace CityTwin.Grains.Tests;

/// <summary>Plays citizens, officials, operators and the city, mostly sensibly, from a seed.</summary>
internal sealed class RandomPlayer(PlayedCity city, Random random)
{
    private static readonly string[] Dossiers = ["copy", "birth", "land", "permit"];
    private readonly List<TwinId> _cases = [];
    private int _nextCase = 1;
    private int _nextCommune = 201;

    public int Accepted { get; private set; }

    public void Act()
    {
        (TwinId target, TwinCommand command) = random.Next(100) switch
        {
            < 18 => File(),
            < 43 => TakeWork(),
            < 73 => WorkOn(),
            < 88 => Citizen(),
            < 94 => Operate(),
            _ => Staff(),
        };
        Accepted += city.Do(target, command) == Refusal.None ? 1 : 0;
    }

    /// <summary>Merges or splits communes, or changes the city's policy.</summary>
    public void Reform()
    {
        ImmutableArray<TwinId> communes = [.. city.Rules.Offices.Where(o => o.Kind == TwinKind.Commune && city.Rules.InForce(o) == o).Order()];
        CityCommand command = random.Next(3) switch
        {
            0 when communes.Length > 1 => new CityCommand.MergeCommunes([.. communes.Where(c => c != communes[0]).Take(random.Next(1, 3))], communes[0]),
            1 => Split(Any(communes)),
            _ => random.Next(2) == 0
                ? new CityCommand.AmendService("land", random.Next(1, 20), Any([Level.City, Level.Commune, (Level?)null]), null)
                : new CityCommand.SetDay(new DateOnly(2026, 11, random.Next(1, 30)), random.Next(2) == 0, "Nghỉ"),
        };
        Accepted += city.Do(SmallCity.City, command) == Refusal.None ? 1 : 0;
    }

    private CityCommand.SplitCommune Split(TwinId from)
    {
        TwinId id = TwinId.Commune(_nextCommune++);
        OfficeDefinition office = SmallCity.Office(id, 3_000, SmallCity.Desk(id, 1, ["justice", "land"], 1), SmallCity.Desk(id, 2, ["order"], 1));
        return new CityCommand.SplitCommune(from, office.Profile, office.Desks, random.Next(1, 100));
    }

    private (TwinId, TwinCommand) File()
    {
        TwinId id = TwinId.Case(_nextCase++);
        _cases.Add(id);
        TwinId commune = Any([.. city.Rules.Offices.Where(o => o.Kind == TwinKind.Commune).Order()]);
        TwinId citizen = TwinId.Citizen(random.Next(1, 8));
        var channel = (Channel)random.Next(1, 6);
        return random.Next(4) == 0
            ? (id, new CaseCommand.FileFeedback(Any(["noise", "flood"]), commune, random.Next(2) == 0 ? default : citizen, channel, "Ồn quá", Classification: Reading()))
            : (id, new CaseCommand.FileDossier(Any(Dossiers), commune, citizen, channel, Documents()));
    }

    private CaseClassification? Reading() => random.Next(2) == 0 ? null : new("feedback-1", "noise", 0.5, random.Next(2) == 0);

    private (TwinId, TwinCommand) TakeWork()
    {
        (TwinId id, DeskState desk) = Any([.. city.All<DeskState>().Where(d => d.State.Successor.IsNone)]);
        TwinId official = desk.Officials.IsEmpty ? TwinId.Official(1) : Any(desk.Officials);
        return random.Next(5) == 0 && desk.Places.Count > 0
            ? (id, new DeskCommand.Start(Any([.. desk.Places.Keys.Order()]), official))
            : (id, new DeskCommand.TakeNext(official));
    }

    private (TwinId, TwinCommand) WorkOn()
    {
        TwinId id = AnyCase(CaseStage.InProgress);
        TwinId official = city.State<CaseState>(id).Official;
        CaseCommand command = random.Next(9) switch
        {
            0 => new CaseCommand.AskCitizen(official, Documents(), "Bổ sung?"),
            1 => new CaseCommand.Escalate(official, "Vượt thẩm quyền"),
            2 => new CaseCommand.SendBack(official, "Thuộc phường"),
            3 => new CaseCommand.Reject(official, "Không đủ điều kiện"),
            _ => new CaseCommand.Resolve(official, "Xong"),
        };
        return (id, command);
    }

    private (TwinId, TwinCommand) Citizen() => random.Next(10) switch
    {
        0 => (AnyCase(Any(Enum.GetValues<CaseStage>())), new CaseCommand.Withdraw("Thôi")),
        < 5 => (AnyCase(CaseStage.WaitingForCitizen), new CaseCommand.Answer(Documents(), "Đây")),
        < 7 => (AnyCase(CaseStage.Resolved), new CaseCommand.ReturnResult()),
        7 => (AnyCase(CaseStage.Returned), new CaseCommand.Rate(random.Next(1, 6))),
        8 => (AnyCase(Any([CaseStage.Resolved, CaseStage.Returned, CaseStage.Rejected])), new CaseCommand.Reopen("Chưa đúng")),
        _ => (AnyCase(CaseStage.Rejected), new CaseCommand.Rate(random.Next(1, 6))),
    };

    private (TwinId, TwinCommand) Operate()
    {
        if (random.Next(3) == 0)
        {
            return (AnyCase(Any(Enum.GetValues<CaseStage>())), random.Next(6) switch
            {
                0 => new CaseCommand.TakeUpAlert(_nextCase++, "Báo động", null, (Urgency)random.Next(3)),
                1 => new CaseCommand.Follow(_nextCase++, default, Channel.App, "Ồn quá", null, 0.7),
                _ => new CaseCommand.AssignCategory(Any(["noise", "flood"]), default, random.Next(3) == 0 ? (Urgency)random.Next(3) : null),
            });
        }
        TwinId office = Any([.. city.Rules.Offices.Order()]);
        TwinId desk = random.Next(2) == 0 ? default : SmallCity.DeskOf(office, random.Next(1, 3));
        return (AnyCase(Any(Enum.GetValues<CaseStage>())), new CaseCommand.Reassign(office, "Điều phối", desk));
    }

    private (TwinId, TwinCommand) Staff()
    {
        (TwinId id, DeskState desk) = Any([.. city.All<DeskState>()]);
        TwinId official = desk.Officials.IsEmpty ? TwinId.Official(900) : Any(desk.Officials);
        return random.Next(4) switch
        {
            0 => (id, new DeskCommand.RemoveOfficial(official)),
            1 => (id, new DeskCommand.SetDiscipline((Discipline)random.Next(1, 3))),
            2 => (id, new DeskCommand.AssignOfficials([TwinId.Official(random.Next(900, 920))])),
            _ => (TwinId.Citizen(random.Next(1, 8)), new CitizenCommand.RevokeDocument(Any(["id", "landbook"]), "Hết hiệu lực")),
        };
    }

    private ImmutableArray<string> Documents() => [.. new[] { "id", "landbook", "photo" }.Where(_ => random.Next(2) == 0)];

    // Mostly a case in the stage where the command makes sense.
    private TwinId AnyCase(CaseStage stage)
    {
        TwinId[] fitting = random.Next(10) == 0 ? [] : [.. _cases.Where(c => city.State<CaseState>(c).Stage == stage)];
        return fitting.Length > 0 ? Any(fitting) : _cases.Count > 0 ? Any(_cases) : TwinId.Case(0);
    }

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
