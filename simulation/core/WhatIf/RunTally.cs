using System.Collections.Immutable;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.Simulation.WhatIf;

/// <summary>Gathers the replications of a run as they come, in any order, and tells how far it is.</summary>
/// <remarks>What is known so far is told of the first replications without a gap: those that happen to end early must not weigh more. Thread-safe.</remarks>
/// <param name="title">The run's title.</param>
/// <param name="variants">Names and timelines.</param>
/// <param name="run">How it is run.</param>
/// <param name="every">After how many replications what is known is told again.</param>
internal sealed class RunTally(string title, IReadOnlyList<(string Name, Timeline Timeline)> variants, ScenarioRun run, int every)
{
    private const int ShownMin = 2;
    private readonly Lock _gate = new();
    private readonly List<ReplicationRecord?[]> _rows = [];
    private int _whole;
    private int _shown;
    private int _done;
    private int _expected;

    /// <summary>Makes room for replications up to a number.</summary>
    /// <param name="wanted">How many there are to be for certain.</param>
    /// <param name="expected">How many there will be, as far as is known.</param>
    public void Begin(int wanted, int expected)
    {
        lock (_gate)
        {
            while (_rows.Count < wanted)
            {
                _rows.Add(new ReplicationRecord?[variants.Count]);
            }
            _expected = expected;
        }
    }

    /// <summary>Takes one; what is known so far comes along where that has grown by enough.</summary>
    public RunProgress Take(int variant, int replication, ReplicationRecord record)
    {
        lock (_gate)
        {
            _rows[replication][variant] = record;
            _done++;
            while (_whole < _rows.Count && Array.TrueForAll(_rows[_whole], r => r is not null))
            {
                _whole++;
            }
            bool isNews = _whole >= ShownMin && (_whole - _shown >= every || (_whole == _rows.Count && _whole > _shown));
            if (isNews)
            {
                _shown = _whole;
                _expected = run.Precision is null ? _expected : Math.Max(_rows.Count, Enough());
            }
            return new RunProgress(_done, _expected * variants.Count) { SoFar = isNews ? Of(_whole) : null };
        }
    }

    /// <summary>How many replications the goal of precision will take, judged by those there are: the half-width falls with their root.</summary>
    public int Enough()
    {
        lock (_gate)
        {
            double ratio = _whole < ShownMin ? 0 : Of(_whole).HalfWidth / (run.Precision!.Value * 100);
            return (int)Math.Min(run.ReplicationMax, Math.Ceiling(_whole * ratio * ratio));
        }
    }

    /// <summary>What all replications have shown.</summary>
    public WhatIfResult Result()
    {
        lock (_gate)
        {
            return Of(_rows.Count);
        }
    }

    private WhatIfResult Of(int rows) => new(
        title, variants[0].Timeline, run,
        [.. variants.Select((v, i) => new VariantResult(v.Name, v.Timeline, [.. _rows.Take(rows).Select(r => r[i]!)]))]);
}
