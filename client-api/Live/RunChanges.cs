using CityTwin.ClientApi.WhatIf;

namespace CityTwin.ClientApi.Live;

/// <summary>Which what-if runs changed since one looked last. Not safe to use from two threads.</summary>
internal sealed class RunChanges(RunQueue queue)
{
    // Read before the list: a change between the two is told once more rather than never.
    private long _revision = queue.Revision;
    private readonly Dictionary<long, RunReading> _known = queue.List().ToDictionary(r => r.Id);

    /// <summary>The runs that are new, or not what they were.</summary>
    public IReadOnlyList<RunReading> Take()
    {
        if (queue.Revision == _revision)
        {
            return [];
        }
        _revision = queue.Revision;
        IReadOnlyList<RunReading> runs = queue.List();
        RunReading[] changed = [.. runs.Where(r => !_known.TryGetValue(r.Id, out RunReading? known) || known != r)];
        _known.Clear();
        foreach (RunReading run in runs)
        {
            _known[run.Id] = run;
        }
        return changed;
    }
}
