using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace CityTwin.ClientApi.Tests;

public sealed class OpenApiTests(RunningCity city)
{
    [Fact]
    public async Task The_document_lists_every_route_with_schemas()
    {
        JsonElement document = await city.GetAsync("/openapi/v1.json");
        JsonElement paths = document.GetProperty("paths");
        var names = new HashSet<string>();
        foreach (RouteEndpoint endpoint in city.Routes.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<RouteDoc>() is not { } doc)
            {
                string pattern = endpoint.RoutePattern.RawText!;
                Assert.True(pattern is "/" || pattern.StartsWith("/live", StringComparison.Ordinal) || pattern.StartsWith("/openapi", StringComparison.Ordinal) || pattern.EndsWith("{*path}", StringComparison.Ordinal), $"{pattern} is not described");
                continue;
            }
            string method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            Assert.True(
                paths.TryGetProperty(endpoint.RoutePattern.RawText!, out JsonElement path) && path.TryGetProperty(method.ToLowerInvariant(), out _),
                $"{method} {endpoint.RoutePattern.RawText} is not in the document");
            JsonElement operation = path.GetProperty(method.ToLowerInvariant());
            Assert.True(names.Add(operation.GetProperty("operationId").GetString()!), $"{doc.Name} is there twice");
            Assert.False(string.IsNullOrEmpty(operation.GetProperty("summary").GetString()));
            JsonProperty[] responses = [.. operation.GetProperty("responses").EnumerateObject()];
            Assert.True(responses.Any(r => r.Name[0] == '2'), $"{doc.Name} says of no good answer");
            Assert.Equal(ApiKeyGate.IsPublic(endpoint.RoutePattern.RawText!), !responses.Any(r => r.Name == "401"));
            Assert.Equal(ApiKeyGate.IsPublic(endpoint.RoutePattern.RawText!), operation.TryGetProperty("security", out _));
            if (doc.Answer is not null)
            {
                JsonElement content = operation.GetProperty("responses").GetProperty(doc.Status.ToString(null, null)).GetProperty("content").GetProperty("application/json");
                JsonElement schema = content.GetProperty("schema");
                Assert.True((schema.TryGetProperty("items", out JsonElement items) ? items : schema).TryGetProperty("$ref", out _), $"{doc.Name} has no schema");
            }
            foreach (string parameter in endpoint.RoutePattern.Parameters.Select(p => p.Name))
            {
                Assert.Contains(operation.GetProperty("parameters").EnumerateArray(), p => p.GetProperty("name").GetString() == parameter);
            }
        }
        Assert.True(names.Count >= 60);
        Assert.Equal(["apiKey", "bearer"], document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.Equal(3, document.GetProperty("security").GetArrayLength());
    }

    [Fact]
    public async Task Answers_have_the_members_that_the_document_promises()
    {
        JsonElement schemas = (await city.GetAsync("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");
        Assert.Equal(
            ["channel", "commune", "kind"],
            schemas.GetProperty("FileCase").GetProperty("required").EnumerateArray().Select(r => r.GetString()!).Order(StringComparer.Ordinal));
        JsonElement filed = await city.FileAsync("citizen/000000006003");
        AssertFits(filed, schemas.GetProperty("CaseAnswer"));
        AssertFits(filed.GetProperty("case"), schemas.GetProperty("CaseReading"));
        AssertFits(await city.GetAsync("/board"), schemas.GetProperty("BoardAnswer"));
        AssertFits(await city.GetAsync("/city"), schemas.GetProperty("CityReading"));
        AssertFits(await city.GetAsync("/desks/1975301"), schemas.GetProperty("DeskReading"));
        AssertFits(await city.GetAsync("/clock"), schemas.GetProperty("ClockReading"));
    }

    private static void AssertFits(JsonElement value, JsonElement schema)
    {
        string[] known = [.. schema.GetProperty("properties").EnumerateObject().Select(p => p.Name)];
        Assert.All(value.EnumerateObject(), p => Assert.Contains(p.Name, known));
        Assert.All(schema.GetProperty("required").EnumerateArray(), r => Assert.True(value.TryGetProperty(r.GetString()!, out _), $"{r} is missing"));
    }
}
