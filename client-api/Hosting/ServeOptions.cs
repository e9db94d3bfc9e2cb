using System.Net;
using CityTwin.ClientApi.Keys;
using CityTwin.ClientApi.Readings;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Hosting;

/// <summary>What the program was asked to do.</summary>
internal sealed record ServeOptions
{
    /// <summary>The city.</summary>
    public required CityDefinition City { get; init; }

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

    /// <summary>How sensor readings are taken; null: they are not.</summary>
    public ReadingsChoice? Readings { get; init; }

    /// <summary>Finished cases that stay in lists.</summary>
    public int FinishedCasesMax { get; init; } = 1_000_000;

    /// <summary>Commands that may wait.</summary>
    public int QueueDepthMax { get; init; } = 65_536;

    /// <summary>Limits of requests.</summary>
    public ApiLimits Limits { get; init; } = new();

    /// <summary>What the API is told of them.</summary>
    public CityApiOptions Api(CityView view) => new()
    {
        City = City,
        View = view,
        ApiKeys = ApiKeys,
        FeedPerMinute = FeedPerMinute,
        BodyBytesMax = Limits.BodyBytesMax,
        BatchMax = Limits.BatchMax,
        ConnectionsMax = Limits.ConnectionsMax,
    };

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
