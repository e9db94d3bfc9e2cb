using CityTwin.Faults.Audit;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Embedded;
using CityTwin.Silo.Journal;

namespace CityTwin.Faults.Traffic;

/// <summary>Everybody who reads: twins as they are, as they were, and their histories; and whoever moves a driven clock.</summary>
internal sealed class Readers(World.World world, Random random)
{
    private readonly List<(Task Answer, Action Judge, Action<bool> Unavailable)> _pending = [];

    public int Pending => _pending.Count;

    public void Ask(EmbeddedRuntime runtime, TwinId twin)
    {
        if (_pending.Count >= world.Circumstances.CallersMax)
        {
            return;
        }
        world.History.CatchUp();
        int known = world.History.Of(twin).Version;
        switch (random.Next(4))
        {
            case 0:
                AskPast(runtime, twin);
                break;
            case 1:
                int after = random.Next(known + 1);
                int limit = random.Next(1, 20);
                Expect(runtime.HistoryAsync(twin, after, limit), read => world.Auditor.JudgeHistory(twin, after, limit, known, read));
                break;
            default:
                Expect(runtime.ReadAsync(twin), read => world.Auditor.JudgeReading(read, known));
                break;
        }
    }

    /// <summary>Reads, and reads again until it is answered.</summary>
    public void Insist(EmbeddedRuntime runtime, TwinId twin)
    {
        int known = world.History.Of(twin).Version;
        Expect(runtime.ReadAsync(twin), read => world.Auditor.JudgeReading(read, known), isAlive =>
        {
            if (isAlive)
            {
                Insist(runtime, twin);
            }
        });
    }

    public void Advance(EmbeddedRuntime runtime, DateTimeOffset to)
    {
        world.Trace($"advance to {to:O}");
        async ValueTask<bool> MoveAsync()
        {
            await runtime.AdvanceAsync(to);
            return true;
        }
        Expect(MoveAsync(), _ =>
        {
            world.History.CatchUp();
            world.History.CheckDeadlines(to.AddTicks(-(to.UtcTicks % TimeSpan.TicksPerMillisecond)));
        });
    }

    public void Collect()
    {
        for (int i = _pending.Count - 1; i >= 0; i--)
        {
            (Task answer, Action judge, Action<bool> unavailable) = _pending[i];
            if (!answer.IsCompleted)
            {
                continue;
            }
            _pending.RemoveAt(i);
            if (answer.IsCompletedSuccessfully)
            {
                judge();
            }
            else if (answer.Exception?.InnerException is RuntimeUnavailableException)
            {
                unavailable(true);
            }
            else
            {
                world.Verdict.Fail($"a reading failed: {answer.Exception?.InnerException}");
            }
        }
    }

    public void LoseAnswers() => _pending.Clear();

    private void AskPast(EmbeddedRuntime runtime, TwinId twin)
    {
        List<RecordedEvent> durable = world.Disk.Durable;
        if (durable.Count == 0)
        {
            return;
        }
        DateTimeOffset at = durable[random.Next(durable.Count)].At.AddMilliseconds(random.Next(-1, 2));
        int versions = world.Auditor.VersionsUntil(twin, at);
        Expect(runtime.ReadAsync(twin, at), read => world.Auditor.JudgeReadingAt(read, at, versions));
    }

    private void Expect<T>(ValueTask<T> answer, Action<T> judge, Action<bool>? unavailable = null)
    {
        Task<T> task = answer.AsTask();
        _pending.Add((task, () => judge(task.Result), unavailable ?? (_ => { })));
    }
}
