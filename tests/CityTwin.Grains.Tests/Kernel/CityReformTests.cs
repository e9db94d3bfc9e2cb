namespace CityTwin.Grains.Tests;

/// <summary>Merging and splitting communes while cases are open, told step by step.</summary>
public sealed class CityReformTests
{
    private readonly PlayedCity _city = new();

    [Fact]
    public void A_merged_commune_leaves_nothing_behind()
    {
        TwinId[] cases = FileBirths(10);
        TwinId inHand = TakeOne();
        TwinId waiting = TakeOne();
        Do(waiting, new CaseCommand.AskCitizen(State(waiting).Official, [], "?"));
        Do(SmallCity.City, new CityCommand.MergeCommunes([SmallCity.North], SmallCity.South));
        CityAudit.Check(_city);
        Assert.All(cases.Where(c => c != waiting), c => Assert.Equal((SmallCity.South, CaseStage.Queued), (State(c).Office, State(c).Stage)));
        Assert.Contains(_city.Twin(inHand).History, e => e is CaseEvent.CaseMoved { Worked: not null });
        Assert.Equal((9, 0), (Office(SmallCity.South).Totals.AtDesks, Office(SmallCity.North).Totals.AtDesks));
        Assert.Equal(30_000, Office(SmallCity.South).Profile!.Population);
        Assert.Equal(6, Office(SmallCity.South).Desks.Sum(d => d.Officials));

        Do(waiting, new CaseCommand.Answer([], "Đây"));
        CityAudit.Check(_city);
        Assert.Equal((SmallCity.South, CaseStage.Queued), (State(waiting).Office, State(waiting).Stage));
    }

    [Fact]
    public void Cases_follow_a_commune_that_is_merged_twice()
    {
        TwinId[] cases = FileBirths(4);
        _city.Do(SmallCity.City, new CityCommand.MergeCommunes([SmallCity.North], SmallCity.South));
        _city.Do(SmallCity.City, new CityCommand.MergeCommunes([SmallCity.South], SmallCity.West));
        _city.Drain();
        CityAudit.Check(_city);
        Assert.All(cases, c => Assert.Equal(SmallCity.West, State(c).Office));
        Assert.Equal(35_000, Office(SmallCity.West).Profile!.Population);
        TwinId late = TwinId.Case(999);
        Do(late, new CaseCommand.FileDossier("birth", SmallCity.North, TwinId.Citizen(1), Channel.App, []));
        Assert.Equal(SmallCity.West, State(late).Office);
    }

    [Fact]
    public void A_split_sends_its_share_of_the_cases_to_the_new_commune()
    {
        TwinId[] cases = FileBirths(200);
        TwinId fresh = TwinId.Commune(201);
        OfficeDefinition plan = SmallCity.Office(fresh, 4_000, SmallCity.Desk(fresh, 1, ["justice"], 2));
        Do(SmallCity.City, new CityCommand.SplitCommune(SmallCity.North, plan.Profile, plan.Desks, 40));
        CityAudit.Check(_city);
        int moved = cases.Count(c => State(c).Office == fresh);
        Assert.InRange(moved, 55, 105);
        Assert.Equal((moved, 200 - moved), (Office(fresh).Totals.AtDesks, Office(SmallCity.North).Totals.AtDesks));
        Assert.Equal(6_000, Office(SmallCity.North).Profile!.Population);
    }

    private TwinId[] FileBirths(int count)
    {
        TwinId[] cases = [.. Enumerable.Range(1, count).Select(n => TwinId.Case(n))];
        foreach (TwinId id in cases)
        {
            Do(id, new CaseCommand.FileDossier("birth", SmallCity.North, TwinId.Citizen(1), Channel.Counter, []));
        }
        return cases;
    }

    private TwinId TakeOne()
    {
        TwinId desk = SmallCity.DeskOf(SmallCity.North, 1);
        TwinId first = _city.State<DeskState>(desk).Queue.Min.Case;
        Do(desk, new DeskCommand.TakeNext(SmallCity.OfficialOf(SmallCity.North, 11)));
        return first;
    }

    private void Do(TwinId target, TwinCommand command)
    {
        Assert.Equal(Refusal.None, _city.Do(target, command));
        _city.Drain();
    }

    private CaseState State(TwinId id) => _city.State<CaseState>(id);

    private OfficeState Office(TwinId id) => _city.State<OfficeState>(id);
}
