using CityTwin.Silo.Mqtt;
using CityTwin.Silo.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Sensors;

/// <summary>Adds the ingest of readings to a program that has an <see cref="ICityRuntime"/>.</summary>
public static class SensorRegistration
{
    /// <summary>
    /// Adds the time series, the directory (an <see cref="IView"/>), the follower and the intake, which is the MQTT broker's durable
    /// inbox if there is one.
    /// </summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Sets the options; they are checked here.</param>
    public static IServiceCollection AddCityTwinSensors(this IServiceCollection services, Action<SensorOptions>? configure = null)
    {
        SensorOptions options = new();
        configure?.Invoke(options);
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<SensorDirectory>();
        services.AddSingleton<IView>(s => s.GetRequiredService<SensorDirectory>());
        services.AddSingleton(_ => ReadingStore.Open(options.Path));
        services.AddSingleton<IReadingSink>(s => s.GetRequiredService<ReadingStore>());
        services.AddSingleton<SensorFollower>();
        services.AddSingleton<IReadingFollower>(s => s.GetRequiredService<SensorFollower>());
        services.AddSingleton(s => new ReadingIntake(
            s.GetRequiredService<IReadingSink>(), s.GetRequiredService<IReadingFollower>(), s.GetRequiredService<SensorDirectory>(),
            s.GetRequiredService<ICityRuntime>().Clock, options, s.GetRequiredService<ILogger<ReadingIntake>>()));
        services.AddSingleton<IDurableInbox>(s => s.GetRequiredService<ReadingIntake>());
        services.AddSingleton<IHostedService>(s => new ReadingKeeper(
            s.GetRequiredService<ReadingStore>(), options, s.GetRequiredService<ICityRuntime>().Clock, s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<ReadingKeeper>>()));
        return services;
    }
}
