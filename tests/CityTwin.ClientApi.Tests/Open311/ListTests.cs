using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using CityTwin.ClientApi.Open311;

namespace CityTwin.ClientApi.Tests.Open311;

public sealed class ListTests
{
    private const string Key = "a-key-of-some-length";

    [Fact]
    public async Task Lists_are_filtered_by_service_status_and_date_and_come_in_pages()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        List<string> ids = [];
        for (int i = 0; i < 7; i++)
        {
            ids.Add(await city.ReportedAsync(("service_code", i % 2 == 0 ? "noise" : "street-lighting")));
            await city.Api.Runtime.AdvanceAsync(city.Api.Runtime.Clock.Now.AddMinutes(1));
        }
        await city.FileAsync("citizen/000000009001");
        await city.PostAsync($"/cases/{ids[0]}/withdraw", new { });
        string[] newestFirst = [.. Enumerable.Reverse(ids)];
        Assert.Equal(newestFirst, await city.IdsAsync(""));
        Assert.Equal(newestFirst.Where(i => ids.IndexOf(i) % 2 == 0), await city.IdsAsync("service_code=noise"));
        Assert.Equal(newestFirst, await city.IdsAsync("service_code=noise,street-lighting"));
        Assert.Equal(newestFirst[..^1], await city.IdsAsync("status=open"));
        Assert.Equal([ids[0]], await city.IdsAsync("status=closed"));
        Assert.Equal(newestFirst, await city.IdsAsync("status=open,closed"));
        Assert.Equal([ids[2], ids[0]], await city.IdsAsync($"service_request_id={ids[2]},{ids[0]},000000000009&status=open&service_code=nothing&start_date=never"));

        DateTimeOffset second = RunningCity.Start.AddMinutes(1);
        Assert.Equal([ids[3], ids[2], ids[1]], await city.IdsAsync($"start_date={Text(second)}&end_date={Text(second.AddMinutes(2))}"));
        string[] pages = [.. await city.IdsAsync("page_size=3&page=1"), .. await city.IdsAsync("page_size=3&page=2"), .. await city.IdsAsync("page_size=3&page=3")];
        Assert.Equal(newestFirst, pages);
        Assert.Empty(await city.IdsAsync("page_size=3&page=4"));

        await city.Api.Runtime.AdvanceAsync(RunningCity.Start.AddDays(91));
        Assert.Empty(await city.IdsAsync(""));
        Assert.Equal(newestFirst, await city.IdsAsync($"start_date={Text(RunningCity.Start)}"));
    }

    [Fact]
    public async Task At_most_a_thousand_reports_are_listed_at_once()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        for (int batch = 0; batch < 2; batch++)
        {
            await city.PostAsync("/cases/batch", new
            {
                cases = Enumerable.Range(0, 505).Select(i => new { kind = "feedback", service = "noise", commune = RunningCity.Commune, channel = "app", description = $"ồn {i}" }),
            });
        }
        Assert.Equal(1_000, (await city.IdsAsync("")).Distinct().Count());
        Assert.Equal(10, (await city.IdsAsync("page=2")).Length);
    }

    [Fact]
    public async Task Who_posts_needs_a_key_and_who_reads_without_one_sees_no_text()
    {
        await using RunningCity city = await RunningCity.AloneAsync(o => o with { ApiKeys = [Key] });
        (string, string)[] report = [("service_code", "noise"), ("lat", "16.4785"), ("long", "107.5772"), ("description", "Loa kéo"), ("media_url", "https://example.org/1.jpg")];
        foreach (string? wrong in new[] { null, "", "another-key-of-some-length" })
        {
            (int status, string body) = await city.FormAsync(Open311City.Base + "/requests.xml", wrong is null ? report : [.. report, ("api_key", wrong)]);
            Open311City.AssertError(403, status, body);
        }
        (int filed, string answer) = await city.FormAsync(Open311City.Base + "/requests.json", [.. report, ("api_key", Key)]);
        Assert.Equal(201, filed);
        string id = JsonDocument.Parse(answer).RootElement[0].GetProperty("service_request_id").GetString()!;
        JsonElement seen = await city.RequestAsync(id);
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (seen.GetProperty("description").ValueKind, seen.GetProperty("media_url").ValueKind));
        JsonElement known = (await city.JsonAsync($"{Open311City.Base}/requests/{id}.json?api_key={Key}"))[0];
        Assert.Equal("Loa kéo", known.GetProperty("description").GetString());
        Assert.Equal(200, (await city.FetchAsync("/discovery.json")).Status);
        Assert.Equal(401, (await city.FetchAsync("/cases/" + id)).Status);
    }

    [Fact]
    public async Task Updates_are_told_and_taken()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string id = await city.ReportedAsync(("description", "Đèn tắt"));
        string official = await StartAsync(city, id);
        await city.PostAsync($"/cases/{id}/ask", new { official, question = "Cột nào?" });
        (string, string)[] answer = [("service_request_id", id), ("update_id", "fms-17"), ("status", "OPEN"), ("description", "Cột 12")];
        (int status, string body) = await city.FormAsync(Open311City.Base + "/servicerequestupdates.json", answer);
        Assert.True(status == 201, body);
        (_, string again) = await city.FormAsync(Open311City.Base + "/servicerequestupdates.json", answer);
        Assert.Equal(body, again);
        Assert.Equal("queued", (await city.GetAsync("/cases/" + id)).GetProperty("stage").GetString());
        (status, string xml) = await city.FormAsync(Open311City.Base + "/servicerequestupdates.xml", [("service_request_id", id), ("status", "CLOSED"), ("description", "Đã sáng")]);
        Assert.True(status == 201, xml);
        Assert.Equal("service_request_updates", XDocument.Parse(xml).Root!.Name.LocalName);
        Assert.Equal("closed", (await city.RequestAsync(id)).GetProperty("status").GetString());

        await city.FileAsync("citizen/000000009002");
        string address = Open311City.Base + "/servicerequestupdates.";
        JsonElement updates = await city.JsonAsync(address + "json");
        GeoReportRules.AssertFits("updates", updates, await city.XmlAsync(address + "xml"));
        Assert.Equal(
            ["Đang xử lý", "Chờ người dân bổ sung", "Người dân đã bổ sung", "Đã rút"],
            updates.EnumerateArray().Select(u => u.GetProperty("description").GetString()));
        Assert.All(updates.EnumerateArray(), u => Assert.Equal(id, u.GetProperty("service_request_id").GetString()));
        long[] order = [.. updates.EnumerateArray().Select(u => long.Parse(u.GetProperty("update_id").GetString()!, CultureInfo.InvariantCulture))];
        Assert.Equal(order.Order(), order);
    }

    [Theory]
    [InlineData(404, "service_request_id=000000000001&description=x")]
    [InlineData(400, "description=x")]
    [InlineData(400, "service_request_id=ID")]
    [InlineData(400, "service_request_id=ID&description=x")]
    [InlineData(400, "service_request_id=ID&status=LOST")]
    public async Task Updates_that_change_nothing_are_refused(int expected, string form)
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string id = await city.ReportedAsync();
        (int status, string body) = await city.FormAsync(
            Open311City.Base + "/servicerequestupdates.json", form.Split('&').Select(f => (f.Split('=')[0], f.Split('=')[1].Replace("ID", id, StringComparison.Ordinal))));
        Open311City.AssertError(expected, status, body);
    }

    [Fact]
    public async Task A_city_may_ask_its_own_questions_and_insist_on_answers()
    {
        ServiceAttributes own = ServiceAttributes.Parse("""
            {"noise":[{"variable":true,"code":"HOUR","datatype":"number","required":true,"datatype_description":null,"order":1,"description":"Mấy giờ?","values":null}]}
            """u8);
        await using RunningCity city = await RunningCity.AloneAsync(o => o with { Open311Attributes = own });
        (string, string)[] report = [("service_code", "noise"), ("lat", "16.4785"), ("long", "107.5772")];
        (int missing, string body) = await city.FormAsync(Open311City.Base + "/requests.json", report);
        Open311City.AssertError(400, missing, body);
        (int given, _) = await city.FormAsync(Open311City.Base + "/requests.json", [.. report, ("attribute[HOUR]", "23")]);
        Assert.Equal(201, given);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"noise\":[{\"variable\":true,\"code\":\"A\",\"datatype\":\"colour\",\"required\":true,\"datatype_description\":null,\"order\":1,\"description\":\"?\",\"values\":null}]}")]
    [InlineData("{\"noise\":[{\"variable\":true,\"code\":\"A]\",\"datatype\":\"text\",\"required\":true,\"datatype_description\":null,\"order\":1,\"description\":\"?\",\"values\":null}]}")]
    [InlineData("{\"noise\":[{\"variable\":true,\"code\":\"A\",\"datatype\":\"multivaluelist\",\"required\":true,\"datatype_description\":null,\"order\":1,\"description\":\"?\",\"values\":null}]}")]
    public void A_set_of_questions_that_cannot_be_is_refused_with_its_place(string json)
    {
        FormatException e = Assert.Throws<FormatException>(() => ServiceAttributes.Parse(System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.StartsWith("$", e.Message, StringComparison.Ordinal);
    }

    private static string Text(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

    private static async Task<string> StartAsync(RunningCity city, string id)
    {
        string desk = (await city.GetAsync("/cases/" + id)).GetProperty("desk").GetString()!;
        string official = (await city.GetAsync("/" + RunningCity.Plural(desk))).GetProperty("officials")[0].GetString()!;
        await city.PostAsync($"/{RunningCity.Plural(desk)}/start", new { official, @case = "case/" + id });
        return official;
    }
}
