using CityTwin.Silo.Mqtt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Sensors;

/// <summary>Adds the ingest of readings to a program that has an <see cref="ICityRuntime"/>.</summary>
public static class SensorRegistration
{
    /// <summary>Adds the <see cref="ReadingIngest"/> of one city: over HTTP by the program's own routes, and over MQTT if that is configured.</summary>
    /// <param name="services">The program's services; an <see cref="ICityRuntime"/> is among them.</param>
    /// <param name="directory">The view of the sensors, which the program's host feeds with the city's events.</param>
    /// <param name="configure">Sets the options; they are checked here.</param>
    /// <param name="mqtt">Sets how MQTT is served; null: it is not.</param>
    public static IServiceCollection AddCityTwinSensors(
        this IServiceCollection services, SensorDirectory directory, Action<SensorOptions>? configure = null, Action<MqttOptions>? mqtt = null)
    {
        SensorOptions options = new();
        configure?.Invoke(options);
        options.Validate();
        MqttOptions? served = mqtt is null ? null : new MqttOptions();
        mqtt?.Invoke(served!);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(s => new ReadingIngest(
            s.GetRequiredService<ICityRuntime>(), directory, options, served, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IHostedService>(s => s.GetRequiredService<ReadingIngest>());
        return services;
    }
}
