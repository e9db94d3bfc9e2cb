using System.Collections.Concurrent;
using CityTwin.ClientApi.Boards;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Sensors;
using CityTwin.ClientApi.WhatIf;
using CityTwin.Grains;
using CityTwin.Silo.Views;
using Microsoft.AspNetCore.SignalR;

namespace CityTwin.ClientApi.Live;

/// <summary>Tells watchers what changed on the board, at most four times a second, however much happens; of more than 1,000 offices twice.</summary>
/// <remarks>Everyone is told at their own pace: what a slow watcher missed is told it as one update, and nobody waits for another.</remarks>
internal sealed class LiveBoard(CityApi api, RunQueue queue) : BackgroundService
{
    /// <summary>Events told at once, at most: the latest.</summary>
    public const int RecentMax = 50;

    private const int ManyOffices = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<TwinId, int> _places = [];
    private readonly List<OfficeHead> _heads = [];
    private readonly Dictionary<int, double?[]> _told = [];
    private readonly HashSet<int> _headsChanged = [];
    private readonly ConcurrentDictionary<string, Watcher> _watchers = new();
    private readonly RunChanges _runs = new(queue);
    private long _position;
    private long _sensorChanges;

    /// <summary>A watcher came: is told the whole board, then what changes.</summary>
    /// <returns>When the board has been told.</returns>
    public Task Enter(HubCallerContext connection, IClientProxy client)
    {
        Task beginning = client.SendAsync("board", Start(), connection.ConnectionAborted);
        _watchers[connection.ConnectionId] = new Watcher(connection, client, beginning);
        return beginning;
    }

    /// <summary>A watcher went.</summary>
    public void Leave(string connection) => _watchers.TryRemove(connection, out _);

    // The whole board, for a new watcher.
    private BoardStart Start()
    {
        BoardEndpoints.Board board = BoardEndpoints.Live(api);
        BoardView view = board.View.Board;
        IReadOnlyList<OfficeLine> lines = view.Offices(board.Now);
        lock (_gate)
        {
            var rows = new List<double?[]>(lines.Count);
            foreach (OfficeLine line in lines)
            {
                rows.Add(OfficeRow.Of(Head(line).Place, line));
            }
            return new BoardStart(
                api.Definition.Id, api.Definition.NameVi, api.Definition.NameEn, board.Now, board.View.Position, board.Lag, view.City(board.Now),
                OfficeRow.Columns, [.. _heads], rows, view.Recent(0, RecentMax), SensorBoard.Of(board.Sensors));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _position = api.View.Position;
        _sensorChanges = api.Sensors.Changes;
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            IReadOnlyList<RunReading> runs = _runs.Take();
            if (!_watchers.IsEmpty)
            {
                Tell(runs);
                if (_heads.Count > ManyOffices)
                {
                    await timer.WaitForNextTickAsync(stoppingToken);
                }
            }
        }
    }

    private void Tell(IReadOnlyList<RunReading> runs)
    {
        bool isChanged = api.View.Position != _position || api.Sensors.Changes != _sensorChanges;
        BoardUpdate? update = isChanged ? Update() : null;
        var written = new Lazy<LiveMessage?>(() => update is null ? null : LiveMessage.Of(update));
        foreach ((_, Watcher watcher) in _watchers)
        {
            watcher.Tell(update, written, runs);
        }
    }

    private BoardUpdate Update()
    {
        BoardEndpoints.Board board = BoardEndpoints.Live(api);
        long position = api.View.Position;
        long sensorChanges = api.Sensors.Changes;
        SensorBoard? sensors = sensorChanges == _sensorChanges ? null : SensorBoard.Of(api.Sensors);
        _sensorChanges = sensorChanges;
        IReadOnlyList<OfficeLine> lines = board.View.Board.Offices(board.Now);
        var heads = new List<OfficeHead>();
        var rows = new List<double?[]>();
        lock (_gate)
        {
            foreach (OfficeLine line in lines)
            {
                OfficeHead head = Head(line);
                double?[] row = OfficeRow.Of(head.Place, line);
                if (!_told.TryGetValue(head.Place, out double?[]? before) || !row.AsSpan().SequenceEqual(before))
                {
                    _told[head.Place] = row;
                    rows.Add(row);
                }
            }
            heads.AddRange(_headsChanged.Select(p => _heads[p]));
            _headsChanged.Clear();
        }
        var update = new BoardUpdate(
            board.Now, position, board.Lag, board.View.Board.City(board.Now), heads, rows, board.View.Board.Recent(_position, RecentMax), sensors);
        _position = position;
        return update;
    }

    // A watcher who came between two updates may be told of a change twice, never too rarely: only updates count as telling.
    private OfficeHead Head(OfficeLine line)
    {
        if (!_places.TryGetValue(line.Profile.Id, out int place))
        {
            place = _heads.Count;
            _places.Add(line.Profile.Id, place);
            _heads.Add(new OfficeHead(place, line.Profile, line.Successor));
            _headsChanged.Add(place);
        }
        else if (_heads[place].Profile != line.Profile || _heads[place].Successor != line.Successor)
        {
            _heads[place] = new OfficeHead(place, line.Profile, line.Successor);
            _headsChanged.Add(place);
        }
        return _heads[place];
    }
}
