using System.Collections.Immutable;
using CityTwin.Faults.Audit;
using CityTwin.Faults.Twins;
using CityTwin.Grains;
using CityTwin.Grains.Tests;

namespace CityTwin.Faults.Traffic;

/// <summary>What citizens, officials and operators ask of the town: mostly what makes sense where the cases stand, now and then what does not.</summary>
internal sealed class RandomTraffic(History history, Random random)
{
    private const long NotTimeOrdered = TwinId.TimeOrderedEnd;
    private const int Bells = 4;

    private readonly List<TwinId> _cases = [];
    private long _nextCase = 1;
    private int _nextCommune = 201;

    public (TwinId Target, TwinCommand Command) Next() => random.Next(100) switch
    {
        < 20 => File(),
        < 42 => TakeWork(),
        < 60 => WorkOn(),
        < 74 => Citizen(),
        < 80 => Operate(),
        < 84 => Staff(),
        < 85 => Reform(),
        _ => Bell(),
    };

    /// <summary>Any twin that there is, or might be.</summary>
    public TwinId AnyTwin()
    {
        TwinId[] known = [.. history.Twins.Keys];
        return random.Next(10) == 0 || known.Length == 0 ? TwinId.Case(random.Next(1, 1_000)) : known[random.Next(known.Length)];
    }

    private (TwinId, TwinCommand) Bell()
    {
        TwinId bell = new(BellDecider.Kind, random.Next(Bells));
        TwinId ledger = new(LedgerDecider.Kind, random.Next(LedgerDecider.Count));
        int burst = random.Next(4) == 0 ? random.Next(12) : random.Next(3);
        return random.Next(3) == 0
            ? (bell, new BellCommand.Strike(burst, ledger, random.Next(4)))
            : (bell, new BellCommand.Set(TimeSpan.FromMinutes(random.Next(10) == 0 ? 0 : random.Next(600)), random.Next(20) == 0 ? -1 : burst, ledger));
    }

    private (TwinId, TwinCommand) File()
    {
        // Mostly rising identities, some skipped and used later, some of callers with numbers of their own.
        TwinId id = random.Next(8) switch
        {
            0 => TwinId.Case(NotTimeOrdered + random.Next(50)),
            1 => TwinId.Case(random.NextInt64(1, _nextCase + 5)),
            _ => TwinId.Case(_nextCase += random.Next(1, 3)),
        };
        _cases.Add(id);
        TwinId commune = Any([.. Offices().Where(o => o.Kind == TwinKind.Commune)]);
        TwinId citizen = TwinId.Citizen(random.Next(1, 6));
        return random.Next(3) == 0
            ? (id, new CaseCommand.FileFeedback(Any(Town.Reports), commune, random.Next(2) == 0 ? default : citizen, Channel.App, "Ồn quá"))
            : (id, new CaseCommand.FileDossier(Any(Town.Dossiers), commune, citizen, Channel.Counter, Papers()));
    }

    private (TwinId, TwinCommand) TakeWork()
    {
        (TwinId Id, DeskState State)[] desks = [.. history.All<DeskState>()];
        if (desks.Length == 0)
        {
            return File();
        }
        (TwinId Id, DeskState State)[] waiting = [.. desks.Where(d => d.State.Places.Count > 0)];
        (TwinId id, DeskState desk) = Any(waiting.Length > 0 ? waiting : desks);
        TwinId official = desk.Officials.IsEmpty ? TwinId.Official(1) : Any(desk.Officials);
        return random.Next(5) == 0 && desk.Places.Count > 0
            ? (id, new DeskCommand.Start(Any([.. desk.Places.Keys.Order()]), official))
            : (id, new DeskCommand.TakeNext(official));
    }

    private (TwinId, TwinCommand) WorkOn()
    {
        TwinId id = AnyCase(CaseStage.InProgress);
        TwinId official = history.State<CaseState>(id).Official;
        return (id, random.Next(8) switch
        {
            0 or 1 => new CaseCommand.AskCitizen(official, Papers(), "Bổ sung?"),
            2 => new CaseCommand.Escalate(official, "Vượt thẩm quyền"),
            3 => new CaseCommand.SendBack(official, "Thuộc phường"),
            4 => new CaseCommand.Reject(official, "Không đủ điều kiện"),
            _ => new CaseCommand.Resolve(official, "Xong"),
        });
    }

    private (TwinId, TwinCommand) Citizen() => random.Next(10) switch
    {
        0 => (AnyCase(Any(Enum.GetValues<CaseStage>())), new CaseCommand.Withdraw("Thôi")),
        < 5 => (AnyCase(CaseStage.WaitingForCitizen), new CaseCommand.Answer(Papers(), "Đây")),
        < 7 => (AnyCase(CaseStage.Resolved), new CaseCommand.ReturnResult()),
        7 => (AnyCase(CaseStage.Returned), new CaseCommand.Rate(random.Next(1, 6))),
        8 => (AnyCase(Any([CaseStage.Resolved, CaseStage.Returned, CaseStage.Rejected])), new CaseCommand.Reopen("Chưa đúng")),
        _ => (AnyCase(CaseStage.Rejected), new CaseCommand.Rate(random.Next(1, 6))),
    };

    private (TwinId, TwinCommand) Operate() =>
        (AnyCase(random.Next(2) == 0 ? CaseStage.Queued : CaseStage.InProgress), new CaseCommand.Reassign(Any(Offices()), "Điều phối"));

    private (TwinId, TwinCommand) Staff()
    {
        (TwinId Id, DeskState State)[] desks = [.. history.All<DeskState>()];
        if (desks.Length == 0)
        {
            return File();
        }
        (TwinId id, DeskState desk) = Any(desks);
        return random.Next(3) switch
        {
            0 => (id, new DeskCommand.RemoveOfficial(desk.Officials.IsEmpty ? TwinId.Official(900) : Any(desk.Officials))),
            1 => (id, new DeskCommand.SetDiscipline((Discipline)random.Next(1, 3))),
            _ => (id, new DeskCommand.AssignOfficials([TwinId.Official(random.Next(900, 920))])),
        };
    }

    private (TwinId, TwinCommand) Reform()
    {
        CityState city = history.State<CityState>(Town.Definition.Id);
        TwinId[] communes = [.. Offices().Where(o => o.Kind == TwinKind.Commune && !city.Successors.ContainsKey(o))];
        CityCommand command = random.Next(3) switch
        {
            0 when communes.Length > 1 => new CityCommand.MergeCommunes([communes[^1]], communes[0]),
            1 => Split(Any(communes)),
            _ => new CityCommand.AmendService("land", random.Next(1, 9), null, null),
        };
        return (Town.Definition.Id, command);
    }

    private CityCommand.SplitCommune Split(TwinId from)
    {
        TwinId id = TwinId.Commune(_nextCommune++);
        OfficeDefinition office = SmallCity.Office(id, 3_000, SmallCity.Desk(id, 1, ["justice", "land"], 1), SmallCity.Desk(id, 2, ["order"], 1));
        return new CityCommand.SplitCommune(from, office.Profile, office.Desks, random.Next(1, 100));
    }

    private TwinId[] Offices()
    {
        CityState city = history.State<CityState>(Town.Definition.Id);
        return [.. Town.Definition.Rules.Offices.Union(city.Offices).Order()];
    }

    private ImmutableArray<string> Papers() => [.. Town.Papers.Where(_ => random.Next(2) == 0)];

    private TwinId AnyCase(CaseStage stage)
    {
        TwinId[] fitting = random.Next(12) == 0 ? [] : [.. _cases.Where(c => history.State<CaseState>(c).Stage == stage)];
        return fitting.Length > 0 ? Any(fitting) : _cases.Count > 0 ? Any(_cases) : TwinId.Case(0);
    }

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
