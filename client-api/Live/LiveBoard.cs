using CityTwin.ClientApi.Boards;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Sensors;
using CityTwin.Grains;
using CityTwin.Silo.Views;
using Microsoft.AspNetCore.SignalR;

namespace CityTwin.ClientApi.Live;

/// <summary>Tells watchers what changed on the board, at most four times a second, however much happens.</summary>
internal sealed class LiveBoard(CityApi api, IHubContext<LiveHub> hub) : BackgroundService
{
    private const int RecentMax = 50;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<TwinId, OfficeLine> _told = [];
    private long _position;
    private long _sensorChanges;
    private int _watchers;

    /// <summary>A watcher came.</summary>
    public void Entered() => Interlocked.Increment(ref _watchers);

    /// <summary>A watcher went.</summary>
    public void Left() => Interlocked.Decrement(ref _watchers);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _position = api.View.Position;
        _sensorChanges = api.Sensors.Changes;
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if ((api.View.Position != _position || api.Sensors.Changes != _sensorChanges) && Volatile.Read(ref _watchers) > 0)
            {
                await hub.Clients.All.SendAsync("update", Update(), stoppingToken);
            }
        }
    }

    private BoardUpdate Update()
    {
        BoardEndpoints.Board board = BoardEndpoints.Live(api);
        long position = api.View.Position;
        long sensorChanges = api.Sensors.Changes;
        SensorBoard? sensors = sensorChanges == _sensorChanges ? null : SensorBoard.Of(api.Sensors);
        _sensorChanges = sensorChanges;
        var changed = new List<OfficeLine>();
        foreach (OfficeLine line in board.View.Board.Offices(board.Now))
        {
            if (!_told.TryGetValue(line.Profile.Id, out OfficeLine? before) || before != line)
            {
                _told[line.Profile.Id] = line;
                changed.Add(line);
            }
        }
        var update = new BoardUpdate(
            board.Now, position, board.Lag, board.View.Board.City(board.Now), changed, board.View.Board.Recent(_position, RecentMax), sensors);
        _position = position;
        return update;
    }
}
