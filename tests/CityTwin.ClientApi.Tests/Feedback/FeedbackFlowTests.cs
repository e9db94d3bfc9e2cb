using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.ClientApi.Tests;

public sealed class FeedbackFlowTests
{
    private static readonly object Hanoi = new { latitude = 21.03, longitude = 105.85 };

    private const string Flood = "duong truoc nha ngap sau, nuoc tran vao nha dan, xe chet may";

    [Fact]
    public async Task A_bare_message_about_a_flooded_street_lands_on_the_right_desk_of_the_right_commune()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement filed = (await ReportAsync(city, Flood, place: new { latitude = 16.4785, longitude = 107.5772 })).GetProperty("case");
        Assert.Equal("flood-storm", filed.GetProperty("service").GetString());
        Assert.Equal("immediate", filed.GetProperty("urgency").GetString());
        Assert.Equal(RunningCity.Commune, filed.GetProperty("office").GetString());
        Assert.False(filed.GetProperty("needsCategory").GetBoolean());
        JsonElement desk = await city.GetAsync("/" + RunningCity.Plural(filed.GetProperty("desk").GetString()!));
        Assert.Contains("flood", desk.GetProperty("skills").EnumerateArray().Select(s => s.GetString()));

        // Its probability and the model's version stand on the event.
        JsonElement read = filed.GetProperty("classification");
        Assert.InRange(read.GetProperty("probability").GetDouble(), 0.8, 1);
        Assert.Equal("vi", read.GetProperty("language").GetString());
        JsonElement history = await city.GetAsync("/" + RunningCity.Plural(filed.GetProperty("id").GetString()!) + "/history");
        JsonElement classified = history.GetProperty("items")[1];
        Assert.Equal("CaseClassified", classified.GetProperty("type").GetString());
        JsonElement reading = classified.GetProperty("data").GetProperty("reading");
        Assert.Equal(city.Api.Feedback.Reader.Model.Card.Name, reading.GetProperty("model").GetString());
        Assert.Equal(read.GetProperty("probability").GetDouble(), reading.GetProperty("probability").GetDouble());
    }

    [Fact]
    public async Task What_the_model_is_not_sure_of_reaches_a_person_whose_word_moves_the_case_and_is_kept()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement filed = (await ReportAsync(city, "chuyện này tính sao đây, goi minh 0905 123 456")).GetProperty("case");
        Assert.True(filed.GetProperty("needsCategory").GetBoolean());
        Assert.Equal("other", filed.GetProperty("service").GetString());
        Assert.Equal(RunningCity.Commune + "05", filed.GetProperty("desk").GetString()!.Replace("desk/", "commune/", StringComparison.Ordinal));
        string id = filed.GetProperty("id").GetString()!;
        await city.CaughtUpAsync();
        JsonElement waiting = await city.GetAsync("/feedback/queue?limit=5");
        Assert.Equal(1, waiting.GetProperty("total").GetInt32());
        Assert.Equal("chuyện này tính sao đây, goi minh [phone]", waiting.GetProperty("items")[0].GetProperty("text").GetString());

        JsonElement moved = (await city.PostAsync($"/{RunningCity.Plural(id)}/category", new { category = "street-lighting", level = "city", official = "official/19753001" }, "word-1")).GetProperty("case");
        Assert.False(moved.GetProperty("needsCategory").GetBoolean());
        Assert.Equal("street-lighting", moved.GetProperty("service").GetString());
        Assert.StartsWith("department/", moved.GetProperty("office").GetString(), StringComparison.Ordinal);
        await city.PostAsync($"/{RunningCity.Plural(id)}/category", new { category = "street-lighting", level = "city", official = "official/19753001" }, "word-1");
        Ml.Classification.Example kept = Assert.Single(city.Api.Feedback.Corrections().Examples);
        Assert.Equal(["street-lighting", "city", null], kept.Labels);
        Assert.Equal("chuyện này tính sao đây, goi minh [phone]", kept.Text);
        await city.CaughtUpAsync();
        Assert.Equal(0, (await city.GetAsync("/feedback/queue")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await city.GetAsync("/cases?service=other")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_a_forgotten_citizen_wrote_is_taken_from_what_models_learn_from()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string last = "";
        foreach ((string text, string? citizen) in new (string, string?)[] { ("bóng treo trước cửa nhà cụ Sáu rơi", "citizen/000000000042"), ("tiếng gì rền rền", "citizen/000000000043"), ("không rõ của ai", null) })
        {
            last = (await ReportAsync(city, text, citizen: citizen)).GetProperty("case").GetProperty("id").GetString()!;
            await city.PostAsync($"/{RunningCity.Plural(last)}/category", new { category = "noise" });
        }
        string corrections = city.Api.Feedback.Shelf.Corrections;
        Assert.Contains("cụ Sáu", await File.ReadAllTextAsync(corrections, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        string citizenId = TwinId.Parse("citizen/000000000042", null).ToString();
        JsonElement forgotten = await city.PostAsync($"/{RunningCity.Plural(citizenId)}/forget", new { confirm = citizenId });
        Assert.Equal("accepted", forgotten.GetProperty("status").GetString());
        Assert.DoesNotContain("cụ Sáu", await File.ReadAllTextAsync(corrections, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(["tiếng gì rền rền", "không rõ của ai"], city.Api.Feedback.Corrections().Examples.Select(e => e.Text));
        Assert.True((await city.GetAsync("/feedback/model")).GetProperty("canLearn").GetBoolean());

        // A report that names nobody is forgotten by its case.
        await city.PostAsync($"/{RunningCity.Plural(last)}/forget", new { confirm = last });
        Assert.Equal("tiếng gì rền rền", Assert.Single(city.Api.Feedback.Corrections().Examples).Text);
    }

    [Fact]
    public async Task A_report_of_the_same_thing_joins_the_open_case_and_nothing_of_it_is_lost()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        var place = new { latitude = 16.4785, longitude = 107.5772 };
        JsonElement first = (await ReportAsync(city, Flood, place, "citizen/000000000042")).GetProperty("case");
        await city.CaughtUpAsync();
        const string Again = "duong truoc nha ngap sau lam, nuoc tran vao nha dan, xe chet may het";
        JsonElement second = await ReportAsync(city, Again, new { latitude = 16.4786, longitude = 107.5773 }, "citizen/000000000043", "again-1");
        Assert.Equal("followed", second.GetProperty("status").GetString());
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("case").GetProperty("id").GetString());
        Assert.Equal(1, second.GetProperty("case").GetProperty("followers").GetInt32());
        Assert.False(second.GetProperty("case").TryGetProperty("description", out _));
        Assert.False(second.GetProperty("case").TryGetProperty("citizen", out _));

        // Repeated under its key it is the same report, also after a restart.
        await city.RestartAsync();
        await city.CaughtUpAsync();
        JsonElement repeated = await ReportAsync(city, Again, new { latitude = 16.4786, longitude = 107.5773 }, "citizen/000000000043", "again-1");
        Assert.True(repeated.GetProperty("repeated").GetBoolean());
        TwinId id = TwinId.Parse(first.GetProperty("id").GetString()!, null);
        IReadOnlyList<RecordedEvent> history = await city.Api.Runtime.HistoryAsync(id, 0, 100);
        CaseEvent.CaseFollowed followed = Assert.Single(history.Select(h => h.Event).OfType<CaseEvent.CaseFollowed>());
        Assert.Equal((TwinId.Citizen(43).Kind, Again), (followed.Citizen.Kind, followed.Description));

        // Far away it is another flood; asked not to be grouped it is a case of its own; and so it is once the first has ended.
        Assert.NotEqual("followed", (await ReportAsync(city, Again, new { latitude = 16.40, longitude = 107.5773 })).GetProperty("status").GetString());
        Assert.NotEqual("followed", (await ReportAsync(city, Again, place, group: false)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_ended_case_is_not_joined()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        var place = new { latitude = 16.4785, longitude = 107.5772 };
        JsonElement first = (await ReportAsync(city, Flood, place)).GetProperty("case");
        await city.PostAsync($"/{RunningCity.Plural(first.GetProperty("id").GetString()!)}/withdraw", new { reason = "Rút" });
        await city.CaughtUpAsync();
        Assert.Equal("accepted", (await ReportAsync(city, Flood, place)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_report_is_read_as_it_is_written_and_nothing_is_stored()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        var place = new { latitude = 16.4785, longitude = 107.5772 };
        string open = (await ReportAsync(city, Flood, place)).GetProperty("case").GetProperty("id").GetString()!;
        await city.CaughtUpAsync();
        long before = city.Api.Runtime.Position;
        JsonElement read = await city.PostAsync("/feedback/classify", new { text = Flood + " goi 0905123456", commune = RunningCity.Commune, place });
        Assert.EndsWith("[phone]", read.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("flood-storm", read.GetProperty("category").GetString());
        Assert.Equal(RunningCity.Commune, read.GetProperty("office").GetString());
        JsonElement[] heads = [.. read.GetProperty("heads").EnumerateArray()];
        Assert.Equal(["category", "level", "urgency"], heads.Select(h => h.GetProperty("head").GetString()));
        Assert.Equal(1, heads[0].GetProperty("probabilities").EnumerateArray().Sum(p => p.GetProperty("probability").GetDouble()), 0.01);
        Assert.Contains("ngap", heads[0].GetProperty("because")[0].GetProperty("words").GetString(), StringComparison.Ordinal);
        Assert.Equal(open, read.GetProperty("duplicates")[0].GetProperty("case").GetString());
        Assert.Equal(before, city.Api.Runtime.Position);
        foreach ((object body, string path) in new (object, string)[] { (new { text = " " }, "$.text"), (new { text = "x", commune = "commune/5" }, "$.commune"), (new { text = "x", place = Hanoi }, "$.place") })
        {
            (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Post, "/feedback/classify", JsonContent.Create(body));
            Assert.Equal((400, path), (status, problem.GetProperty("errors")[0].GetProperty("path").GetString()));
        }
    }

    [Fact]
    public async Task A_place_outside_the_city_is_refused_and_one_in_another_commune_is_not()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        Dictionary<string, object> far = Body(Flood, Hanoi, null, null);
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Post, "/cases", JsonContent.Create(far));
        Assert.Equal((400, "$.place", "lies outside Hue City"), (status, problem.GetProperty("errors")[0].GetProperty("path").GetString(), problem.GetProperty("errors")[0].GetProperty("reason").GetString()));
        JsonElement batch = await city.PostAsync("/cases/batch", new { cases = new[] { far, Body(Flood, new { latitude = 16.2, longitude = 107.8 }, null, null) } });
        Assert.Equal(["invalid", "accepted"], batch.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetString()));
        Assert.Equal("$.cases[0].place", batch.GetProperty("results")[0].GetProperty("problem").GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task Reports_in_a_batch_are_masked_and_read_as_well()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement answer = await city.PostAsync("/cases/batch", new
        {
            cases = new object[]
            {
                new { kind = "feedback", commune = RunningCity.Commune, channel = "hotline", description = Flood + " 0905123456" },
                new { kind = "feedback", service = "noise", commune = RunningCity.Commune, channel = "app", description = "Ồn, gọi 0905123456" },
            },
        });
        JsonElement[] cases = [.. answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("case"))];
        Assert.Equal(["flood-storm", "noise"], cases.Select(c => c.GetProperty("service").GetString()));
        Assert.All(cases, c => Assert.EndsWith("[phone]", c.GetProperty("description").GetString(), StringComparison.Ordinal));
        Assert.False(cases[1].TryGetProperty("classification", out _));
    }

    internal static Task<JsonElement> ReportAsync(
        RunningCity city, string text, object? place = null, string? citizen = null, string? key = null, bool? group = null) =>
        city.PostAsync("/cases", Body(text, place, citizen, group), key);

    private static Dictionary<string, object> Body(string text, object? place, string? citizen, bool? group)
    {
        var body = new Dictionary<string, object> { ["kind"] = "feedback", ["commune"] = RunningCity.Commune, ["channel"] = "hotline", ["description"] = text };
        foreach ((string name, object? value) in new (string, object?)[] { ("place", place), ("citizen", citizen), ("group", group) })
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }
        return body;
    }
}
