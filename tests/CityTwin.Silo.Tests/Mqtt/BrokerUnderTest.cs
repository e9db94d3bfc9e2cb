using System.Net;
using CityTwin.Silo.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Silo.Tests.Mqtt;

/// <summary>A broker on a free loopback port.</summary>
public sealed class BrokerUnderTest : IAsyncDisposable
{
    private readonly MqttEndpoint _endpoint;

    private BrokerUnderTest(MqttBroker broker, MqttEndpoint endpoint)
    {
        Broker = broker;
        _endpoint = endpoint;
    }

    public MqttBroker Broker { get; }

    public int Port => _endpoint.Port;

    public int TlsPort => _endpoint.TlsPort;

    public static async Task<BrokerUnderTest> StartAsync(Action<MqttOptions>? configure = null, IDurableInbox? inbox = null, TimeProvider? time = null)
    {
        MqttOptions options = new() { AllowAnonymous = true, Endpoint = new IPEndPoint(IPAddress.Loopback, 0) };
        configure?.Invoke(options);
        MqttBroker broker = new(options, time ?? TimeProvider.System, NullLogger<MqttBroker>.Instance, inbox);
        MqttEndpoint endpoint = new(broker, options, time ?? TimeProvider.System, NullLoggerFactory.Instance);
        await endpoint.StartAsync(TestContext.Current.CancellationToken);
        return new BrokerUnderTest(broker, endpoint);
    }

    public Task<RawClient> ConnectAsync(string id = "", int level = 5, bool clean = true, byte[]? properties = null, ushort keepAlive = 0) =>
        RawClient.ConnectAsync(Port, id, level, clean, properties, keepAlive);

    public async ValueTask DisposeAsync()
    {
        await _endpoint.StopAsync(CancellationToken.None);
        await _endpoint.DisposeAsync();
    }
}
