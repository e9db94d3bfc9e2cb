namespace CityTwin.Simulation.City;

public sealed partial class CityRun
{
    private readonly List<int>?[] _batches;
    private readonly long[] _batchDue;

    // The last step of a process: results that are signed together. A batch that never fills is closed when its first case has waited long enough.
    private void JoinBatch(int slot, int office, ModelBatch batch, long now)
    {
        List<int> waiting = _batches[office] ??= [];
        waiting.Add(slot);
        if (waiting.Count >= batch.Size)
        {
            Sign(office, now);
        }
        else if (waiting.Count == 1)
        {
            long dayTicks = _phase.Services[_cases[slot].Service].DayTicks;
            _batchDue[office] = AddWork(now, (long)(batch.Days * dayTicks));
            Schedule(office, _batchDue[office], Happening.Batch, office);
        }
    }

    private void CloseBatch(int office, long now)
    {
        // A batch that filled before is signed already; the one after it has its own time.
        if (_batchDue[office] == now && _batches[office] is { Count: > 0 })
        {
            Sign(office, now);
        }
    }

    private void Sign(int office, long now)
    {
        List<int> waiting = _batches[office]!;
        _batchDue[office] = 0;
        foreach (int slot in waiting)
        {
            Decide(slot, now);
        }
        waiting.Clear();
    }
}
