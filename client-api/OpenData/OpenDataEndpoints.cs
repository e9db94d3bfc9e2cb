using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.OpenData;

/// <summary>What the city gives to everybody: a catalogue and daily files. No key is needed.</summary>
internal static class OpenDataEndpoints
{
    private const string Tag = "Open data";

    private static readonly JsonSerializerOptions Json = new() { Encoder = ApiJson.Encoder };

    /// <summary>Adds the routes.</summary>
    public static void MapOpenData(this IEndpointRouteBuilder routes, CityApi api, OpenDays days)
    {
        var catalogue = new OpenCatalogue(api, days);
        routes.Get("/opendata/catalog.jsonld", new RouteDoc(Tag, "GetOpenDataCatalogue", "The catalogue of open datasets (DCAT-AP, JSON-LD)") { Media = ["application/ld+json"] }, http =>
            WriteAsync(http, catalogue.Dcat(Root(http), OpenDataset.All.Where(d => new OpenRows(api, days).Has(d))), "application/ld+json"));
        routes.Get("/opendata/{dataset}", new RouteDoc(Tag, "GetOpenDataset", "The days of a dataset"), http =>
            WriteAsync(http, catalogue.Days(Root(http), Find(api, days, http)), "application/json; charset=utf-8"));
        routes.Get("/opendata/{dataset}/{day}.csv", new RouteDoc(Tag, "GetOpenCsv", "A day of a dataset, CSV") { Media = ["text/csv"] }, async http =>
        {
            (OpenDataset dataset, DateOnly day) = Day(api, days, http);
            http.Response.Headers.Link = $"<{day:yyyy-MM-dd}.csv-metadata.json>; rel=\"describedby\"; type=\"application/csvm+json\"";
            IReadOnlyList<object?[]> rows = await new OpenRows(api, days).OfAsync(dataset, day);
            http.Response.ContentType = OpenFiles.Csv;
            await OpenFiles.WriteCsvAsync(http.Response.Body, dataset, rows);
        });
        routes.Get("/opendata/{dataset}/{day}.jsonl", new RouteDoc(Tag, "GetOpenJsonLines", "A day of a dataset, JSON lines") { Media = ["application/jsonl"] }, async http =>
        {
            (OpenDataset dataset, DateOnly day) = Day(api, days, http);
            IReadOnlyList<object?[]> rows = await new OpenRows(api, days).OfAsync(dataset, day);
            http.Response.ContentType = OpenFiles.JsonLines;
            await OpenFiles.WriteJsonLinesAsync(http.Response.Body, dataset, rows);
        });
        routes.Get("/opendata/{dataset}/{day}.csv-metadata.json", new RouteDoc(Tag, "GetOpenDictionary", "The data dictionary of a day's file (CSV on the Web)") { Media = ["application/csvm+json"] }, http =>
        {
            (OpenDataset dataset, DateOnly day) = Day(api, days, http);
            return WriteAsync(http, catalogue.Csvw(dataset, day), "application/csvm+json");
        });
    }

    private static OpenDataset Find(CityApi api, OpenDays days, HttpContext http)
    {
        string name = (string)http.Request.RouteValues["dataset"]!;
        return OpenDataset.All.FirstOrDefault(d => d.Name == name && new OpenRows(api, days).Has(d))
            ?? throw new ProblemException(Problem.UnknownTwin($"a dataset '{Mistakes.Short(name)}': see /opendata/catalog.jsonld"));
    }

    private static (OpenDataset Dataset, DateOnly Day) Day(CityApi api, OpenDays days, HttpContext http)
    {
        OpenDataset dataset = Find(api, days, http);
        string text = (string)http.Request.RouteValues["day"]!;
        bool isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day);
        return isDay && days.Published() is { } p && day >= p.First && day <= p.Last
            ? (dataset, day)
            : throw new ProblemException(Problem.UnknownTwin($"{Mistakes.Short(text)} in {dataset.Name}: days that are over are published, as 2026-01-05"));
    }

    private static string Root(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    private static Task WriteAsync(HttpContext http, JsonObject value, string contentType)
    {
        http.Response.ContentType = contentType;
        return http.Response.WriteAsync(value.ToJsonString(Json));
    }
}
