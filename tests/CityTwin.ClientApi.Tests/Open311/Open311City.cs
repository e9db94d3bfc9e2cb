using System.Text.Json;
using System.Xml.Linq;

namespace CityTwin.ClientApi.Tests.Open311;

/// <summary>A city as a client of the standard meets it.</summary>
internal static class Open311City
{
    public const string Base = "/open311/v2";

    public static readonly (string, string) Centre = ("16.4785", "107.5772");

    public static async Task<(int Status, string? ContentType, string Body)> FetchAsync(this RunningCity city, string address)
    {
        using HttpResponseMessage response = await city.Http.GetAsync(new Uri(address, UriKind.Relative));
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync());
    }

    public static async Task<JsonElement> JsonAsync(this RunningCity city, string address)
    {
        (int status, string? type, string body) = await city.FetchAsync(address);
        Assert.True(status == 200, $"{address}: {status} {body}");
        Assert.Equal("application/json; charset=utf-8", type);
        return JsonDocument.Parse(body).RootElement;
    }

    public static async Task<XElement> XmlAsync(this RunningCity city, string address)
    {
        (int status, string? type, string body) = await city.FetchAsync(address);
        Assert.True(status == 200, $"{address}: {status} {body}");
        Assert.Equal("text/xml; charset=utf-8", type);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", body, StringComparison.Ordinal);
        return XDocument.Parse(body).Root!;
    }

    public static async Task<(int Status, string Body)> FormAsync(this RunningCity city, string address, IEnumerable<(string, string)> fields, string? key = null)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using HttpResponseMessage response = await city.SendAsync(HttpMethod.Post, address, content, key);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static Task<(int Status, string Body)> ReportAsync(this RunningCity city, params (string, string)[] fields) =>
        city.FormAsync(Base + "/requests.json", [("service_code", "street-lighting"), .. fields]);

    public static async Task<string> ReportedAsync(this RunningCity city, params (string, string)[] fields)
    {
        (string, string)[] place = fields.Any(f => f.Item1 is "lat" or "address_string" or "address_id") ? [] : [("lat", Centre.Item1), ("long", Centre.Item2)];
        (string, string)[] service = fields.Any(f => f.Item1 == "service_code") ? [] : [("service_code", "street-lighting")];
        (int status, string body) = await city.FormAsync(Base + "/requests.json", [.. service, .. place, .. fields]);
        Assert.True(status == 201, $"{status} {body}");
        return JsonDocument.Parse(body).RootElement[0].GetProperty("service_request_id").GetString()!;
    }

    public static async Task<JsonElement> RequestAsync(this RunningCity city, string id)
    {
        JsonElement list = await city.JsonAsync($"{Base}/requests/{id}.json");
        return Assert.Single(list.EnumerateArray());
    }

    public static async Task<string[]> IdsAsync(this RunningCity city, string query)
    {
        await city.CaughtUpAsync();
        return [.. (await city.JsonAsync($"{Base}/requests.json?{query}")).EnumerateArray().Select(r => r.GetProperty("service_request_id").GetString()!)];
    }

    /// <summary>Checks that an answer is an error of the standard, in both forms, and gives its description.</summary>
    public static void AssertError(int expected, int status, string body)
    {
        Assert.True(expected == status, $"{status}, expected {expected}: {body}");
        if (body.StartsWith('['))
        {
            JsonElement error = Assert.Single(JsonDocument.Parse(body).RootElement.EnumerateArray());
            Assert.Equal(["code", "description"], error.EnumerateObject().Select(p => p.Name));
            Assert.Equal(expected, error.GetProperty("code").GetInt32());
            return;
        }
        XElement errors = XDocument.Parse(body).Root!;
        Assert.Equal("errors", errors.Name.LocalName);
        XElement one = Assert.Single(errors.Elements("error"));
        Assert.Equal(["code", "description"], one.Elements().Select(e => e.Name.LocalName));
        Assert.Equal($"{expected}", one.Element("code")!.Value);
    }
}
