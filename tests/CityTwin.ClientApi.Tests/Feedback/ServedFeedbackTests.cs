using System.Text;
using System.Text.Json;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Tests.Sensors;

namespace CityTwin.ClientApi.Tests;

/// <summary>Reports, people's words and models in a program of its own that is killed again and again.</summary>
public sealed class ServedFeedbackTests
{
    private const string Clock = "--clock driven --start 2026-01-05T08:00:00+07:00";

    private const string Tree = "cay do chan ngang duong Tran Hung Dao, khong ai di qua duoc";

    private static readonly object Street = new { latitude = 16.4785, longitude = 107.5772 };

    [Fact]
    public async Task Nothing_that_citizens_wrote_or_people_said_is_lost_when_the_program_is_killed()
    {
        await using ServedCity city = await ServedCity.StartAsync(Clock);
        string flood = (await ReportAsync(city, "nuoc ngap lut toi dau goi, mua lon", "flood")).GetProperty("case").GetProperty("id").GetString()!;
        string unclear = (await ReportAsync(city, "sao the nay lau qua", "unclear", place: null)).GetProperty("case").GetProperty("id").GetString()!;
        string tree = (await ReportAsync(city, Tree, "tree", citizen: 51)).GetProperty("case").GetProperty("id").GetString()!;
        await city.UntilAsync("/feedback/queue", q => Waits(q, unclear));
        JsonElement followed = await FollowAsync(city, tree);

        await city.KillAndStartAsync();
        JsonElement again = await ReportAsync(city, Tree + " goi 0987654321", "again-1", citizen: 52);
        Assert.True(again.GetProperty("repeated").GetBoolean());
        Assert.Equal((followed.GetProperty("position").GetInt64(), tree), (again.GetProperty("position").GetInt64(), again.GetProperty("case").GetProperty("id").GetString()));
        JsonElement kept = await city.GetAsync("/" + RunningCity.Plural(flood));
        Assert.Equal(("flood-storm", "immediate", RunningCity.Commune), (Text(kept, "service"), Text(kept, "urgency"), Text(kept, "office")));
        Assert.Equal(new FeedbackOptions().Model.Card.Name, Text(kept.GetProperty("classification"), "model"));
        await city.UntilAsync("/feedback/queue", q => Waits(q, unclear));
    }

    [Fact]
    public async Task What_people_said_is_learnt_from_though_the_program_is_killed_after_it_and_amid_training()
    {
        await using ServedCity city = await ServedCity.StartAsync("--feedback-model {folder}/small.model --feedback-texts {folder}/small.tsv " + Clock, Prepare);
        string first = Text(await city.GetAsync("/feedback/model"), "running");
        for (int i = 0; i < 12; i++)
        {
            string id = (await ReportAsync(city, $"may chiec zorbex mau tim so {i} ket o ben grumo", $"z{i}", place: null)).GetProperty("case").GetProperty("id").GetString()!;
            await city.PostAsync($"/{RunningCity.Plural(id)}/category", new { category = "public-transport", level = "city" }, $"word-{i}");
        }
        await city.KillAndStartAsync();
        Assert.Equal(12, (await city.GetAsync("/feedback/model")).GetProperty("corrections").GetInt32());

        await city.PostAsync("/feedback/model/train", new { });
        await city.KillAndStartAsync();
        JsonElement model = default;
        await Patience.UntilAsync(async () => Text((model = await city.GetAsync("/feedback/model")).GetProperty("training"), "state") == "idle", "the training ended that was begun again");
        Assert.Equal(2, model.GetProperty("versions").GetArrayLength());
        JsonElement second = model.GetProperty("versions")[1];
        Assert.InRange(second.GetProperty("corrections").GetInt32(), 1, 12);
        Assert.NotEqual(first, Text(second, "name"));
        Assert.Equal(second.GetProperty("promoted").GetBoolean() ? Text(second, "name") : first, Text(model, "running"));
        Assert.False(model.GetProperty("canLearn").GetBoolean());
    }

    [Fact]
    public async Task What_tells_who_a_citizen_is_reaches_no_file_whatever_way_a_report_comes_in()
    {
        await using ServedCity city = await ServedCity.StartAsync(Clock);
        string[] told = ["0905123456", "0905 123 456", "046123456789", "an.le@example.vn", "75A-123.45"];
        string text = $"{Tree}. SĐT {told[0]} hoac {told[1]}, CCCD {told[2]}, thu {told[3]}, xe {told[4]}";
        foreach (int citizen in (int[])[0, 51])
        {
            await ReportAsync(city, text, $"one-{citizen}", citizen: citizen);
            await city.PostAsync("/cases/batch", new { cases = new[] { Body(text, Street, citizen, null) } }, $"many-{citizen}");
        }
        await city.PostFormAsync("/open311/v2/requests.json", ("service_code", "trees-parks"), ("lat", "16.4785"), ("long", "107.5772"), ("description", text));
        string id = (await ReportAsync(city, "khong ro " + text, "two", place: null)).GetProperty("case").GetProperty("id").GetString()!;
        await city.PostAsync($"/{RunningCity.Plural(id)}/category", new { category = "trees-parks" });
        JsonElement read = await city.GetAsync("/" + RunningCity.Plural(id));
        Assert.Contains("SĐT [phone] hoac [phone], CCCD [identity], thu [email], xe [plate]", Text(read, "description"), StringComparison.Ordinal);

        await city.KillAndStartAsync();
        string[] files = Directory.GetFiles(city.Folder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => f.EndsWith("corrections.tsv", StringComparison.Ordinal));
        foreach (string file in files.Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            byte[] bytes = await ReadAsync(file);
            Assert.All(told, t => Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(t)) < 0, $"{t} is in {file}"));

            // The words are with the corrections only: in the journal they are encrypted.
            Assert.Equal(Path.GetFileName(file) == "corrections.tsv", bytes.AsSpan().IndexOf("chan ngang"u8) >= 0);
        }
    }

    private static void Prepare(string folder)
    {
        LearningFlowTests.Small.Model.Save(Path.Combine(folder, "small.model"));
        File.WriteAllLines(Path.Combine(folder, "small.tsv"), LearningFlowTests.Few.Select(e => $"{e.Labels[0]}\t{e.Text}"));
    }

    private static Task<JsonElement> ReportAsync(ServedCity city, string text, string key, int citizen = 0) => ReportAsync(city, text, key, Street, citizen);

    private static Task<JsonElement> ReportAsync(ServedCity city, string text, string key, object? place, int citizen = 0, bool? group = null) =>
        city.PostAsync("/cases", Body(text, place, citizen, group), key);

    private static Dictionary<string, object> Body(string text, object? place, int citizen, bool? group)
    {
        var body = new Dictionary<string, object> { ["kind"] = "feedback", ["commune"] = RunningCity.Commune, ["channel"] = "hotline", ["description"] = text };
        foreach ((string name, object? value) in new (string, object?)[] { ("place", place), ("citizen", citizen == 0 ? null : $"citizen/{citizen:D12}"), ("group", group) })
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }
        return body;
    }

    /// <summary>Tells of the same tree once the first report can be joined.</summary>
    private static async Task<JsonElement> FollowAsync(ServedCity city, string tree)
    {
        await Patience.UntilAsync(async () => (await city.PostAsync("/feedback/classify", new { text = Tree, place = Street })).GetProperty("duplicates").EnumerateArray()
            .Any(d => Text(d, "case") == tree), "the report can be joined");
        JsonElement followed = await ReportAsync(city, Tree + " goi 0987654321", "again-1", citizen: 52);
        Assert.Equal(("followed", tree), (Text(followed, "status"), Text(followed.GetProperty("case"), "id")));
        return followed;
    }

    private static bool Waits(JsonElement queue, string id) => queue.GetProperty("items").EnumerateArray().Any(i => Text(i, "case") == id);

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;
}
