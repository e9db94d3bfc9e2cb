using Microsoft.AspNetCore.SignalR;

namespace CityTwin.ClientApi.Live;

/// <summary>The live board: a new watcher gets the whole board as <c>board</c>, then <c>update</c>s. Watchers send nothing.</summary>
internal sealed class LiveHub(LiveBoard live, IHostApplicationLifetime lifetime) : Hub
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync()
    {
        live.Entered();
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Whoever comes while the server stops would hold it up.
            Context.Abort();
            return;
        }
        await Clients.Caller.SendAsync("board", live.Start(), Context.ConnectionAborted);
        await base.OnConnectedAsync();
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        live.Left();
        return base.OnDisconnectedAsync(exception);
    }
}
