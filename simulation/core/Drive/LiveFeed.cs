using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>An endless feed: citizens and officials of a city, paced by the city's own clock.</summary>
/// <remarks>
/// Citizens come online at any hour and to the counters in office hours; officials work in office hours only. After a restart it goes on:
/// officials find the cases that wait at their desks, and those that they had in hand; citizens answer, fetch and rate as before where
/// <see cref="LiveFeedOptions.Pending"/> names their cases. Who wanted to take back a case has forgotten it.
/// </remarks>
public sealed class LiveFeed
{
    private const int DaysAhead = 1;

    private readonly CitySheet _sheet;
    private readonly ICommandPort _port;
    private readonly LiveFeedOptions _options;

    /// <summary>A feed for a city.</summary>
    /// <param name="city">The city.</param>
    /// <param name="port">The runtime that runs it.</param>
    /// <param name="options">How fast and how much.</param>
    public LiveFeed(CityDefinition city, ICommandPort port, LiveFeedOptions options)
    {
        _sheet = new CitySheet(city);
        _port = port;
        _options = options;
    }

    /// <summary>Plays until it is stopped. Cancelling ends it after the slice at hand, without an exception.</summary>
    /// <exception cref="DoorShutException">The runtime has stopped.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        DateTimeOffset start = await _port.ReachAsync(DateTimeOffset.MinValue, stop).ConfigureAwait(false);

        // A feed that starts again must not repeat the ids of the last one: its first answers would be given again.
        ulong seed = Draws.Mix(_options.Seed ^ (ulong)start.UtcTicks);
        TimeSpan slice = TimeSpan.FromSeconds(Math.Clamp(_options.Speed * 0.5, 0.5, 3600));
        var play = new CityPlay(
            _sheet,
            new PlayOptions
            {
                Seed = seed,
                Behaviour = _options.Behaviour,
                Slice = slice,
                ClosedSlice = slice,
                KeepEnded = false,
                PollEvery = TimeSpan.FromSeconds(Math.Max(60, _options.Speed * 10)),
            },
            start);
        await TakeUpAsync(play).ConfigureAwait(false);
        foreach (TwinId pending in _options.Pending)
        {
            if (await _port.ReadAsync(pending).ConfigureAwait(false) is CaseState state)
            {
                play.TakeUp(pending, state);
            }
        }
        var plan = new ArrivalPlan(_sheet, seed, _options.Behaviour);
        long firstKey = 1;
        Arrival[] opening = Opening(plan, start, ref firstKey);
        var run = new DriveRun(play, new TurnDoor(_port, static () => new([])));
        DateTimeOffset day = start;
        while (!stop.IsCancellationRequested)
        {
            DateTimeOffset next = day.AddDays(DaysAhead);
            DriveVolume volume = DriveVolume.Of(_sheet.City, DaysAhead, _options.Rate * ShareOf(day));
            Arrival[] arrivals = [.. opening, .. plan.Between(day, next, volume, firstKey)];
            Array.Sort(arrivals, static (a, b) => a.AtTicks.CompareTo(b.AtTicks));
            play.Expect(arrivals);
            opening = [];
            firstKey += volume.Cases;
            day = next;
            await run.RunAsync(day, letTimeEndCases: false, null, stop).ConfigureAwait(false);
        }
    }

    // On a day off few come, and only online.
    private double ShareOf(DateTimeOffset day)
    {
        WorkCalendar calendar = _sheet.City.Rules.Calendar;
        return calendar.IsWorkingDay(calendar.DateOf(day)) ? 1.25 : 0.35;
    }

    // The first who come do so at once, so that whoever starts a city sees it move.
    private Arrival[] Opening(ArrivalPlan plan, DateTimeOffset start, ref long firstKey)
    {
        if (_options.OpeningCases == 0)
        {
            return [];
        }
        double dossiers = DriveVolume.Of(_sheet.City, 1, 1).Dossiers;
        double rate = Math.Clamp(_options.OpeningCases / Math.Max(1, dossiers), 0.001, 100);
        DriveVolume volume = DriveVolume.Of(_sheet.City, 1, rate);
        Arrival[] arrivals = plan.Between(start, start.AddDays(1), volume, firstKey);
        firstKey += volume.Cases;
        long step = Math.Max(TimeSpan.TicksPerMillisecond, (long)(_options.Speed * TimeSpan.TicksPerSecond * 0.5));
        for (int i = 0; i < arrivals.Length; i++)
        {
            long at = start.UtcTicks + ((i + 1) * step);
            bool isShut = !_sheet.City.Rules.Calendar.IsOpen(new DateTimeOffset(at, TimeSpan.Zero));
            arrivals[i] = arrivals[i] with
            {
                AtTicks = at - (at % TimeSpan.TicksPerMillisecond),
                Channel = isShut && arrivals[i].Channel == Channel.Counter ? Channel.OnlinePortal : arrivals[i].Channel,
            };
        }
        return arrivals;
    }

    private async Task TakeUpAsync(CityPlay play)
    {
        foreach (CitySheet.Desk desk in _sheet.Desks)
        {
            if (await _port.ReadAsync(desk.Id).ConfigureAwait(false) is DeskState state)
            {
                play.TakeUp(desk.Id, state);
            }
        }
    }
}

/// <summary>How a live feed plays.</summary>
public sealed record LiveFeedOptions
{
    /// <summary>The seed; mixed with the moment of starting. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>City seconds per real second, as the city's clock has it: 0.001 to 100,000, default 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Times the usual number of citizens, 0.001 to 100. Default 1.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Citizens who come at once at the start, two a second in real time. 0 to 10,000, default 60.</summary>
    public int OpeningCases { get; init; } = 60;

    /// <summary>Cases from before that may wait for their citizens: to answer, to fetch a result, to rate it. Default none.</summary>
    public IReadOnlyList<TwinId> Pending { get; init; } = [];

    /// <summary>How citizens and officials behave.</summary>
    public Behaviour Behaviour { get; init; } = new();
}
