using System.Text.Json;
using System.Xml.Linq;

namespace CityTwin.ClientApi.Tests.Open311;

public sealed class CatalogueTests(RunningCity city)
{
    [Theory]
    [InlineData("/discovery")]
    [InlineData("/open311/discovery")]
    public async Task Discovery_names_the_interface_with_the_bare_content_types(string address)
    {
        (int status, string? type, string body) = await city.FetchAsync(address + ".json");
        Assert.Equal((200, "application/json"), (status, type));
        JsonElement discovery = JsonDocument.Parse(body).RootElement;
        Assert.Equal(["changeset", "contact", "key_service", "endpoints"], discovery.EnumerateObject().Select(p => p.Name));
        JsonElement endpoint = discovery.GetProperty("endpoints")[0];
        Assert.Equal("http://wiki.open311.org/GeoReport_v2", endpoint.GetProperty("specification").GetString());
        Assert.Equal("production", endpoint.GetProperty("type").GetString());
        Assert.Equal(["text/xml", "application/json"], endpoint.GetProperty("formats").EnumerateArray().Select(f => f.GetString()));
        string url = endpoint.GetProperty("url").GetString()!;
        Assert.Equal(new Uri(city.Http.BaseAddress!, "/open311/v2").ToString(), url);
        using HttpResponseMessage services = await city.Http.GetAsync(new Uri(url + "/services.json"), TestContext.Current.CancellationToken);
        Assert.True(services.IsSuccessStatusCode);

        (status, type, body) = await city.FetchAsync(address + ".xml");
        Assert.Equal((200, "text/xml"), (status, type));
        XElement root = XDocument.Parse(body).Root!;
        Assert.Equal("discovery", root.Name.LocalName);
        Assert.Equal(url, root.Element("endpoints")!.Element("endpoint")!.Element("url")!.Value);
        Assert.Equal(["text/xml", "application/json"], root.Descendants("format").Select(f => f.Value));
        Assert.True(GeoReportRules.IsMoment(root.Element("changeset")!.Value));
    }

    [Fact]
    public async Task Services_are_the_citys_categories_of_reports_in_both_forms()
    {
        JsonElement json = await city.JsonAsync(Open311City.Base + "/services.json");
        GeoReportRules.AssertFits("services", json, await city.XmlAsync(Open311City.Base + "/services.xml"));
        string[] categories = [.. (await city.GetAsync("/city/catalogue")).GetProperty("services").EnumerateArray()
            .Where(s => s.GetProperty("kind").GetString() == "feedback").Select(s => s.GetProperty("code").GetString()!).Order(StringComparer.Ordinal)];
        Assert.Equal(categories, json.EnumerateArray().Select(s => s.GetProperty("service_code").GetString()));
        Assert.Contains(json.EnumerateArray(), s => s.GetProperty("metadata").GetBoolean());
        Assert.Contains(json.EnumerateArray(), s => !s.GetProperty("metadata").GetBoolean());
    }

    [Fact]
    public async Task A_definition_has_the_attributes_of_its_service()
    {
        JsonElement json = await city.JsonAsync(Open311City.Base + "/services/roads-drainage.json");
        Assert.Equal("roads-drainage", json.GetProperty("service_code").GetString());
        JsonElement kind = json.GetProperty("attributes")[0];
        Assert.Equal(
            ["variable", "code", "datatype", "required", "datatype_description", "order", "description", "values"],
            kind.EnumerateObject().Select(p => p.Name));
        Assert.Equal("singlevaluelist", kind.GetProperty("datatype").GetString());
        Assert.Contains(kind.GetProperty("values").EnumerateArray(), v => v.GetProperty("key").GetString() == "pothole");

        XElement xml = await city.XmlAsync(Open311City.Base + "/services/roads-drainage.xml");
        Assert.Equal("service_definition", xml.Name.LocalName);
        XElement[] attributes = [.. xml.Element("attributes")!.Elements("attribute")];
        Assert.Equal(json.GetProperty("attributes").GetArrayLength(), attributes.Length);
        Assert.Equal("KIND", attributes[0].Element("code")!.Value);
        Assert.Contains(attributes[0].Element("values")!.Elements("value"), v => v.Element("key")!.Value == "pothole" && v.Element("name")!.Value == "Ổ gà");

        JsonElement none = await city.JsonAsync(Open311City.Base + "/services/other.json");
        Assert.Equal(0, none.GetProperty("attributes").GetArrayLength());
    }

    [Theory]
    [InlineData("/services/nothing.json", 404)]
    [InlineData("/services/nothing.xml", 404)]
    [InlineData("/services/1.000894.json", 404)]
    [InlineData("/services.yaml", 404)]
    [InlineData("/services", 404)]
    [InlineData("/nowhere.json", 404)]
    [InlineData("/services.json?jurisdiction_id=elsewhere", 404)]
    [InlineData("/requests/000000000001.xml", 404)]
    [InlineData("/requests/..json", 404)]
    [InlineData("/tokens/nothing.json", 404)]
    [InlineData("/requests.xml?status=lost", 400)]
    [InlineData("/requests.json?start_date=yesterday", 400)]
    [InlineData("/requests.json?start_date=2026-01-05", 400)]
    [InlineData("/requests.json?start_date=2026-01-05T08:00:00", 400)]
    [InlineData("/requests.json?start_date=0001-01-01T00:00:00Z", 400)]
    [InlineData("/requests.json?start_date=2025-01-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", 400)]
    [InlineData("/requests.json?start_date=2026-01-02T00:00:00Z&end_date=2026-01-01T00:00:00Z", 400)]
    [InlineData("/requests.json?service_code=street-lighting,nothing", 404)]
    [InlineData("/requests.json?page=0", 400)]
    [InlineData("/requests.json?page_size=1001", 400)]
    public async Task What_cannot_be_is_told_as_the_standard_wants(string address, int expected)
    {
        (int status, _, string body) = await city.FetchAsync(Open311City.Base + address);
        Open311City.AssertError(expected, status, body);
    }

    [Fact]
    public async Task The_jurisdiction_is_the_citys_name_and_may_be_left_out() =>
        Assert.Equal(JsonValueKind.Array, (await city.JsonAsync(Open311City.Base + "/services.json?jurisdiction_id=hue")).ValueKind);
}
