using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Mqtt;

/// <summary>Adds the MQTT endpoint to a program.</summary>
public static class MqttRegistration
{
    /// <summary>Adds the broker and the endpoint that listens while the program runs. Uses an <see cref="IDurableInbox"/> if one is registered.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Sets the options; they are checked when the broker is made.</param>
    public static IServiceCollection AddCityTwinMqtt(this IServiceCollection services, Action<MqttOptions>? configure = null)
    {
        MqttOptions options = new();
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(s => new MqttBroker(
            options, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<MqttBroker>>(), s.GetService<IDurableInbox>()));
        services.AddSingleton<MqttEndpoint>();
        services.AddSingleton<IHostedService>(s => s.GetRequiredService<MqttEndpoint>());
        return services;
    }
}
