using System.Collections.Frozen;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Exports;

namespace CityTwin.ClientApi.Exports;

/// <summary>Event logs for process mining: <c>GET /process-log</c>.</summary>
internal static class ProcessLogEndpoints
{
    private static readonly QueryDoc[] Query =
    [
        new("format", "Default ocel.", Words: LogFormats.List), new("from", "Events from this moment."), new("to", "Events until before this moment."),
        new("office", "Cases that these offices had: identities with commas between."), new("service", "Cases of these services: codes with commas between."),
        new("kind", "dossier or feedback.", Words: [.. Words<CaseKind>.All]),
    ];

    private static readonly FrozenSet<string> Names = Query.Select(q => q.Name).ToFrozenSet();

    // An export reads much of the journal: one at a time, so that the live city comes first.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>Adds the route.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="api">The city.</param>
    /// <param name="journal">Its journal's address.</param>
    public static void MapProcessLog(this IEndpointRouteBuilder routes, CityApi api, string journal) =>
        routes.Get("/process-log", new RouteDoc("Exports", "GetProcessLog", "An event log for process mining: OCEL 2.0 as JSON or SQLite, or XES") { Query = Query, Media = ["application/json", "application/vnd.sqlite3", "application/xml"] }, http => SendAsync(api, http, journal));

    private static async Task SendAsync(CityApi api, HttpContext http, string journal)
    {
        (LogFormat format, LogScope scope) = Read(api, http);
        if (!await OneAtATime.WaitAsync(0))
        {
            throw new ProblemException(Problem.Overloaded);
        }
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            // The whole log is there before the first byte is sent: one that broke off would look like a smaller city.
            await Task.Run(() => ProcessLogExport.Write(journal, file, format, scope, (_, _) => http.RequestAborted.ThrowIfCancellationRequested()));
            (string type, string ending) = LogFormats.Of(format);
            http.Response.ContentType = type;
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{api.Definition.Slug}.{ending}\"";
            await http.Response.SendFileAsync(file);
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".partial");
            OneAtATime.Release();
        }
    }

    private static (LogFormat Format, LogScope Scope) Read(CityApi api, HttpContext http)
    {
        var query = new QueryReader(http, Names);
        if (!LogFormats.TryParse(query.Text("format") ?? "ocel", out LogFormat format))
        {
            query.Add("format", $"expected one of {LogFormats.Words}");
        }
        var scope = new LogScope
        {
            From = query.Moment("from"),
            To = query.Moment("to"),
            Offices = Offices(query)?.ToFrozenSet(),
            Services = Services(query, api.Runtime.Rules)?.ToFrozenSet(),
            Kind = query.Word<CaseKind>("kind"),
        };
        query.ThrowIfAny();
        return (format, scope);
    }

    private static List<TwinId>? Offices(QueryReader query)
    {
        List<TwinId> offices = [];
        foreach (string text in query.Text("office")?.Split(',') ?? [])
        {
            if (TwinId.TryParse(text, null, out TwinId id) && id.Kind is TwinKind.Commune or TwinKind.Department)
            {
                offices.Add(id);
            }
            else
            {
                query.Add("office", $"'{Mistakes.Short(text)}' is no office: expected commune/19753 or department/4601");
            }
        }
        return offices.Count > 0 ? offices : null;
    }

    private static string[]? Services(QueryReader query, CityRules rules)
    {
        string[]? services = query.Text("service")?.Split(',');
        foreach (string unknown in services?.Where(s => rules.Catalogue.Find(s) is null) ?? [])
        {
            query.Add("service", $"the catalogue has no '{Mistakes.Short(unknown)}': see /city/catalogue");
        }
        return services;
    }
}
