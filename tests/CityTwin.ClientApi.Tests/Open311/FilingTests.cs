using System.Text.Json;
using System.Xml.Linq;

namespace CityTwin.ClientApi.Tests.Open311;

public sealed class FilingTests(RunningCity city)
{
    [Fact]
    public async Task A_report_is_a_case_like_any_other()
    {
        (int status, string body) = await city.FormAsync(
            Open311City.Base + "/requests.xml",
            [("service_code", "street-lighting"), ("lat", "16.47"), ("long", "107.58"), ("description", "Đèn tắt < & \u0001 > hai đêm"), ("first_name", "Lan")]);
        Assert.True(status == 201, body);
        XElement filed = XDocument.Parse(body).Root!;
        string id = filed.Element("request")!.Element("service_request_id")!.Value;
        Assert.NotEqual("", filed.Element("request")!.Element("service_notice")!.Value);

        JsonElement twin = await city.GetAsync("/cases/" + id);
        Assert.Equal(("feedback", "street-lighting", "queued"), (twin.GetProperty("kind").GetString(), twin.GetProperty("service").GetString(), twin.GetProperty("stage").GetString()));
        Assert.Equal("Đèn tắt < & \u0001 > hai đêm", twin.GetProperty("description").GetString());
        Assert.DoesNotContain("Lan", twin.GetRawText(), StringComparison.Ordinal);

        JsonElement request = await city.RequestAsync(id);
        XElement xml = await city.XmlAsync($"{Open311City.Base}/requests/{id}.xml");
        Assert.Equal("Đèn tắt < & \uFFFD > hai đêm", xml.Descendants("description").Single().Value);
        Assert.Equal(("open", 16.47, 107.58), (request.GetProperty("status").GetString(), request.GetProperty("lat").GetDouble(), request.GetProperty("long").GetDouble()));
        Assert.Equal(twin.GetProperty("dueAt").GetDateTimeOffset(), request.GetProperty("expected_datetime").GetDateTimeOffset());
        Assert.Equal(twin.GetProperty("filedAt").GetDateTimeOffset(), request.GetProperty("requested_datetime").GetDateTimeOffset());
    }

    [Fact]
    public async Task Answers_fit_the_standard_in_both_forms()
    {
        string id = await city.ReportedAsync(("description", "Hố ga mất nắp"), ("address_string", "12 Lê Lợi, phường Thuận Hóa"), ("service_code", "roads-drainage"));
        string one = $"{Open311City.Base}/requests/{id}";
        GeoReportRules.AssertFits("requests", await city.JsonAsync(one + ".json"), await city.XmlAsync(one + ".xml"));
        string token = $"{Open311City.Base}/tokens/{id}";
        GeoReportRules.AssertFits("tokens", await city.JsonAsync(token + ".json"), await city.XmlAsync(token + ".xml"));
        await city.CaughtUpAsync();
        string list = $"{Open311City.Base}/requests.";
        GeoReportRules.AssertFits("requests", await city.JsonAsync($"{list}json?service_request_id={id}"), await city.XmlAsync($"{list}xml?service_request_id={id}"));
    }

    [Theory]
    [InlineData("lat", "16.4785", "long", "107.5772", "19753")]
    [InlineData("address_string", "Kiệt 5 Bùi Thị Xuân, phuong Kim Long, TP Huế", "", "", "19774")]
    [InlineData("address_string", "gần chợ Vỹ Dạ", "", "", "19777")]
    [InlineData("address_id", "commune/19789", "", "", "19789")]
    [InlineData("address_id", "19789", "address_string", "phường Kim Long", "19789")]
    public async Task The_place_names_the_commune(string name, string value, string other, string otherValue, string commune)
    {
        (string, string)[] fields = other.Length > 0 ? [(name, value), (other, otherValue)] : [(name, value)];
        JsonElement request = await city.RequestAsync(await city.ReportedAsync(fields));
        Assert.Equal(commune, request.GetProperty("address_id").GetString());
    }

    [Fact]
    public async Task Address_media_and_attributes_are_kept_with_the_report()
    {
        string id = await city.ReportedAsync(
            ("service_code", "waste-environment"), ("description", "Rác chất đống\n\n[open311]\nmedia_url: http://no.example"), ("address_string", "Chợ Đông Ba, phường Phú Xuân"),
            ("media_url", "https://example.org/rac.jpg"), ("attribute[WASTE][]", "household"), ("attribute[WASTE][]", "smell"));
        JsonElement request = await city.RequestAsync(id);
        Assert.Equal("https://example.org/rac.jpg", request.GetProperty("media_url").GetString());
        Assert.Equal("Rác chất đống\n\n[open311]\nmedia_url: http://no.example", request.GetProperty("description").GetString());
        Assert.Equal("Chợ Đông Ba, phường Phú Xuân", request.GetProperty("address").GetString());
        string text = (await city.GetAsync("/cases/" + id)).GetProperty("description").GetString()!;
        Assert.Contains("attribute[WASTE]: household\nattribute[WASTE]: smell\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_people_are_masked_where_reports_are_listed()
    {
        string id = await city.ReportedAsync(("description", "Gọi tôi số 0905123456 nhé"));
        Assert.Equal("Gọi tôi số [phone] nhé", (await city.RequestAsync(id)).GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_report_repeated_under_its_key_is_filed_once()
    {
        (string, string)[] fields = [("service_code", "noise"), ("lat", "16.4785"), ("long", "107.5772")];
        (_, string first) = await city.FormAsync(Open311City.Base + "/requests.json", fields, "open311-repeat");
        (_, string second) = await city.FormAsync(Open311City.Base + "/requests.json", fields, "open311-repeat");
        Assert.Equal(first, second);
        Assert.Equal("Tiếng ồn", (await city.RequestAsync(JsonDocument.Parse(first).RootElement[0].GetProperty("service_request_id").GetString()!)).GetProperty("description").GetString());
    }

    [Theory]
    [InlineData(400, "service_code=")]
    [InlineData(404, "service_code=nothing&lat=16.47&long=107.58")]
    [InlineData(404, "service_code=1.000894&lat=16.47&long=107.58")]
    [InlineData(400, "service_code=noise")]
    [InlineData(400, "service_code=noise&lat=16.47")]
    [InlineData(400, "service_code=noise&lat=x&long=107.58")]
    [InlineData(400, "service_code=noise&lat=NaN&long=107.58")]
    [InlineData(400, "service_code=noise&lat=10.8&long=106.7")]
    [InlineData(400, "service_code=noise&address_string=ở đâu đó")]
    [InlineData(404, "service_code=noise&address_id=1")]
    [InlineData(400, "service_code=noise&lat=16.47&long=107.58&media_url=javascript:x")]
    [InlineData(400, "service_code=noise&lat=16.47&long=107.58&attribute[NOPE]=1")]
    [InlineData(400, "service_code=noise&lat=16.47&long=107.58&attribute[SOURCE]=thunder")]
    [InlineData(400, "service_code=noise&lat=16.47&long=107.58&attribute[SOURCE]=karaoke&attribute[SOURCE]=other")]
    [InlineData(400, "service_code=noise&lat=16.47&long=107.58&attribute[SINCE]=yesterday")]
    [InlineData(404, "service_code=noise&lat=16.47&long=107.58&jurisdiction_id=elsewhere")]
    public async Task What_cannot_be_filed_is_refused_and_not_stored(int expected, string form)
    {
        long before = city.Api.Runtime.Position;
        foreach (string format in new[] { "json", "xml" })
        {
            (int status, string body) = await city.FormAsync(
                $"{Open311City.Base}/requests.{format}", form.Split('&').Select(f => (f.Split('=')[0], f.Split('=', 2)[1])));
            Open311City.AssertError(expected, status, body);
        }
        Assert.Equal(before, city.Api.Runtime.Position);
    }

    [Fact]
    public async Task Descriptions_up_to_4000_characters_are_taken_whole()
    {
        string longest = new('ố', 4_000);
        string id = await city.ReportedAsync(("description", longest), ("media_url", "https://example.org/a.jpg"));
        Assert.Equal(longest, (await city.RequestAsync(id)).GetProperty("description").GetString());
        (int status, string body) = await city.ReportAsync(("lat", "16.47"), ("long", "107.58"), ("description", longest + "ố"));
        Open311City.AssertError(400, status, body);
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        using var content = new StringContent("{\"service_code\":\"noise\"}", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await city.SendAsync(HttpMethod.Post, Open311City.Base + "/requests.json", content);
        Open311City.AssertError(400, (int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
