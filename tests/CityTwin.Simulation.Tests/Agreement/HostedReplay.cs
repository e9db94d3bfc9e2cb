using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Simulation.City;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Simulation.Tests.Agreement;

/// <summary>Plays traced cases through the runtime that a server hosts: turns, messages, deadlines, a real journal, a driven clock.</summary>
/// <remarks>Commands whose answer decides nothing are sent on without waiting: the runtime carries them out in the order of sending.</remarks>
internal sealed class HostedReplay : IAsyncDisposable
{
    private readonly TracedHue _hue;
    private readonly EmbeddedCity _city;
    private readonly string _folder;
    private readonly PriorityQueue<(int Kind, int Index), (DateTimeOffset At, int Order)> _agenda = new();
    private readonly TwinId[] _inHand;
    private readonly ILookup<TwinId, int> _officersOfDesk;
    private readonly int[] _visits;
    private readonly long _founded;
    private DateTimeOffset _now;
    private int _order;

    private HostedReplay(TracedHue hue, EmbeddedCity city, string folder)
    {
        _hue = hue;
        _city = city;
        _folder = folder;
        _inHand = new TwinId[hue.Model.Officers.Length];
        _officersOfDesk = Enumerable.Range(0, _inHand.Length).ToLookup(DeskOf, o => o);
        _visits = new int[hue.Trace.Length];
        _founded = Position;
    }

    public long Position => _city.Runtime.Position;

    private WorkCalendar Calendar => _hue.City.Rules.Calendar;

    public static async Task<HostedReplay> OpenAsync(TracedHue hue)
    {
        // In memory where the system has it: what is tested is the agreement, not the disk.
        string folder = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"citytwin-agreement-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        EmbeddedOptions options = new() { Journal = Path.Combine(folder, "city.db") };
        EmbeddedCity city = await EmbeddedCity.OpenAsync(hue.City, options, CityClock.Driven(hue.Trace[0].At.AddDays(-1)), [], NullLogger.Instance);
        return new HostedReplay(hue, city, folder);
    }

    /// <summary>What the journal says became of the cases.</summary>
    public ReplayRecord Record()
    {
        ReplayRecord record = new();
        foreach (RecordedEvent recorded in _city.Journal.ReadForward(_founded, Position))
        {
            if (recorded.Event is CaseEvent happened)
            {
                record.Keep(recorded.Twin, happened);
            }
        }
        return record;
    }

    public async Task RunAsync()
    {
        for (int i = 0; i < _hue.Trace.Length; i++)
        {
            Plan(_hue.Trace[i].At, 0, i);
        }
        Plan(Calendar.NextOpening(_hue.Trace[0].At.AddDays(-1)), 1, 0);
        while (_agenda.TryDequeue(out (int Kind, int Index) next, out (DateTimeOffset At, int) when) && when.At < _hue.End)
        {
            _now = when.At;
            ValueTask there = _city.Runtime.AdvanceAsync(when.At);
            await (next.Kind switch { 0 => FileAsync(next.Index), 1 => OpenAsync(), _ => FinishAsync(next.Index) });
            await there;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _city.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private TwinId DeskOf(int officer) => _hue.Model.Desks[_hue.Model.Officers[officer].Desks[0]].Id;

    private void Plan(DateTimeOffset at, int kind, int index) => _agenda.Enqueue((kind, index), (at, _order++));

    private Task<Reply> SendAsync(TwinId target, TwinCommand command) => _city.Runtime.SendAsync(target, command, default).AsTask();

    private async Task FileAsync(int index)
    {
        Reply filed = await SendAsync(ReplayRecord.CaseOf(index), ReplayRecord.Filing(_hue.Model, _hue.City.Rules, _hue.Trace[index], index));
        await OfferAsync(filed);
    }

    private async Task OpenAsync()
    {
        int[] idle = [.. Enumerable.Range(0, _inHand.Length).Where(o => _inHand[o].IsNone)];
        Task<Reply>[] taken = [.. idle.Select(AskForNextAsync)];
        for (int i = 0; i < idle.Length; i++)
        {
            Begin(idle[i], await taken[i]);
        }
        DateTimeOffset at = _now;
        while (Calendar.IsOpen(at))
        {
            at = at.AddMinutes(30);
        }
        Plan(Calendar.NextOpening(at), 1, 0);
    }

    private async Task OfferAsync(Reply ofCase)
    {
        Assert.True(ofCase.Status == ReplyStatus.Accepted, $"{ofCase.Status} {ofCase.Refusal}");
        TwinId desk = ((CaseState)ofCase.State!).Desk;
        foreach (int officer in _officersOfDesk[desk].Where(o => _inHand[o].IsNone && Calendar.IsOpen(_now)))
        {
            Begin(officer, await AskForNextAsync(officer));
        }
    }

    private Task<Reply> AskForNextAsync(int officer) => SendAsync(DeskOf(officer), new DeskCommand.TakeNext(_hue.Model.Officers[officer].Id));

    private void Begin(int officer, Reply taken)
    {
        if (taken.Refusal == Refusal.DeskEmpty)
        {
            return;
        }
        Assert.True(taken.Status == ReplyStatus.Accepted, $"{taken.Status} {taken.Refusal}");
        TwinId id = taken.Events.OfType<DeskEvent.CaseTaken>().Single().Case;
        _inHand[officer] = id;
        TracedCase traced = _hue.Trace[ReplayRecord.IndexOf(id)];
        TimeSpan work = _visits[ReplayRecord.IndexOf(id)]++ switch { 0 => traced.Handling, 1 => traced.HandlingAbove!.Value, _ => traced.HandlingAfterReturn!.Value };
        Plan(Calendar.Add(_now, work), 2, officer);
    }

    private async Task FinishAsync(int officer)
    {
        TwinId id = _inHand[officer];
        TwinId official = _hue.Model.Officers[officer].Id;
        TracedCase traced = _hue.Trace[ReplayRecord.IndexOf(id)];
        int visits = _visits[ReplayRecord.IndexOf(id)];
        _inHand[officer] = default;
        bool goesUp = visits == 1 && traced.HandlingAbove is not null;
        bool goesBack = visits == 2 && traced.HandlingAfterReturn is not null;
        Task<Reply> finished = SendAsync(id, goesUp ? new CaseCommand.Escalate(official, "replayed")
            : goesBack ? new CaseCommand.SendBack(official, "replayed") : new CaseCommand.Resolve(official));
        if (Calendar.IsOpen(_now))
        {
            Begin(officer, await AskForNextAsync(officer));
        }
        Reply end = await finished;
        Assert.True(end.Status == ReplyStatus.Accepted, $"{end.Status} {end.Refusal}");
        if (goesUp || goesBack)
        {
            await OfferAsync(end);
        }
    }
}
