using CityTwin.ClientApi.Boards;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Sensors;
using CityTwin.Silo.Views;
using Microsoft.AspNetCore.SignalR;

namespace CityTwin.ClientApi.Live;

/// <summary>What changed on the board since the update before.</summary>
/// <param name="Now">The city's time.</param>
/// <param name="Position">The journal position that the board knows of.</param>
/// <param name="Lag">How many durable events it has not taken in yet.</param>
/// <param name="Figures">The headline figures.</param>
/// <param name="Offices">The offices whose figures changed.</param>
/// <param name="Recent">What happened since, the newest first, at most 50.</param>
/// <param name="Sensors">The sensors at a glance, if anything about them changed.</param>
internal sealed record BoardUpdate(
    DateTimeOffset Now, long Position, long Lag, CityFigures Figures, IReadOnlyList<OfficeLine> Offices, IReadOnlyList<RecentEvent> Recent,
    SensorBoard? Sensors);

/// <summary>The live board: a new watcher gets the whole board as <c>board</c>, then <c>update</c>s. Watchers send nothing.</summary>
internal sealed class LiveHub(CityApi api, LiveBoard live, IHostApplicationLifetime lifetime) : Hub
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Whoever comes while the server stops would hold it up.
            Context.Abort();
            return;
        }
        live.Entered();
        await Clients.Caller.SendAsync("board", BoardEndpoints.Answer(api, BoardEndpoints.Live(api)), Context.ConnectionAborted);
        await base.OnConnectedAsync();
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        live.Left();
        return base.OnDisconnectedAsync(exception);
    }
}
