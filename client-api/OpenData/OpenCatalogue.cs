using System.Globalization;
using System.Text.Json.Nodes;
using CityTwin.ClientApi.Hosting;

namespace CityTwin.ClientApi.OpenData;

/// <summary>The catalogue (DCAT-AP, JSON-LD), a dataset's days, and the data dictionary of its files (CSV on the Web).</summary>
internal sealed class OpenCatalogue(CityApi api, OpenDays days)
{
    private const string Licence = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0";
    private const string FileTypes = "http://publications.europa.eu/resource/authority/file-type/";

    /// <summary>The catalogue.</summary>
    /// <param name="root">The server's address.</param>
    /// <param name="datasets">The datasets that there are.</param>
    public JsonObject Dcat(string root, IEnumerable<OpenDataset> datasets)
    {
        (DateOnly First, DateOnly Last)? published = days.Published();
        var catalogue = new JsonObject
        {
            ["@context"] = Context(),
            ["@id"] = $"{root}/opendata/catalog.jsonld",
            ["@type"] = "dcat:Catalog",
            ["dct:title"] = Texts($"Dữ liệu mở {api.Definition.NameVi}", $"Open data of {api.Definition.NameEn}"),
            ["dct:description"] = Texts("Số liệu hằng ngày, đã gộp các số nhỏ", "Daily figures; small numbers are put together"),
            ["dct:publisher"] = Agent(),
            ["dct:language"] = Id("http://publications.europa.eu/resource/authority/language/VIE"),
            ["foaf:homepage"] = Id($"{root}/"),
            ["dct:license"] = Id(Licence),
            ["dcat:themeTaxonomy"] = Id("http://publications.europa.eu/resource/authority/data-theme"),
            ["dcat:dataset"] = new JsonArray([.. datasets.Select(d => Dataset(root, d, published))]),
        };
        if (published is { } p)
        {
            catalogue["dct:issued"] = Date(p.First.AddDays(1));
            catalogue["dct:modified"] = Date(p.Last.AddDays(1));
        }
        return catalogue;
    }

    /// <summary>The days of a dataset, the latest first, at most a thousand.</summary>
    public JsonObject Days(string root, OpenDataset dataset)
    {
        var list = new JsonArray();
        if (days.Published() is { } p)
        {
            for (DateOnly day = p.Last; day >= p.First && list.Count < 1_000; day = day.AddDays(-1))
            {
                string file = $"{root}/opendata/{dataset.Name}/{Text(day)}";
                list.Add(new JsonObject { ["date"] = Text(day), ["csv"] = file + ".csv", ["jsonl"] = file + ".jsonl", ["metadata"] = file + ".csv-metadata.json" });
            }
        }
        return new JsonObject { ["dataset"] = dataset.Name, ["title"] = dataset.TitleEn, ["k"] = days.K, ["days"] = list };
    }

    /// <summary>The data dictionary of a day's file.</summary>
    public JsonObject Csvw(OpenDataset dataset, DateOnly day) => new()
    {
        ["@context"] = new JsonArray("http://www.w3.org/ns/csvw", new JsonObject { ["@language"] = "vi" }),
        ["url"] = $"{Text(day)}.csv",
        ["dc:title"] = new JsonArray(Text(dataset.TitleVi, "vi"), Text(dataset.TitleEn, "en")),
        ["dc:description"] = $"{dataset.Description} Every number stands for {days.K} persons or more.",
        ["dc:license"] = Id(Licence),
        ["dc:issued"] = Date(day.AddDays(1)),
        ["dialect"] = new JsonObject { ["encoding"] = "utf-8", ["header"] = true, ["delimiter"] = ",", ["quoteChar"] = "\"", ["doubleQuote"] = true },
        ["tableSchema"] = new JsonObject
        {
            ["columns"] = new JsonArray([.. dataset.Columns.Select(c => new JsonObject
            {
                ["name"] = c.Name, ["titles"] = new JsonObject { ["vi"] = new JsonArray(c.Name, c.TitleVi) }, ["dc:description"] = c.Description, ["datatype"] = Datatype(c),
            })]),
            ["primaryKey"] = new JsonArray([.. (dataset.Name == OpenDataset.Sensors ? (string[])["hour", "sensor", "measure"] : ["date", "commune", "service"]).Select(k => (JsonNode)k)]),
        },
    };

    private JsonObject Dataset(string root, OpenDataset dataset, (DateOnly First, DateOnly Last)? published)
    {
        var described = new JsonObject
        {
            ["@id"] = $"{root}/opendata/{dataset.Name}",
            ["@type"] = "dcat:Dataset",
            ["dct:identifier"] = $"{api.Definition.Slug}-{dataset.Name}",
            ["dct:title"] = Texts(dataset.TitleVi, dataset.TitleEn),
            ["dct:description"] = Texts(dataset.TitleVi, dataset.Description),
            ["dct:publisher"] = Agent(),
            ["dcat:contactPoint"] = new JsonObject { ["@type"] = "vcard:Organization", ["vcard:fn"] = api.Definition.NameVi, ["vcard:hasURL"] = Id($"{root}/") },
            ["dcat:keyword"] = new JsonArray(Text(dataset.TitleVi, "vi"), Text(dataset.TitleEn, "en")),
            ["dcat:theme"] = Id("http://publications.europa.eu/resource/authority/data-theme/" + dataset.Theme),
            ["dct:accrualPeriodicity"] = Id("http://publications.europa.eu/resource/authority/frequency/DAILY"),
            ["dct:accessRights"] = Id("http://publications.europa.eu/resource/authority/access-right/PUBLIC"),
            ["dct:language"] = Id("http://publications.europa.eu/resource/authority/language/VIE"),
            ["dct:spatial"] = new JsonObject { ["@type"] = "dct:Location", ["skos:prefLabel"] = Texts(api.Definition.NameVi, api.Definition.NameEn) },
            ["dcat:landingPage"] = Id($"{root}/opendata/{dataset.Name}"),
        };
        if (published is { } p)
        {
            described["dct:temporal"] = new JsonObject { ["@type"] = "dct:PeriodOfTime", ["dcat:startDate"] = Date(p.First), ["dcat:endDate"] = Date(p.Last) };
            described["dct:issued"] = Date(p.First.AddDays(1));
            described["dct:modified"] = Date(p.Last.AddDays(1));
            string latest = $"{root}/opendata/{dataset.Name}/{Text(p.Last)}";
            described["dcat:distribution"] = new JsonArray(
                Distribution($"{root}/opendata/{dataset.Name}", latest, ".csv", "CSV", "text/csv"), Distribution($"{root}/opendata/{dataset.Name}", latest, ".jsonl", "JSON", "application/jsonl"));
        }
        return described;
    }

    private static JsonObject Distribution(string access, string file, string ending, string type, string media) => new()
    {
        ["@id"] = file + ending,
        ["@type"] = "dcat:Distribution",
        ["dcat:accessURL"] = Id(access),
        ["dcat:downloadURL"] = Id(file + ending),
        ["dcat:mediaType"] = Id("https://www.iana.org/assignments/media-types/" + media),
        ["dct:format"] = Id(FileTypes + type),
        ["dct:license"] = Id(Licence),
        ["foaf:page"] = Id(file + ".csv-metadata.json"),
    };

    private JsonObject Agent() => new() { ["@type"] = "foaf:Agent", ["foaf:name"] = Texts(api.Definition.NameVi, api.Definition.NameEn) };

    private static JsonObject Context() => new()
    {
        ["dcat"] = "http://www.w3.org/ns/dcat#",
        ["dct"] = "http://purl.org/dc/terms/",
        ["foaf"] = "http://xmlns.com/foaf/0.1/",
        ["vcard"] = "http://www.w3.org/2006/vcard/ns#",
        ["skos"] = "http://www.w3.org/2004/02/skos/core#",
        ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
    };

    private static JsonNode Datatype(OpenColumn column) => column.Datatype switch
    {
        "date" => new JsonObject { ["base"] = "date", ["format"] = "yyyy-MM-dd" },
        "integer" => new JsonObject { ["base"] = "integer", ["minimum"] = 0 },
        _ => column.Datatype,
    };

    private static JsonArray Texts(string vi, string en) => [Text(vi, "vi"), Text(en, "en")];

    private static JsonObject Text(string text, string language) => new() { ["@value"] = text, ["@language"] = language };

    private static JsonObject Id(string id) => new() { ["@id"] = id };

    private static JsonObject Date(DateOnly day) => new() { ["@value"] = Text(day), ["@type"] = "xsd:date" };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
