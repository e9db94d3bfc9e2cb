using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

public sealed class ForgettingTests
{
    private const string Words = "Tôi là Nguyễn Thị Sương Mai, đèn trước nhà tôi cạnh chợ Bến Ngự hỏng";

    [Fact]
    public async Task A_citizen_who_is_forgotten_over_HTTP_has_no_words_left_and_every_count_stays()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string named = await ReportAsync(city, "citizen/000000000042"), nameless = await ReportAsync(city, null);
        Assert.Equal(Words, await DescriptionAsync(city, named));
        await city.CaughtUpAsync();
        string figures = (await city.GetAsync("/board")).GetProperty("figures").ToString();

        JsonElement answer = await city.PostAsync("/citizens/000000000042/forget", new { confirm = "citizen/000000000042" });
        await ReadyAsync(city);

        Assert.Equal(("accepted", "citizen/000000000042"), (answer.GetProperty("status").GetString(), answer.GetProperty("forgotten").GetString()));
        Assert.Equal(("(erased)", Words), (await DescriptionAsync(city, named), await DescriptionAsync(city, nameless)));
        Assert.DoesNotContain(Words, (await city.GetAsync($"/{RunningCity.Plural(named)}/history")).ToString(), StringComparison.Ordinal);
        await city.CaughtUpAsync();
        Assert.Equal(figures, (await city.GetAsync("/board")).GetProperty("figures").ToString());

        Assert.Equal("unchanged", (await city.PostAsync("/citizens/000000000042/forget", new { confirm = "citizen/000000000042" })).GetProperty("status").GetString());
        await ReadyAsync(city);
        Assert.Equal("accepted", (await city.PostAsync($"/{RunningCity.Plural(nameless)}/forget", new { confirm = nameless })).GetProperty("status").GetString());
        await ReadyAsync(city);
        Assert.Equal("(erased)", await DescriptionAsync(city, nameless));
        await city.RestartAsync();
        Assert.All(city.Files, f => Assert.True(File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Words)) < 0, f));
    }

    [Fact]
    public async Task Without_the_identity_as_confirmation_nobody_is_forgotten()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string named = await ReportAsync(city, "citizen/000000000042");
        foreach (object body in new object[] { new { }, new { confirm = "yes" }, new { confirm = "citizen/000000000043" } })
        {
            (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Post, "/citizens/000000000042/forget", JsonContent.Create(body));
            Assert.Equal(400, status);
            Assert.Equal("$.confirm", problem.GetProperty("errors")[0].GetProperty("path").GetString());
        }
        Assert.Equal(Words, await DescriptionAsync(city, named));
    }

    private static async Task<string> ReportAsync(RunningCity city, string? citizen) =>
        (await city.PostAsync("/cases", new { kind = "feedback", service = "street-lighting", commune = RunningCity.Commune, citizen, channel = "hotline", description = Words }))
            .GetProperty("case").GetProperty("id").GetString()!;

    private static async Task<string> DescriptionAsync(RunningCity city, string id) =>
        (await city.GetAsync("/" + RunningCity.Plural(id))).GetProperty("description").GetString()!;

    private static Task ReadyAsync(RunningCity city) => Patience.UntilAsync(() => city.Api.Runtime.IsReady, "the runtime is ready");
}
