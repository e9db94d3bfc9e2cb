using System.Globalization;
using System.Text;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Tests.Sensors;

/// <summary>Water gauges of a running city, registered and read in one call each.</summary>
internal static class SensorsOfACity
{
    public static async Task<TwinId> GaugeAsync(this RunningCity city, string name, SensorRules? rules = null, int commune = 19753)
    {
        TwinId sensor = SensorNumber.Of(46, SensorKind.Water, name);
        var profile = new SensorProfile(SensorKind.Water, name, TwinId.City(46), TwinId.Commune(commune), new GeoPoint(16.47, 107.58));
        await city.Api.Runtime.SendAsync(sensor, new SensorCommand.Register(profile, rules ?? new SensorRules()), default);
        await city.CaughtUpAsync();
        return sensor;
    }

    public static string Urn(TwinId sensor) => $"urn:ngsi-ld:WaterObserved:{sensor.NumberText}";

    /// <summary>Gives a reading; it is seen by whoever asks once this returns.</summary>
    public static async Task ReadAsync(this RunningCity city, TwinId sensor, double height, string at)
    {
        string body = $$"""{"height":{"type":"Property","value":{{height.ToString(CultureInfo.InvariantCulture)}},"observedAt":"{{at}}"} }""";
        using HttpResponseMessage response = await city.SendAsync(HttpMethod.Patch, $"/ngsi-ld/v1/entities/{Urn(sensor)}/attrs", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.NoContent, await response.Content.ReadAsStringAsync());
    }
}
