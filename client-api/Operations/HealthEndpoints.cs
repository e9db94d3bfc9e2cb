using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.Operations;

/// <summary>How the program is.</summary>
/// <param name="Status">ok; standing by; or not taking commands: it starts, recovers or stops.</param>
/// <param name="Position">The journal position up to which everything is durable.</param>
/// <param name="ViewLag">Durable events that the views have not taken in yet.</param>
/// <param name="Standby">How far it is behind the process that writes; left out when it writes itself.</param>
internal sealed record HealthReading(string Status, long Position, long ViewLag, StandbyReading? Standby = null);

/// <summary>How far a process that stands by is behind.</summary>
/// <param name="LagEvents">Events in the journal that it has not taken in, as of its last look.</param>
/// <param name="LagSeconds">How long ago it had taken in everything.</param>
internal sealed record StandbyReading(long LagEvents, double LagSeconds);

/// <summary>For whoever watches over the process.</summary>
internal static class HealthEndpoints
{
    private const string Tag = "Operations";

    /// <summary>Adds the routes.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Get("/health/live", new RouteDoc(Tag, "GetLive", "200 while the process answers") { Answer = typeof(HealthReading) }, http =>
            Answers.JsonAsync(http, Reading(api, "ok"), ApiJson.Default.HealthReading));
        IHostApplicationLifetime lifetime = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        routes.Get("/health/ready", new RouteDoc(Tag, "GetReady", "200 while commands are taken, else 503") { Answer = typeof(HealthReading) }, http =>
        {
            // A program that was told to stop still answers; whoever balances load is to send it nothing more.
            bool isReady = api.Runtime.IsReady && !lifetime.ApplicationStopping.IsCancellationRequested;
            return Answers.JsonAsync(
                http, Reading(api, isReady ? "ok" : api.Host.StandbyLag is null ? "not taking commands" : "standing by"), ApiJson.Default.HealthReading,
                isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
        routes.Get("/metrics", new RouteDoc(Tag, "GetMetrics", "Counters for Prometheus, text format 0.0.4") { Media = ["text/plain"] }, http => MetricsText.WriteAsync(api, http));
    }

    private static HealthReading Reading(CityApi api, string status) =>
        new(status, api.Runtime.Position, Math.Max(0, api.Runtime.Position - api.View.Position), api.Host.StandbyLag is { } lag
            ? new StandbyReading(lag.Events, Math.Round(lag.Time.TotalSeconds, 3))
            : null);
}
