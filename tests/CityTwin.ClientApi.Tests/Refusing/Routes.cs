using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

/// <summary>A route of the OpenAPI document, with addresses that name what is there.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">As the document has it.</param>
/// <param name="Address">With identities of twins that exist.</param>
/// <param name="Members">The members of its body and their JSON types; null when it takes none.</param>
public sealed record Route(HttpMethod Method, string Template, string Address, IReadOnlyDictionary<string, JsonElement>? Members)
{
    /// <summary>All routes.</summary>
    public static async Task<List<Route>> AllAsync(RunningCity city)
    {
        JsonElement document = await city.GetAsync("/openapi/v1.json");
        JsonElement schemas = document.GetProperty("components").GetProperty("schemas");
        await city.PostAsync("/sensors", new { kind = "water", name = "KL01", commune = RunningCity.Commune });
        string id = (await city.FileAsync("citizen/000000006001")).GetProperty("case").GetProperty("id").GetString()!["case/".Length..];
        var routes = new List<Route>();
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject().Where(p => !IsStandard(p.Name)))
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                Dictionary<string, JsonElement>? members = null;
                if (operation.Value.TryGetProperty("requestBody", out JsonElement body))
                {
                    string reference = body.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!;
                    JsonElement schema = schemas.GetProperty(reference[(reference.LastIndexOf('/') + 1)..]);
                    members = schema.TryGetProperty("properties", out JsonElement properties) ? properties.EnumerateObject().ToDictionary(p => p.Name, p => p.Value) : [];
                }
                routes.Add(new Route(new HttpMethod(operation.Name.ToUpperInvariant()), path.Name, Fill(path.Name, id), members));
            }
        }
        return routes;
    }

    /// <summary>Whether a path belongs to an interface whose standard has its own bodies and errors, and its own tests.</summary>
    private static bool IsStandard(string path) =>
        new[] { "/open311", "/discovery.", "/ngsi-ld", "/opendata" }.Any(p => path.StartsWith(p, StringComparison.Ordinal));

    /// <summary>The address with an identity in the place of the first parameter.</summary>
    public string With(string id) => Template[..Template.IndexOf('{', StringComparison.Ordinal)] + id + Rest();

    private string Rest()
    {
        string rest = Template[(Template.IndexOf('}', StringComparison.Ordinal) + 1)..];
        return Fill(rest, "");
    }

    private static string Fill(string template, string caseId) => template
        .Replace("/cases/{id}", $"/cases/{caseId}", StringComparison.Ordinal)
        .Replace("/desks/{id}", "/desks/1975301", StringComparison.Ordinal)
        .Replace("/communes/{id}", "/communes/19753", StringComparison.Ordinal)
        .Replace("/departments/{id}", "/departments/4601", StringComparison.Ordinal)
        .Replace("/officials/{id}", "/officials/19753001", StringComparison.Ordinal)
        .Replace("/officials/{official}", "/officials/19753999", StringComparison.Ordinal)
        .Replace("/citizens/{id}", "/citizens/000000006001", StringComparison.Ordinal)
        .Replace("/sensors/{id}", $"/sensors/{RunningCity.Sensor["sensor/".Length..]}", StringComparison.Ordinal)
        .Replace("/documents/{code}", "/documents/citizen-id", StringComparison.Ordinal)
        .Replace("/services/{code}", "/services/1.000894", StringComparison.Ordinal)
        .Replace("/offices/{kind}/{number}", "/offices/commune/19753", StringComparison.Ordinal);
}
