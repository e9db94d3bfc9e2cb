using CityTwin.ClientApi.Sensors;
using CityTwin.ClientApi.WhatIf;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Live;

/// <summary>What a watcher has not been told yet, of many updates the outcome: the latest row of each office, the latest events. Not safe to use from two threads.</summary>
/// <remarks>It never holds more than one board and one reading of each what-if run, however long the watcher takes.</remarks>
internal sealed class Gathered
{
    private readonly Dictionary<int, double?[]> _rows = [];
    private readonly Dictionary<int, OfficeHead> _heads = [];
    private readonly Dictionary<long, RunReading> _runs = [];
    private BoardUpdate? _last;
    private IReadOnlyList<RecentEvent> _recent = [];
    private SensorBoard? _sensors;

    /// <summary>Whether an update is to be told.</summary>
    public bool HasUpdate => _last is not null;

    /// <summary>Whether a what-if run is to be told of.</summary>
    public bool HasRuns => _runs.Count > 0;

    /// <summary>Takes in what changed on the board.</summary>
    public void Add(BoardUpdate update)
    {
        _last = update;
        foreach (double?[] row in update.Rows)
        {
            _rows[(int)row[0]!.Value] = row;
        }
        foreach (OfficeHead head in update.Offices)
        {
            _heads[head.Place] = head;
        }
        _recent = update.Recent.Count >= LiveBoard.RecentMax || _recent.Count == 0 ? update.Recent : [.. update.Recent.Concat(_recent).Take(LiveBoard.RecentMax)];
        _sensors = update.Sensors ?? _sensors;
    }

    /// <summary>Takes in how far a run is.</summary>
    public void Add(RunReading run) => _runs[run.Id] = run;

    /// <summary>The update that says all of it; nothing of it is left to tell. Only when <see cref="HasUpdate"/>.</summary>
    public BoardUpdate TakeUpdate()
    {
        BoardUpdate update = _last! with { Offices = [.. _heads.Values], Rows = [.. _rows.Values], Recent = _recent, Sensors = _sensors };
        _rows.Clear();
        _heads.Clear();
        (_last, _recent, _sensors) = (null, [], null);
        return update;
    }

    /// <summary>The runs that changed, in their order; none is left to tell.</summary>
    public RunReading[] TakeRuns()
    {
        RunReading[] runs = [.. _runs.Values.OrderBy(r => r.Id)];
        _runs.Clear();
        return runs;
    }
}
