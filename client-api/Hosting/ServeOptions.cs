using System.Net;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Keys;
using CityTwin.ClientApi.Open311;
using CityTwin.ClientApi.Queries;
using CityTwin.ClientApi.Readings;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Hosting;

/// <summary>What the program was asked to do.</summary>
internal sealed record ServeOptions
{
    /// <summary>The city.</summary>
    public required CityDefinition City { get; init; }

    /// <summary>The city's own map (<c>boundaries.geojson</c> in its folder); null: the pages draw cells around the communes' centres.</summary>
    public byte[]? Boundaries { get; init; }

    /// <summary>The journal: an SQLite file, or the address of a PostgreSQL database.</summary>
    public required string Journal { get; init; }

    /// <summary>Where to listen. Default http://127.0.0.1:5080.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Keys that callers must have; none: everybody on this machine may.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>How the city's time passes.</summary>
    public CityClock Clock { get; init; } = CityClock.Wall();

    /// <summary>Cases a minute that a feed plays; null: no feed; 0: as many as the city really has.</summary>
    public double? FeedPerMinute { get; init; }

    /// <summary>Whether to wait while another process writes the journal.</summary>
    public bool Standby { get; init; }

    /// <summary>How sensor readings are taken. Default: over HTTP only.</summary>
    public ReadingsChoice Readings { get; init; } = new();

    /// <summary>What categories of reports ask for over Open311.</summary>
    public ServiceAttributes Open311Attributes { get; init; } = ServiceAttributes.Bundled;

    /// <summary>Persons that every number of the open data stands for at least, 2 to 1,000.</summary>
    public int OpenDataK { get; init; } = 5;

    /// <summary>How citizens' reports are read.</summary>
    public FeedbackOptions Feedback { get; init; } = new();

    /// <summary>Where the process keeps what lies beside a journal that is a database. Default <c>data</c>; each node of a cluster has its own.</summary>
    public string Folder { get; init; } = "data";

    /// <summary>A path beside the journal, of its name; for a database, in <see cref="Folder"/>.</summary>
    /// <param name="extension">As <c>.feedback</c>.</param>
    public string Beside(string extension) =>
        PostgresAddress.Is(Journal) ? Path.Combine(Folder, City.Slug + extension) : Path.ChangeExtension(Journal, extension);

    /// <summary>Finished cases that stay in lists.</summary>
    public int FinishedCasesMax { get; init; } = 1_000_000;

    /// <summary>Commands that may wait.</summary>
    public int QueueDepthMax { get; init; } = 65_536;

    /// <summary>How long requests at hand may take when the program stops. Default 15 s.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether other processes serve the same journal at the same time: nodes of a cluster do.</summary>
    public bool IsOneOfMany => NumberingProcesses > 1;

    /// <summary>How many processes may number new cases at once: each leaves the others' numbers out. A power of two, 1 to 128, default 1.</summary>
    public int NumberingProcesses { get; init; } = 1;

    /// <summary>Which of them this process is, asked whenever a case is numbered.</summary>
    public Func<int> NumberingProcess { get; init; } = static () => 0;

    /// <summary>Limits of queries.</summary>
    public QueryOptions Queries { get; init; } = new();

    /// <summary>Where subscriptions are kept, and their limits; null: the defaults, beside the journal.</summary>
    public SubscriptionOptions? Subscriptions { get; init; }

    /// <summary>Whether webhooks may go to loopback and private addresses.</summary>
    public bool WebhooksMayBePrivate { get; init; }

    /// <summary>The options of subscriptions with their defaults: a file beside the journal's, or for a database in <c>data</c>.</summary>
    public SubscriptionOptions SubscriptionsInForce => Subscriptions ?? new SubscriptionOptions
    {
        Path = Beside(SubscriptionOptions.Extension),
        AllowsPrivateTargets = WebhooksMayBePrivate,
    };

    /// <summary>Limits of requests.</summary>
    public ApiLimits Limits { get; init; } = new();

    /// <summary>Limits of the planner's runs, and where they are kept.</summary>
    public WhatIf.WhatIfOptions WhatIf { get; init; } = new();

    /// <summary>What forbids these options; empty when nothing does.</summary>
    public IEnumerable<string> Mistakes()
    {
        foreach (string url in Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(url.Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("+", "0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out Uri? uri)
                || uri.Scheme is not ("http" or "https"))
            {
                yield return $"--urls: '{url}' is no address, expected one as http://127.0.0.1:5080";
            }
            else if (ApiKeys.Count == 0 && !IsLoopback(uri))
            {
                yield return $"--urls: '{url}' can be reached from other machines; set --api-keys or {Keys.ApiKeys.Variable} first";
            }
        }
        if (FeedPerMinute is not null && Clock.Mode == ClockMode.Driven)
        {
            yield return "--feed: a feed needs a clock that runs; choose --clock wall, or a speed as 60x";
        }
        foreach (string key in ApiKeys.Where(k => k.Length < Keys.ApiKeys.LengthMin))
        {
            yield return $"--api-keys: a key of {key.Length} characters is too short, expected at least {Keys.ApiKeys.LengthMin}";
        }
    }

    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
