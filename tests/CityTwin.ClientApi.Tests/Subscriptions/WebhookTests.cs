using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Tests.Subscriptions;

public sealed class WebhookTests : IAsyncDisposable
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly string SecretText = "whsec_" + Convert.ToBase64String(Secret);

    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-hooks-").FullName;
    private readonly Receiver _receiver = new(Secret);

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("structured")]
    [InlineData("binary")]
    public async Task A_case_that_enters_changes_and_leaves_is_told_signed_and_in_order(string mode)
    {
        await using RunningCity city = await CityAsync();
        await _receiver.StartAsync();
        await SubscribeAsync(city, mode: mode, q: "stage==received,queued,inProgress");
        (string id, _, string official) = await city.TakenAsync("citizen/000000000101");
        await city.PostAsync($"/{RunningCity.Plural(id)}/resolve", new { official });
        Received left = await _receiver.UntilAsync(r => r.Type.EndsWith(".left", StringComparison.Ordinal));
        Received[] told = [.. _receiver.Taken];
        Assert.All(told, r => Assert.True(r.IsSigned));
        Assert.All(told, r => Assert.Equal(id, r.Subject));
        Assert.Equal("org.citytwin.twin.entered", told[0].Type);
        Assert.Equal(told.Select(r => r.Position), told.Select(r => r.Position).Order());
        Assert.Equal("resolved", left.Data.GetProperty("values").GetProperty("stage").GetString());
        Assert.Contains(told, r => r.Data.GetProperty("values").GetProperty("stage").GetString() == "inProgress");
    }

    [Fact]
    public async Task A_receiver_that_fails_stalls_and_restarts_gets_every_event_in_order_for_each_twin()
    {
        await using RunningCity city = await CityAsync();
        await SubscribeAsync(city);
        List<string> cases = [];
        for (int i = 0; i < 5; i++)
        {
            cases.Add((await city.TakenAsync($"citizen/00000000010{i}")).Case);
        }
        _receiver.Answer = async (number, http) =>
        {
            if (number % 7 == 3)
            {
                // Longer than the city waits: it hangs up.
                await Aborted(http);
            }
            return number % 3 == 1 ? 503 : 204;
        };
        await _receiver.StartAsync();
        await _receiver.NextAsync();
        await _receiver.StopAsync();
        for (int i = 5; i < 10; i++)
        {
            cases.Add((await city.FileAsync($"citizen/00000000010{i}")).GetProperty("case").GetProperty("id").GetString()!);
        }
        await _receiver.StartAsync();
        await AssertCompleteAsync(city, cases);
    }

    [Fact]
    public async Task Everything_is_sent_again_from_a_position_and_what_happens_during_a_pause_comes_later()
    {
        await using RunningCity city = await CityAsync();
        await _receiver.StartAsync();
        string address = await SubscribeAsync(city);
        string first = (await city.FileAsync("citizen/000000000101")).GetProperty("case").GetProperty("id").GetString()!;
        Received original = await _receiver.NextAsync();
        Assert.True((await city.PostAsync($"{address}/pause", new { })).GetProperty("paused").GetBoolean());
        string second = (await city.FileAsync("citizen/000000000102")).GetProperty("case").GetProperty("id").GetString()!;
        await city.PostAsync($"{address}/resume", new { });
        await _receiver.UntilAsync(r => r.Subject == second);
        await city.PostAsync($"{address}/replay", new { from = 0 });
        Received repeat = await _receiver.UntilAsync(r => r.Subject == first && r.Position == original.Position);
        Assert.Equal(original.Id, repeat.Id);
        await city.RestartAsync();
        string third = (await city.FileAsync("citizen/000000000103")).GetProperty("case").GetProperty("id").GetString()!;
        await _receiver.UntilAsync(r => r.Subject == third);
    }

    [Fact]
    public async Task What_a_receiver_refuses_for_good_is_set_aside_to_be_looked_at_and_sent_once_more()
    {
        await using RunningCity city = await CityAsync();
        _receiver.Answer = (number, _) => Task.FromResult(number == 1 ? 400 : 204);
        await _receiver.StartAsync();
        string address = await SubscribeAsync(city);
        string id = (await city.FileAsync("citizen/000000000101")).GetProperty("case").GetProperty("id").GetString()!;
        await _receiver.NextAsync();
        JsonElement letter = Assert.Single((await city.GetAsync($"{address}/dead-letters")).GetProperty("items").EnumerateArray());
        Assert.Equal((id, 1, "the target answered 400"), (letter.GetProperty("twin").GetString(), letter.GetProperty("attempts").GetInt32(), letter.GetProperty("reason").GetString()));
        JsonElement resent = await city.PostAsync($"{address}/dead-letters/{letter.GetProperty("number")}/resend", new { });
        Assert.True(resent.GetProperty("delivered").GetBoolean());
        Received again = await _receiver.UntilAsync(r => r.Position == letter.GetProperty("position").GetInt64());
        Assert.True(again.IsSigned);
        Assert.Empty((await city.GetAsync($"{address}/dead-letters")).GetProperty("items").EnumerateArray());
        await city.RefusedAsync(HttpMethod.Delete, $"{address}/dead-letters/1");
    }

    [Fact]
    public async Task A_receiver_that_is_gone_pauses_its_subscription_and_one_that_ends_gets_nothing_more()
    {
        await using RunningCity city = await CityAsync();
        _receiver.Answer = (_, _) => Task.FromResult(410);
        await _receiver.StartAsync();
        string address = await SubscribeAsync(city);
        await city.FileAsync("citizen/000000000101");
        await Patience.UntilAsync(async () => (await city.GetAsync(address)).GetProperty("paused").GetBoolean(), "the subscription is paused");
        Assert.Equal(1, _receiver.Requests);
        using HttpResponseMessage ended = await city.SendAsync(HttpMethod.Delete, address);
        Assert.Equal(200, (int)ended.StatusCode);
        Assert.Equal(404, (await city.RefusedAsync(HttpMethod.Get, address)).Status);
        Assert.Empty((await city.GetAsync("/subscriptions")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Private_targets_bad_conditions_and_bad_members_are_refused_with_their_place()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        foreach ((object body, string path) in new (object, string)[]
        {
            (new { type = "case", target = "http://127.0.0.1:1/x" }, "$.target"),
            (new { type = "case", target = "http://localhost/x" }, "$.target"),
            (new { type = "case", target = "http://[::1]/x" }, "$.target"),
            (new { type = "case", target = "http://169.254.169.254/latest" }, "$.target"),
            (new { type = "case", target = "ftp://example.org/x" }, "$.target"),
            (new { type = "case" }, "$.target"),
            (new { type = "case", target = "https://example.org/x", q = "deadline<now" }, "$.q"),
            (new { type = "case", target = "https://example.org/x", q = "stage==queud" }, "$.q"),
            (new { target = "https://example.org/x" }, "$.type"),
            (new { type = "case", target = "https://example.org/x", ratePerSecond = 0 }, "$.ratePerSecond"),
            (new { type = "case", target = "https://example.org/x", secret = "whsec_short" }, "$.secret"),
            (new { type = "case", target = "https://example.org/x", from = 99_999_999 }, "$.from"),
            (new { type = "case", target = "https://example.org/x", changes = new[] { "moved" } }, "$.changes[0]"),
        })
        {
            (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Post, "/subscriptions", JsonContent.Create(body));
            Assert.Equal((400, path), (status, problem.GetProperty("errors")[0].GetProperty("path").GetString()));
        }
    }

    private static Task Aborted(Microsoft.AspNetCore.Http.HttpContext http)
    {
        var hungUp = new TaskCompletionSource();
        http.RequestAborted.Register(hungUp.SetResult);
        return hungUp.Task;
    }

    private Task<RunningCity> CityAsync() => RunningCity.AloneAsync(o => o with
    {
        Subscriptions = new SubscriptionOptions
        {
            Path = Path.Combine(_folder, "subscriptions.db"),
            AllowsPrivateTargets = true,
            PauseMin = TimeSpan.FromMilliseconds(10),
            PauseMax = TimeSpan.FromMilliseconds(100),
            AttemptsMax = 100,
            AnswerTimeMax = TimeSpan.FromMilliseconds(400),
        },
    });

    private async Task<string> SubscribeAsync(RunningCity city, string mode = "structured", string? q = null)
    {
        JsonElement made = await city.PostAsync("/subscriptions", new { type = "case", q, target = _receiver.Url.ToString(), mode, secret = SecretText, ratePerSecond = 10_000 });
        Assert.Equal(SecretText, made.GetProperty("secret").GetString());
        return "/subscriptions/" + made.GetProperty("id").GetString();
    }

    private async Task AssertCompleteAsync(RunningCity city, List<string> cases)
    {
        var expected = new Dictionary<string, long[]>();
        foreach (string id in cases)
        {
            expected[id] = [.. (await city.GetAsync($"/{RunningCity.Plural(id)}/history")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("position").GetInt64())];
        }
        long last = expected.Values.Max(p => p[^1]);
        if (_receiver.Taken.All(r => r.Position < last))
        {
            await _receiver.UntilAsync(r => r.Position >= last);
        }
        foreach ((string id, long[] positions) in expected)
        {
            Assert.Equal(positions, _receiver.Taken.Where(r => r.Subject == id).Select(r => r.Position).Distinct());
        }
    }
}
