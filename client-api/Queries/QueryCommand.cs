using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.ClientApi.Keys;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.Queries;

/// <summary><c>citytwin query "…"</c>: asks a running city.</summary>
internal static class QueryCommand
{
    private const int PageMax = 10_000;

    private static readonly Argument<string?> Q = new("condition") { Description = "As: overdue==true;commune==commune/19753. Left out: all twins of the kind.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> Url = new("--url") { Description = "The city.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
    private static readonly Option<string?> Key = new("--api-key") { Description = $"The key that the city asks for. Default: the first of ${ApiKeys.Variable}." };
    private static readonly Option<string> Type = new("--type") { Description = "case, desk, commune, department, sensor, official or citizen.", DefaultValueFactory = _ => "case" };
    private static readonly Option<string> Format = new("--format") { Description = "table, csv or json.", DefaultValueFactory = _ => "table" };
    private static readonly Option<int> Limit = new("--limit") { Description = "Rows at most; 0: all.", DefaultValueFactory = _ => 100 };
    private static readonly Option<string?> At = new("--at") { Description = "As of this moment, as 2026-01-05T07:00:00+07:00." };
    private static readonly Option<long?> After = new("--after") { Description = "No older than this journal position." };
    private static readonly Option<string?>[] Texts =
    [
        new("--text") { Description = "Words that must all occur in what was reported." },
        new("--near") { Description = "latitude,longitude,metres." },
        new("--within") { Description = "commune/19753, bbox:south,west,north,east or polygon:…." },
        new("--orderBy") { Description = "Attributes to order by; with ! the largest first." },
        new("--select") { Description = "Attributes to answer with." },
        new("--groupBy") { Description = "Attributes to group by." },
        new("--aggregate") { Description = "What to compute of each group, as count,p90(leadTime)." },
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Command command = new("query", "Asks a running city; docs/query.md has the grammar.") { Q, Url, Key, Type, Format, Limit, At, After };
        Array.ForEach(Texts, command.Options.Add);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        if (QueryOutput.Of(parsed.GetValue(Format)!) is not { } output)
        {
            return await FailAsync($"--format: found '{parsed.GetValue(Format)}', expected table, csv or json", 2);
        }
        if (!Uri.TryCreate(parsed.GetValue(Url), UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            return await FailAsync($"--url: '{parsed.GetValue(Url)}' is no address, expected one as http://127.0.0.1:5080", 2);
        }
        using var http = new HttpClient { BaseAddress = url };
        string? key = parsed.GetValue(Key) ?? Environment.GetEnvironmentVariable(ApiKeys.Variable)?.Split(',')[0];
        http.DefaultRequestHeaders.Authorization = string.IsNullOrEmpty(key) ? null : new AuthenticationHeaderValue("Bearer", key);
        try
        {
            return await RunAsync(http, parsed, output, stop);
        }
        catch (HttpRequestException e)
        {
            return await FailAsync($"{url}: {e.Message}", 1);
        }
    }

    private static async Task<int> RunAsync(HttpClient http, ParseResult parsed, QueryOutput output, CancellationToken stop)
    {
        int left = parsed.GetValue(Limit) is var limit && limit <= 0 ? int.MaxValue : limit;
        Dictionary<string, object?> body = Texts.ToDictionary(t => t.Name.TrimStart('-'), t => (object?)parsed.GetValue(t));
        body["type"] = parsed.GetValue(Type);
        body["q"] = parsed.GetValue(Q);
        body["at"] = parsed.GetValue(At);
        body["after"] = parsed.GetValue(After);
        do
        {
            body["limit"] = Math.Min(left, PageMax);
            using HttpResponseMessage response = await http.PostAsJsonAsync("/query", body.Where(b => b.Value is not null).ToDictionary(), stop);
            if (response.Content.Headers.ContentType?.MediaType is not ("application/json" or "application/problem+json"))
            {
                return await FailAsync($"{http.BaseAddress}: there is no CityTwin ({(int)response.StatusCode} {response.ReasonPhrase})", 1);
            }
            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(stop));
            if (!response.IsSuccessStatusCode)
            {
                return await FailAsync(Explain(answer.RootElement, body), (int)response.StatusCode is 400 or 422 ? 2 : 1);
            }
            QueryReading page = answer.RootElement.Deserialize(ApiJson.Default.QueryReading)!;
            output.Add(page);
            left -= page.Items.Count;
            body["cursor"] = page.Next;
        }
        while (body["cursor"] is not null && left > 0);
        output.End();
        return 0;
    }

    // The text of the query with a mark under the character that is wrong.
    private static string Explain(JsonElement problem, Dictionary<string, object?> body)
    {
        string title = problem.GetProperty("title").GetString()!;
        if (!problem.TryGetProperty("errors", out JsonElement errors))
        {
            return problem.TryGetProperty("detail", out JsonElement detail) ? $"{title}: {detail.GetString()}" : title;
        }
        IEnumerable<string> lines = errors.EnumerateArray().Select(error =>
        {
            string name = error.GetProperty("path").GetString()!.TrimStart('$', '.', '?');
            string nearest = error.TryGetProperty("nearest", out JsonElement n) ? $"; did you mean '{n.GetString()}'?" : "";
            string reason = error.GetProperty("reason").GetString() + nearest;
            return error.TryGetProperty("at", out JsonElement at) && body.GetValueOrDefault(name) is string text
                ? $"{name}: {text}\n{new string(' ', name.Length + 2 + at.GetInt32())}^ {reason}"
                : $"{name}: {reason}";
        });
        return string.Join('\n', lines);
    }

    private static async Task<int> FailAsync(string reason, int code)
    {
        await Console.Error.WriteLineAsync(reason);
        return code;
    }
}
