using System.Globalization;
using System.Text;

namespace CityTwin.ClientApi.Tests;

public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Scraps =
    [
        "null", "true", "0", "-1", "1e999", "99999999999999999999", "\"\"", "\"commune/19753\"", "\"case/000000000001\"", "\"official/19753001\"", "\"dossier\"",
        "\"1.000894\"", "\"\\u0000\"", "\"\\ud800\"", "\"đường\"", "{}", "[]", "[[[[[[]]]]]]", "{\"a\":{}}", "\"2026-01-05T08:00:00+07:00\"", "\"9999-12-31T23:59:59Z\"",
    ];

    [Fact]
    public async Task Random_requests_never_harm_the_server_and_what_is_refused_is_not_stored()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("CITYTWIN_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        output.WriteLine($"CITYTWIN_SEED={seed}");
        var random = new Random(seed);
        await using RunningCity city = await RunningCity.AloneAsync();
        List<Route> routes = await Route.AllAsync(city);
        for (int i = 0; i < 1_500; i++)
        {
            Route route = routes[random.Next(routes.Count)];
            string body = Body(route, random);
            long before = city.Api.Runtime.Position;
            string address = random.Next(8) == 0 && route.Template.Contains("{id}", StringComparison.Ordinal) ? route.With(Id(random)) : route.Address;
            using HttpResponseMessage response = await city.SendAsync(
                route.Method, address, route.Members is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
            int status = (int)response.StatusCode;
            string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(status < 500, $"seed {seed}, {route.Method} {address} {body}: {status} {text}");
            if (status >= 400)
            {
                Assert.True(before == city.Api.Runtime.Position, $"seed {seed}, {route.Method} {address} {body}: refused, and yet something was stored");
            }
        }
        Assert.Equal("ok", (await city.GetAsync("/health/ready")).GetProperty("status").GetString());
    }

    private static string Body(Route route, Random random)
    {
        if (random.Next(10) == 0)
        {
            byte[] noise = new byte[random.Next(64)];
            random.NextBytes(noise);
            return Encoding.Latin1.GetString(noise);
        }
        IEnumerable<string> members = (route.Members?.Keys ?? []).Where(_ => random.Next(3) > 0).Select(m => $"\"{m}\":{Scraps[random.Next(Scraps.Length)]}");
        string json = "{" + string.Join(',', members) + "}";
        return random.Next(10) == 0 ? json[..random.Next(json.Length)] : json;
    }

    private static string Id(Random random) => Uri.EscapeDataString(random.Next(3) switch
    {
        0 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        1 => new string((char)random.Next(33, 0x300), random.Next(1, 20)),
        _ => random.Next(100_000).ToString("D12", CultureInfo.InvariantCulture),
    });
}
