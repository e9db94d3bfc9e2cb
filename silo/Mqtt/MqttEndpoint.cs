using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Mqtt;

/// <summary>Listens for MQTT with a Kestrel of its own, so that the addresses of the program's web server stay its own affair.</summary>
/// <param name="broker">Who gets the connections.</param>
/// <param name="options">Where to listen.</param>
/// <param name="time">Drives the broker's sweep, once a second.</param>
/// <param name="loggers">Where Kestrel logs.</param>
public sealed class MqttEndpoint(MqttBroker broker, MqttOptions options, TimeProvider time, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private WebApplication? _kestrel;
    private ITimer? _sweep;

    /// <summary>The port in use without TLS, once started; 0 if there is none.</summary>
    public int Port { get; private set; }

    /// <summary>The port in use with TLS, once started; 0 if there is none.</summary>
    public int TlsPort { get; private set; }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Listen);
        _kestrel = builder.Build();
        await _kestrel.StartAsync(cancellationToken);
        // Kestrel gives the bound addresses in the order in which they were asked for.
        Queue<int> ports = new(_kestrel.Urls.Select(a => BindingAddress.Parse(a).Port));
        Port = options.Endpoint is null ? 0 : ports.Dequeue();
        TlsPort = options.TlsEndpoint is null ? 0 : ports.Dequeue();
        _sweep = time.CreateTimer(_ => broker.Sweep(), null, SweepEvery, SweepEvery);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_sweep is not null)
        {
            await _sweep.DisposeAsync();
        }
        await broker.StopAsync(cancellationToken);
        if (_kestrel is not null)
        {
            await _kestrel.StopAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_kestrel is not null)
        {
            await _kestrel.DisposeAsync();
        }
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        if (options.Endpoint is { } plain)
        {
            Listen(kestrel, plain, isTls: false);
        }
        if (options.TlsEndpoint is { } tls)
        {
            Listen(kestrel, tls, isTls: true);
        }
    }

    private void Listen(KestrelServerOptions kestrel, IPEndPoint endpoint, bool isTls) => kestrel.Listen(endpoint, listen =>
    {
        if (isTls)
        {
            listen.UseHttps(options.Certificate!, tls => tls.OnAuthenticate = (_, ssl) => ssl.ApplicationProtocols = null);
        }
        listen.Run(broker.OnConnectedAsync);
    });
}
