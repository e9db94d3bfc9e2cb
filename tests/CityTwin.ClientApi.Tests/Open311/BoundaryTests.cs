using System.Text;
using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Open311;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Tests.Open311;

/// <summary>A city's own map decides in which commune a report lies.</summary>
public sealed class BoundaryTests
{
    // A square around a point far from the centre of commune 19774, with a hole, and a second square.
    private const string Map = """
        {"type":"FeatureCollection","features":[
          {"type":"Feature","properties":{"code":"19774"},"geometry":{"type":"MultiPolygon","coordinates":[
            [[[107.57,16.47],[107.59,16.47],[107.59,16.49],[107.57,16.49],[107.57,16.47]],[[107.585,16.485],[107.588,16.485],[107.588,16.488],[107.585,16.488],[107.585,16.485]]],
            [[[107.60,16.50],[107.61,16.50],[107.61,16.51],[107.60,16.51],[107.60,16.50]]]]}},
          {"type":"Feature","id":"1","properties":{},"geometry":{"type":"Point","coordinates":[107.5,16.5]}}]}
        """;

    [Theory]
    [InlineData(16.4785, 107.5772, true)]
    [InlineData(16.505, 107.605, true)]
    [InlineData(16.486, 107.586, false)]
    [InlineData(16.46, 107.58, false)]
    public void A_point_lies_in_an_outline_and_not_in_its_hole(double latitude, double longitude, bool inside) =>
        Assert.Equal(inside ? TwinId.Commune(19774) : default, CommuneShapes.Read(Encoding.UTF8.GetBytes(Map))!.At(new GeoPoint(latitude, longitude)));

    [Fact]
    public async Task A_report_belongs_to_the_commune_in_whose_outline_it_lies_and_else_to_the_nearest()
    {
        await using RunningCity city = await RunningCity.AloneAsync(o => o with { Boundaries = Encoding.UTF8.GetBytes(Map) });
        await using RunningCity without = await RunningCity.AloneAsync();
        foreach ((RunningCity of, string lat, string lon, string commune) in new[] { (city, "16.4785", "107.5772", "19774"), (without, "16.4785", "107.5772", "19753"), (city, "16.4865", "107.5865", "19753") })
        {
            (int status, string body) = await of.ReportAsync(("lat", lat), ("long", lon));
            Assert.True(status == 201, body);
            string id = JsonDocument.Parse(body).RootElement[0].GetProperty("service_request_id").GetString()!;
            Assert.Equal(commune, (await of.JsonAsync($"{Open311City.Base}/requests/{id}.json"))[0].GetProperty("address_id").GetString());
        }
    }

    [Fact]
    public void An_outline_that_cannot_be_read_is_told_when_the_city_is_read()
    {
        string folder = Directory.CreateTempSubdirectory("citytwin-map-").FullName;
        File.WriteAllText(Path.Combine(folder, "boundaries.geojson"), """{"type":"FeatureCollection","features":[{"type":"Feature","id":"19774","geometry":{"type":"Polygon","coordinates":[[["a","b"]]]}}]}""");
        List<string> mistakes = [];
        CityChoice.Boundaries(folder, mistakes);
        Directory.Delete(folder, recursive: true);
        Assert.Contains("an outline cannot be read", Assert.Single(mistakes), StringComparison.Ordinal);
    }
}
