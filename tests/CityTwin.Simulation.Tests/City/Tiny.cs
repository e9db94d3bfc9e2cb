using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Tests.City;

/// <summary>Small made-up cities: one commune with one desk, and what is added to it.</summary>
internal static class Tiny
{
    public static readonly DateOnly Monday = new(2026, 3, 2);

    public static WorkCalendar Hours { get; } = WorkCalendar.Usual;

    public static WorkCalendar RoundTheClock { get; } = new(
        TimeSpan.FromHours(7),
        new OfficeWeek([.. Enumerable.Repeat<ImmutableArray<OfficeHours>>([new OfficeHours(TimeOnly.MinValue, TimeOnly.MaxValue)], 7)]),
        []);

    public static ModelService Service(string code = "copies", Duration? handling = null, TimeLimit? limit = null) => new()
    {
        Code = code,
        Name = code,
        Kind = CaseKind.Dossier,
        Field = "any",
        Level = Level.Commune,
        Skill = 0,
        Limit = limit ?? new TimeLimit(2),
        Handling = handling ?? Duration.Constant(60),
        EffortMinutes = 60,
        Department = -1,
        RateShare = 0,
    };

    public static CityModel Model(int officers = 1, double casesPerDay = 10, ModelService? service = null, WorkCalendar? calendar = null) => new()
    {
        Name = "tiny",
        Calendar = calendar ?? Hours,
        Offices = [new ModelOffice("An Bình", TwinId.Commune(1), OfficeKind.Commune, 10_000, [casesPerDay])],
        Services = [service ?? Service()],
        Skills = ["any"],
        Desks = [new ModelDesk("Desk", TwinId.Desk(101), 0, [0], Discipline.DeadlineFirst)],
        Officers = [.. Enumerable.Range(1, officers).Select(i => new ModelOfficer(TwinId.Official(1000 + i), 0, [0]))],
        Demand = DemandProfile.Even,
    };

    /// <summary>Two communes and a department that takes their escalations, two desks in each.</summary>
    public static CityModel TwoLevels(int officersPerDesk = 2, double casesPerDay = 20)
    {
        ImmutableArray<ModelService> services =
        [
            Service("copies", Duration.Lognormal(10, 0.5)) with { Limit = new TimeLimit(0.5m, new TimeOnly(15, 0)), EffortMinutes = 11, OnlineShare = 0.5 },
            Service("land", Duration.Gamma(2, 20)) with
            {
                Skill = 1, Limit = new TimeLimit(8), EffortMinutes = 40, Department = 2, EscalateChance = 0.3, SendBackChance = 0.2,
                AskChance = 0.2, MissingChance = 0.1, ReopenChance = 0.05, ProcessDays = Duration.Lognormal(3, 0.4), Steps = 2, OnlineShare = 0.5,
            },
        ];
        List<ModelDesk> desks = [];
        List<ModelOfficer> officers = [];
        for (int o = 0; o < 3; o++)
        {
            for (int d = 0; d < 2; d++)
            {
                desks.Add(new ModelDesk($"Desk {o}.{d}", TwinId.Desk((o * 100) + d + 1), o, [d], d == 0 ? Discipline.Fifo : Discipline.DeadlineFirst));
                officers.AddRange(Enumerable.Range(0, officersPerDesk).Select(i =>
                    new ModelOfficer(TwinId.Official((o * 1000) + (d * 100) + i), o, [desks.Count - 1])));
            }
        }
        return new CityModel
        {
            Name = "two levels",
            Calendar = Hours,
            Offices =
            [
                new ModelOffice("An Bình", TwinId.Commune(1), OfficeKind.Commune, 10_000, [casesPerDay, casesPerDay / 2]),
                new ModelOffice("Bình Minh", TwinId.Commune(2), OfficeKind.Ward, 20_000, [casesPerDay, casesPerDay / 2]),
                new ModelOffice("Land department", TwinId.Department(3), OfficeKind.Department, 0, [0, 2]),
            ],
            Services = services,
            Skills = ["certify", "land"],
            Desks = [.. desks],
            Officers = [.. officers],
        };
    }

    /// <summary>A moment by the clock of Huế.</summary>
    public static DateTimeOffset At(int day, int hour, int minute = 0) =>
        new(Monday.AddDays(day).ToDateTime(new TimeOnly(hour, minute)), TimeSpan.FromHours(7));

    public static TracedCase Case(DateTimeOffset at, double minutes, Urgency urgency = Urgency.Normal, int service = 0) =>
        new(at, 0, service, urgency, TimeSpan.FromMinutes(minutes));

    /// <summary>Replays cases through a model and tells when each began and ended, local time.</summary>
    public static Recorder Replay(CityModel model, params ReadOnlySpan<TracedCase> cases)
    {
        Recorder recorder = new();
        CityRun.Of(Timeline.Of(model, Monday, 21) with { Trace = [.. cases] }, 1, 0, recorder, TestContext.Current.CancellationToken);
        return recorder;
    }
}

/// <summary>Keeps the moments of each case.</summary>
internal sealed class Recorder : IRunObserver
{
    public Dictionary<int, DateTimeOffset> FiledAt { get; } = [];

    public Dictionary<int, DateTimeOffset> DueAt { get; } = [];

    public Dictionary<int, List<DateTimeOffset>> StartedAt { get; } = [];

    public Dictionary<int, List<int>> DeskOf { get; } = [];

    public Dictionary<int, List<int>> OfficerOf { get; } = [];

    public Dictionary<int, DateTimeOffset> ResolvedAt { get; } = [];

    public void Filed(int ordinal, long at, long dueAt)
    {
        FiledAt[ordinal] = Local(at);
        DueAt[ordinal] = Local(dueAt);
    }

    public void Queued(int ordinal, long at, int desk) => Of(DeskOf, ordinal).Add(desk);

    public void Started(int ordinal, long at, int desk, int officer, long work)
    {
        Of(StartedAt, ordinal).Add(Local(at));
        Of(OfficerOf, ordinal).Add(officer);
    }

    public void Resolved(int ordinal, long at, long dueAt) => ResolvedAt[ordinal] = Local(at);

    private static List<T> Of<T>(Dictionary<int, List<T>> lists, int ordinal)
    {
        if (!lists.TryGetValue(ordinal, out List<T>? list))
        {
            lists[ordinal] = list = [];
        }
        return list;
    }

    private static DateTimeOffset Local(long ticks) => new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(7));
}
