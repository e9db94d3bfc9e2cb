using System.Text.Json;

namespace CityTwin.ClientApi.Tests.Quality;

public sealed class QualityEndpointTests
{
    [Fact]
    public async Task The_six_words_are_measured_for_every_office()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        for (int i = 0; i < 6; i++)
        {
            await city.PostAsync("/cases", new { kind = "feedback", service = "noise", commune = RunningCity.Commune, channel = "app", description = i < 4 ? "Ồn" : $"Ồn {i}", place = new { latitude = 16.47, longitude = 107.58 } });
        }
        await city.PostAsync("/clock", new { to = RunningCity.Start.AddDays(1) });
        await city.CaughtUpAsync();
        JsonElement quality = await city.GetAsync("/quality");
        JsonElement office = quality.GetProperty("offices").EnumerateArray().Single(o => o.GetProperty("office").GetString() == RunningCity.Commune);
        Assert.Equal(6, office.GetProperty("records").GetInt64());
        Assert.Equal((1.0, 0.5, 0.5, 1.0, 1.0), (Share(office, "correct"), Share(office, "sufficient"), Share(office, "clean"), Share(office, "unified"), Share(office, "shared")));
        Assert.Equal((3, 6), (office.GetProperty("duplicates").GetInt64(), office.GetProperty("fieldsMissing").GetInt64()));
        Assert.False(office.TryGetProperty("live", out _), "no sensor reported: there is nothing to measure");
        Assert.Equal(0.5, Share(quality.GetProperty("city"), "clean"));
        Assert.True(quality.GetProperty("offices").GetArrayLength() > 40);
    }

    private static double Share(JsonElement line, string word) => line.GetProperty(word).GetDouble();
}
