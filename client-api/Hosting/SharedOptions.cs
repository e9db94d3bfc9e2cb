using System.CommandLine;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Keys;
using CityTwin.ClientApi.Open311;
using CityTwin.ClientApi.Queries;
using CityTwin.ClientApi.Readings;

namespace CityTwin.ClientApi.Hosting;

/// <summary>The options of every program that serves a city: a process of its own, and a node of a cluster.</summary>
internal static class SharedOptions
{
    private static readonly Option<string> City = new("--city") { Description = $"A bundled city ({string.Join(", ", Grains.BundledCities.Names)}) or a city folder; the same on every node of a cluster.", DefaultValueFactory = _ => "hue" };
    private static readonly Option<string> Urls = new("--urls") { Description = "Where to listen. Any but a loopback address needs API keys.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
    private static readonly Option<string?> Keys = new("--api-keys") { Description = $"Keys that callers must have, separated by commas, 16 characters or more each. Default: ${ApiKeys.Variable}." };
    private static readonly Option<string?> FeedbackModel = new("--feedback-model") { Description = "The model that reads citizens' reports, a file of ml train. Default: the bundled one." };
    private static readonly Option<string?> FeedbackTexts = new("--feedback-texts") { Description = "Labelled texts that models are trained on beside corrections. Default: the bundled ones." };
    private static readonly Option<string?> Attributes = new("--open311-attributes") { Description = "A file with what categories of reports ask for over Open311 (docs/open311.md). Default: a bundled set." };
    private static readonly Option<int> OpenDataK = new("--open-data-k") { Description = "Persons that every number of the open data stands for at least, 2 to 1,000.", DefaultValueFactory = _ => 5 };
    private static readonly Option<long> BodyMax = new("--body-max") { Description = "Bytes of a request body, 1,024 to 1,073,741,824.", DefaultValueFactory = _ => 8 * 1024 * 1024 };
    private static readonly Option<int> BatchMax = new("--batch-max") { Description = "Cases in one batch, 1 to 1,000.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> QueueMax = new("--queue-max") { Description = "Commands that may wait, 1 to 10,000,000.", DefaultValueFactory = _ => 65_536 };
    private static readonly Option<int> FinishedMax = new("--finished-max") { Description = "Finished cases that stay in lists, 0 to 100,000,000.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<long> QueryCostMax = new("--query-cost-max") { Description = "What one query may cost, in steps of about 10 ns, 1,000 to 1,000,000,000,000.", DefaultValueFactory = _ => 50_000_000 };
    private static readonly Option<bool> WebhookPrivate = new("--webhook-private") { Description = "Lets webhooks go to this machine and to private networks." };
    private static readonly Option<int> ConnectionsMax = new("--connections-max") { Description = "Connections at once, 1 to 1,000,000.", DefaultValueFactory = _ => 10_000 };
    private static readonly Option<string?> WhatIfStore = new("--whatif-store") { Description = "The folder where what-if runs are kept, one for each process. Default: beside the journal, with .whatif in place of its extension." };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])[City, Urls, Keys, .. ReadingOptions.All, Attributes, OpenDataK, FeedbackModel, FeedbackTexts, BodyMax, BatchMax, QueueMax, FinishedMax, QueryCostMax, WebhookPrivate, ConnectionsMax, WhatIfStore])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What they say; what only one of the programs takes is left as it is by default.</summary>
    /// <param name="parsed">The words.</param>
    /// <param name="journal">The journal for a city, once that is known.</param>
    /// <param name="mistakes">Where mistakes go, one sentence each.</param>
    /// <returns>The options; null when the city cannot be read.</returns>
    public static ServeOptions? Read(ParseResult parsed, Func<Grains.CityDefinition, string> journal, List<string> mistakes)
    {
        Grains.CityDefinition? city = CityChoice.Read(parsed.GetValue(City)!, mistakes);
        InRange("--body-max", parsed.GetValue(BodyMax), 1_024, 1_073_741_824, mistakes);
        InRange("--batch-max", parsed.GetValue(BatchMax), 1, 1_000, mistakes);
        InRange("--queue-max", parsed.GetValue(QueueMax), 1, 10_000_000, mistakes);
        InRange("--finished-max", parsed.GetValue(FinishedMax), 0, 100_000_000, mistakes);
        InRange("--query-cost-max", parsed.GetValue(QueryCostMax), 1_000, 1_000_000_000_000, mistakes);
        InRange("--connections-max", parsed.GetValue(ConnectionsMax), 1, 1_000_000, mistakes);
        InRange("--open-data-k", parsed.GetValue(OpenDataK), 2, 1_000, mistakes);
        string keys = parsed.GetValue(Keys) ?? Environment.GetEnvironmentVariable(ApiKeys.Variable) ?? "";
        return city is null ? null : new ServeOptions
        {
            City = city,
            Boundaries = CityChoice.Boundaries(parsed.GetValue(City)!, mistakes),
            Journal = journal(city),
            Urls = parsed.GetValue(Urls)!,
            ApiKeys = keys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Feedback = FeedbackChoice.Read(parsed.GetValue(FeedbackModel), parsed.GetValue(FeedbackTexts), mistakes),
            Readings = ReadingOptions.Read(parsed, mistakes),
            Open311Attributes = ServiceAttributes.ReadFile(parsed.GetValue(Attributes), mistakes),
            OpenDataK = parsed.GetValue(OpenDataK),
            FinishedCasesMax = parsed.GetValue(FinishedMax),
            QueueDepthMax = parsed.GetValue(QueueMax),
            WhatIf = WhatIf.WhatIfChoice.Read(parsed.GetValue(WhatIfStore), mistakes),
            WebhooksMayBePrivate = parsed.GetValue(WebhookPrivate),
            Queries = new QueryOptions { CostMax = parsed.GetValue(QueryCostMax) },
            Limits = new ApiLimits
            {
                BodyBytesMax = parsed.GetValue(BodyMax),
                BatchMax = parsed.GetValue(BatchMax),
                ConnectionsMax = parsed.GetValue(ConnectionsMax),
            },
        };
    }

    /// <summary>Tells of a number outside its range.</summary>
    /// <param name="option">As <c>--batch-max</c>.</param>
    /// <param name="value">What was given.</param>
    /// <param name="min">The least that is taken.</param>
    /// <param name="max">The most.</param>
    /// <param name="mistakes">Where it goes.</param>
    public static void InRange(string option, long value, long min, long max, List<string> mistakes)
    {
        if (value < min || value > max)
        {
            mistakes.Add($"{option}: found {value}, expected {min} to {max}");
        }
    }
}
