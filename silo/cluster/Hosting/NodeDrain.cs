using Microsoft.Extensions.Hosting;

namespace CityTwin.Cluster.Hosting;

/// <summary>Lets a node that was told to stop serve on for a while: <c>/health/ready</c> answers 503, and load balancers turn to other nodes.</summary>
internal sealed class NodeDrain(TimeSpan drain) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(drain, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
