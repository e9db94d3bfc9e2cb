using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

public sealed class RuntimeTests
{
    [Fact]
    public async Task The_runtime_tells_twins_by_kind_the_busiest_slow_requests_and_the_journals_size()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string id = (await city.FileAsync("citizen/000000005101")).GetProperty("case").GetProperty("id").GetString()!;
        JsonElement runtime = await city.GetAsync("/runtime");
        Assert.True(runtime.GetProperty("isReady").GetBoolean());
        Assert.True(runtime.GetProperty("journalBytes").GetInt64() > 0);
        Assert.Contains(runtime.GetProperty("active").EnumerateArray(), k => k.GetProperty("kind").GetString() == "case" && k.GetProperty("twins").GetInt32() == 1);
        Assert.Equal(40, runtime.GetProperty("active").EnumerateArray().Single(k => k.GetProperty("kind").GetString() == "commune").GetProperty("twins").GetInt32());
        Assert.True(runtime.GetProperty("sampledTurns").GetInt64() > 0);
        Assert.All(runtime.GetProperty("busiest").EnumerateArray(), b => Assert.InRange(b.GetProperty("share").GetDouble(), 0, 1));
        JsonElement slow = runtime.GetProperty("slowest").EnumerateArray().First(s => s.GetProperty("twin").GetString() == id);
        Assert.Equal("file_dossier", slow.GetProperty("command").GetString());
        Assert.True(slow.GetProperty("milliseconds").GetDouble() > 0);
        Assert.Empty(runtime.GetProperty("stopped").EnumerateArray());
    }
}
