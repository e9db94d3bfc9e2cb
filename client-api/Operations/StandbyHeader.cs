using System.Globalization;
using CityTwin.ClientApi.Hosting;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Operations;

/// <summary>Says with every answer of a process that stands by how far it is behind the one that writes.</summary>
internal static class StandbyHeader
{
    /// <summary>The header; its value is a dictionary of RFC 8941, as <c>events=0, seconds=0.031</c>.</summary>
    public const string Name = "CityTwin-Standby-Lag";

    /// <summary>Adds the header to every answer while the process stands by.</summary>
    public static void UseStandbyHeader(this IApplicationBuilder app, CityApi api) => app.Use((http, next) =>
    {
        if (api.Host.StandbyLag is { } lag)
        {
            http.Response.Headers[Name] = Text(lag);
        }
        return next(http);
    });

    private static string Text(StandbyLag lag) => string.Create(CultureInfo.InvariantCulture, $"events={lag.Events}, seconds={lag.Time.TotalSeconds:0.000}");
}
