using CityTwin.Faults.Audit;
using CityTwin.Faults.Defects;
using CityTwin.Faults.Disk;
using CityTwin.Faults.Traffic;
using CityTwin.Faults.Twins;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Faults.World;

/// <summary>The whole of one seed: a disk, processes that come and go, callers, and one thing happening after another, in an order the seed draws.</summary>
internal sealed class World
{
    private const int RestActionsMax = 400_000;

    private readonly Random _random;
    private readonly List<string>? _lines;
    private readonly Callers _callers;
    private CityProcess? _process;
    private int _actions;
    private int _processes;
    private int _runs;
    private int _forgotten;
    private bool _isResting;

    public World(int seed, Variant? variant = null, List<string>? lines = null)
    {
        Seed = seed;
        _random = new Random(seed);
        _lines = lines;
        Variant = variant ?? new Variant();
        Circumstances = Variant.Tune(Circumstances.From(_random));
        Time = new SimulatedTime(Town.Start);
        Disk = new SimulatedDisk(Variant.TrustsTornBatches);
        Verdict = new Verdict(Trace);
        Fate = new Fate(Circumstances, _random, Trace);
        History = new History(Town.Types, Disk, Verdict);
        Auditor = new Auditor(History, Verdict) { Memory = () => Circumstances.ResidentMax < 10_000 ? _forgotten++ : _runs };
        _callers = new Callers(this, _random);
        Trace($"seed {seed}: {Circumstances}");
    }

    public int Seed { get; }

    public Variant Variant { get; }

    public Circumstances Circumstances { get; }

    public SimulatedDisk Disk { get; }

    public SimulatedTime Time { get; }

    public Verdict Verdict { get; }

    public Fate Fate { get; }

    public History History { get; }

    public Auditor Auditor { get; }

    /// <summary>The city's time that every caller may take for granted.</summary>
    public DateTimeOffset LatestTime { get; set; } = Town.Start;

    /// <summary>Plays the seed to its end.</summary>
    public Outcome Play()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        try
        {
            while (_actions < Circumstances.Actions && Verdict.IsGood)
            {
                Act();
            }
            ComeToRest();
        }
        catch (Exception e) when (e is not SimulatedCrash)
        {
            Verdict.Fail($"the simulator met: {e}");
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
        return new Outcome(Seed, Verdict.Failure, _actions, History.Position, Auditor.Judged, Fate.Crashes, Fate.Troubles, Disk.Torn, History.Messages.Sent, _processes);
    }

    public void Trace(string what) => _lines?.Add($"{_actions,6} {what}");

    public IJournal OpenJournal()
    {
        _runs++;
        return Variant.Wrap(new SimulatedJournal(Disk, Fate, Circumstances.Serialises, Variant.Syncs));
    }

    /// <summary>The turn thread waits for the committer: everybody else goes on.</summary>
    public void WhileTurnsWait()
    {
        Act(turns: false);
        if (Fate.IsDead)
        {
            throw new SimulatedCrash();
        }
    }

    private void Act(bool turns = true)
    {
        _actions++;
        if (_actions > Circumstances.Actions + RestActionsMax)
        {
            Verdict.Fail($"the world does not come to rest: {_process?.Condition}; callers done: {_callers.IsDone}");
            throw new InvalidOperationException("no rest");
        }
        try
        {
            Fate.Point("between two actions");
            Choose(turns);
        }
        catch (SimulatedCrash)
        {
            // Seen below, or by whoever waits.
        }
        if (Fate.IsDead)
        {
            if (turns)
            {
                Bury();
            }
            return;
        }
        History.CatchUp();
        _callers.Collect();
    }

    private void Choose(bool turns)
    {
        if (_process is null or { HasEnded: true })
        {
            Start();
            return;
        }
        if (_process.Run is null)
        {
            _process.TryRecover();
            return;
        }
        CityProcess process = _process;
        int choice = _random.Next(20 + (3 * Circumstances.CommitSlowness));
        switch (choice)
        {
            case < 3 when process.CanCommit:
                process.Commit();
                break;
            case < 5:
                process.FeedViews();
                break;
            case < 8 when process.Context.Count > 0:
                process.Context.RunAny(_random);
                break;
            case < 10 when process.Elsewhere.Count > 0:
                process.Elsewhere.RunAny(_random);
                break;
            case < 11 when !_isResting:
                PassTime();
                break;
            default:
                if (turns && choice % 3 != 0)
                {
                    process.Pump();
                }
                else if (process.IsFounded)
                {
                    _callers.Act(process.Runtime, _isResting);
                }
                break;
        }
        if (!_isResting && Circumstances.StopEvery > 0 && _random.Next(Circumstances.StopEvery) == 0 && !process.IsStopping)
        {
            Trace("stop");
            process.Stop();
        }
    }

    private void Start()
    {
        if (_process is { } ended)
        {
            ended.RunLeftovers(_random);
            _callers.Collect();
            Verdict.Check(_callers.Pending == 0, $"{_callers.Pending} callers were not answered when the city stopped");
        }
        _processes++;
        _process = new CityProcess(this);
        SynchronizationContext.SetSynchronizationContext(_process.Context);
        Trace($"process {_processes} starts");
        CheckDisk();
        _process.TryRecover();
        while (Circumstances.FoundsAtOnce && _process is { Run: not null, IsFounded: false, HasEnded: false, IsStopping: false } && !Fate.IsDead)
        {
            _process.WorkOff(_random);
        }
    }

    private void Bury()
    {
        Fate.IsDead = false;
        _callers.LoseAnswers();
        Disk.Crash(_random);
        _process = null;
    }

    private void PassTime()
    {
        bool jumps = _random.Next(1_000) < Circumstances.JumpPerMille;
        TimeSpan by = jumps ? TimeSpan.FromMinutes(_random.Next(-600, 6_000)) : TimeSpan.FromTicks(_random.NextInt64(TimeSpan.TicksPerMinute * 20));
        if (!Circumstances.Driven)
        {
            Time.At += by;
        }
        else if (_process is { IsFounded: true })
        {
            _callers.Advance(_process.Runtime, _process.Clock.Now + by);
        }
    }

    private void ComeToRest()
    {
        _isResting = true;
        Fate.IsQuiet = true;
        Settle();
        for (int day = 0; day < 3 && Verdict.IsGood; day++)
        {
            Time.At = LatestTime = new[] { Time.At, _process!.Clock.Now, LatestTime }.Max() + TimeSpan.FromDays(_random.Next(1, 6));
            if (Circumstances.Driven)
            {
                _callers.Advance(_process.Runtime, LatestTime);
            }
            _process.Pump();
            Settle();
            History.CheckDeadlines(LatestTime);
        }
        RestAudit.Check(this);
        CheckView(_process!.View, "live");
        ReadEverything();
        Stop();
        Settle();
        CheckView(_process!.View, "restarted");
        ReadEverything();
    }

    private void Settle()
    {
        int calm = 0;
        while (Verdict.IsGood && calm < 3)
        {
            Act();
            bool isCalm = _process is { IsIdle: true, IsStopping: false } && _callers.IsDone;
            if (isCalm && _process!.Run is not null)
            {
                _process.Pump();
                calm++;
            }
            else
            {
                calm = 0;
            }
        }
    }

    private void Stop()
    {
        Trace("the last stop");
        _process!.Stop();
        while (Verdict.IsGood && !_process!.HasEnded)
        {
            Act();
        }
    }

    private void ReadEverything()
    {
        Auditor.JudgeIntents();
        foreach (TwinId[] twins in History.Twins.Keys.ToArray().Chunk(Circumstances.QueueDepthMax))
        {
            foreach (TwinId twin in twins)
            {
                _callers.Read(_process!.Runtime, twin);
            }
            while (!_callers.IsDone && Verdict.IsGood)
            {
                _process!.WorkOff(_random);
                _callers.Collect();
            }
        }
    }

    // Whatever was ever synced is still there.
    private void CheckDisk()
    {
        int events = Disk.Open().Events.Count;
        History.CatchUp();
        Verdict.Check(events == History.Position, $"the disk holds {events} events; {History.Position} were durable");
    }

    private void CheckView(AuditedView view, string which)
    {
        AuditedView fresh = new(Verdict, () => int.MaxValue, _ => { }, loads: false);
        foreach (RecordedEvent recorded in Disk.Durable)
        {
            fresh.Take(recorded);
        }
        Verdict.Check(view.Events == fresh.Events && view.Hash == fresh.Hash, $"the {which} view at {view.Events} differs from one rebuilt from zero at {fresh.Events}");
    }
}
