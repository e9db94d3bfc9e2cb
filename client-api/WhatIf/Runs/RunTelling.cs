using System.Diagnostics;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Tells how far a run is, what it does, and what it has shown so far. Safe to call from any thread.</summary>
/// <param name="tell">Changes what is told of the run.</param>
internal sealed class RunTelling(Action<Func<RunReading, RunReading>> tell)
{
    private long _begun = Stopwatch.GetTimestamp();
    private int _before;

    /// <summary>Another part of the work begins; the time left is judged by the parts that told of themselves.</summary>
    public void Begin(RunStage stage)
    {
        if (stage is RunStage.Simulating or RunStage.Fitting)
        {
            _begun = Stopwatch.GetTimestamp();
        }
        tell(r =>
        {
            _before = r.Done;
            return r with { Stage = stage };
        });
    }

    /// <summary>So much of so much of this part is done.</summary>
    public void Tell(RunProgress reached) => Tell(_before + reached.Done, _before + reached.Total, reached.SoFar is { } known ? RunSoFar.Of(known) : null);

    /// <summary>So much of so much of all is done.</summary>
    public void Tell(int done, int total, RunSoFar? known = null)
    {
        double spent = Stopwatch.GetElapsedTime(_begun).TotalSeconds;
        tell(r => done <= r.Done && total == r.Total && known is null ? r : r with
        {
            Done = Math.Max(done, r.Done),
            Total = total,
            SecondsLeft = done == 0 ? null : Math.Round(spent / done * Math.Max(0, total - done), 1),
            SoFar = known?.Replications > (r.SoFar?.Replications ?? 0) ? known : r.SoFar,
        });
    }
}
