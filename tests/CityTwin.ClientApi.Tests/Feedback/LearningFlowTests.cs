using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.ClientApi.Feedback;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Learning;
using CityTwin.Ml.Seed;

namespace CityTwin.ClientApi.Tests;

/// <summary>A city with a small model of its own, of one head, so that training takes seconds.</summary>
public sealed class LearningFlowTests(ITestOutputHelper output)
{
    internal static readonly Example[] Few = [.. SeedTexts.Train().Where((_, i) => i % 12 == 0).Select(e => new Example(e.Text, [e.Labels[0]]))];

    internal static readonly FeedbackOptions Small = new()
    {
        Model = FeedbackTrainer.Train(Few, [], new TrainingOptions { Candidates = [FeatureSettings.Candidates[0]], PhraseNetworks = 0 }),
        Texts = () => Few,
        Calibration = () => [],
        HeldBack = () => [.. SeedTexts.Test().Select(e => new Example(e.Text, [e.Labels[0]]))],
        Drift = new() { Window = 100, MessagesMin = 50 },
    };

    [Fact]
    public async Task Corrections_change_the_next_model_which_runs_only_because_it_is_better_and_can_be_taken_back()
    {
        await using RunningCity city = await RunningCity.AloneAsync(Small);
        string first = city.Api.Feedback.Reader.Model.Card.Name;
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Post, "/feedback/model/train");
        Assert.Equal((409, "urn:citytwin:problem:nothing-to-learn"), (status, problem.GetProperty("type").GetString()));

        // The city has a thing that the model never heard of, which its people take for public transport.
        JsonElement before = (await FeedbackFlowTests.ReportAsync(city, Strange(999))).GetProperty("case");
        Assert.True(before.GetProperty("needsCategory").GetBoolean() || before.GetProperty("service").GetString() != "public-transport");
        for (int i = 0; i < 160; i++)
        {
            string id = (await FeedbackFlowTests.ReportAsync(city, Strange(i))).GetProperty("case").GetProperty("id").GetString()!;
            await city.PostAsync($"/{RunningCity.Plural(id)}/category", new { category = "public-transport", level = "city" });
        }
        JsonElement model = await TrainAsync(city);
        JsonElement[] versions = [.. model.GetProperty("versions").EnumerateArray()];
        output.WriteLine(versions[^1].GetProperty("reason").GetString()!);
        Assert.Equal(2, versions.Length);
        Assert.True(versions[1].GetProperty("promoted").GetBoolean());
        Assert.InRange(versions[1].GetProperty("corrections").GetInt32(), 90, 150);
        string second = model.GetProperty("running").GetString()!;
        Assert.NotEqual(first, second);

        // The next report of it goes where people sent the others, without a person; and so it does after a restart.
        await city.RestartAsync();
        JsonElement after = (await FeedbackFlowTests.ReportAsync(city, Strange(1_000))).GetProperty("case");
        Assert.Equal(("public-transport", second), (after.GetProperty("service").GetString(), after.GetProperty("classification").GetProperty("model").GetString()));
        (status, problem) = await city.RefusedAsync(HttpMethod.Post, "/feedback/model/train");
        Assert.Equal("urn:citytwin:problem:nothing-to-learn", problem.GetProperty("type").GetString());

        Assert.Equal(first, (await city.PostAsync("/feedback/model/rollback", new { })).GetProperty("running").GetString());
        Assert.Equal(first, (await FeedbackFlowTests.ReportAsync(city, Strange(1_001))).GetProperty("case").GetProperty("classification").GetProperty("model").GetString());
        (status, _) = await city.RefusedAsync(HttpMethod.Post, "/feedback/model/rollback", JsonContent.Create(new { }));
        Assert.Equal(404, status);
        Assert.Equal(second, (await city.PostAsync("/feedback/model/rollback", new { version = second })).GetProperty("running").GetString());
    }

    [Fact]
    public async Task A_model_that_is_not_better_is_turned_down()
    {
        await using RunningCity city = await RunningCity.AloneAsync(Small);
        for (int i = 0; i < 3; i++)
        {
            string id = (await FeedbackFlowTests.ReportAsync(city, $"lần thứ {i} rồi")).GetProperty("case").GetProperty("id").GetString()!;
            await city.PostAsync($"/{RunningCity.Plural(id)}/category", new { category = "public-transport" });
        }
        JsonElement model = await TrainAsync(city);
        Assert.False(model.GetProperty("versions")[1].GetProperty("promoted").GetBoolean());
        Assert.Equal(Small.Model.Card.Name, model.GetProperty("running").GetString());
        Assert.False(model.GetProperty("canLearn").GetBoolean());
    }

    [Fact]
    public async Task What_only_judges_models_teaches_none_and_that_is_told()
    {
        await using RunningCity city = await RunningCity.AloneAsync(Small);
        string judging = Enumerable.Range(0, 1_000).Select(i => $"lần thứ {i} rồi").First(t => CorrectionFile.IsHeldBack(new Example(t, ["noise"])));
        string id = (await FeedbackFlowTests.ReportAsync(city, judging)).GetProperty("case").GetProperty("id").GetString()!;
        await city.PostAsync($"/{RunningCity.Plural(id)}/category", new { category = "noise" });
        await city.PostAsync("/feedback/model/train", new { });
        await city.Api.Feedback.Training.Finished.WaitAsync(TestContext.Current.CancellationToken);
        JsonElement model = await city.GetAsync("/feedback/model");
        Assert.Contains("only judges", model.GetProperty("training").GetProperty("failure").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 1, false), (model.GetProperty("versions").GetArrayLength(), model.GetProperty("corrections").GetInt32(), model.GetProperty("canLearn").GetBoolean()));
        Assert.Equal("urn:citytwin:problem:nothing-to-learn", (await city.RefusedAsync(HttpMethod.Post, "/feedback/model/train")).Problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Drift_is_told_and_goes_on_being_told_after_a_restart()
    {
        await using RunningCity city = await RunningCity.AloneAsync(Small);
        for (int i = 0; i < 60; i++)
        {
            await FeedbackFlowTests.ReportAsync(city, Strange(i));
        }
        Assert.True((await city.GetAsync("/feedback/drift")).GetProperty("alarm").GetBoolean());
        Assert.Contains("citytwin_feedback_drift_alarm 1", await city.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await city.RestartAsync();
        JsonElement drift = default;
        await Patience.UntilAsync(async () => (drift = await city.GetAsync("/feedback/drift")).GetProperty("messages").GetInt32() >= 60, "60 messages are in the drift again");
        Assert.True(drift.GetProperty("alarm").GetBoolean());
    }

    [Fact]
    public async Task A_damaged_model_is_told_by_name_before_anything_starts()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Small.Model.Save(file);
        byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        List<string> mistakes = [];
        FeedbackChoice.Read(file, file + ".none", mistakes);
        File.Delete(file);
        Assert.Equal(2, mistakes.Count);
        Assert.StartsWith($"--feedback-model: '{file}' cannot be used: ", mistakes[0], StringComparison.Ordinal);
        Assert.StartsWith("--feedback-texts: ", mistakes[1], StringComparison.Ordinal);
    }

    private static string Strange(int i) => $"mấy chiếc zorbex màu tím số {i} lại đậu kẹt ở bến grumo {i * 7 % 31}, zorbex không mở cửa";

    private static async Task<JsonElement> TrainAsync(RunningCity city)
    {
        await city.PostAsync("/feedback/model/train", new { });
        await city.Api.Feedback.Training.Finished.WaitAsync(TestContext.Current.CancellationToken);
        JsonElement model = await city.GetAsync("/feedback/model");
        Assert.Equal("idle", model.GetProperty("training").GetProperty("state").GetString());
        Assert.False(model.GetProperty("training").TryGetProperty("failure", out _));
        return model;
    }
}
