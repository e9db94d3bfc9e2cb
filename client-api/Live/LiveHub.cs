using Microsoft.AspNetCore.SignalR;

namespace CityTwin.ClientApi.Live;

/// <summary>The live board: a new watcher gets the whole board as <c>board</c>, then <c>update</c>s and <c>run</c>s. Watchers send nothing.</summary>
internal sealed class LiveHub(LiveBoard live, IHubContext<LiveHub> hub, IHostApplicationLifetime lifetime) : Hub
{
    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Whoever comes while the server stops would hold it up.
            Context.Abort();
            return Task.CompletedTask;
        }
        // Who comes is told through the hub's context: a caller's proxy lives no longer than this call.
        return live.Enter(Context, hub.Clients.Client(Context.ConnectionId));
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        live.Leave(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
