using System.Diagnostics;
using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;

namespace CityTwin.ClientApi.Operations;

/// <summary>The runtime at a glance: what the counters of /metrics cannot say.</summary>
/// <param name="Now">The city's time.</param>
/// <param name="IsReady">Whether commands are taken.</param>
/// <param name="Position">The journal position up to which everything is durable.</param>
/// <param name="JournalBytes">The journal's size, bytes; null while it is not open.</param>
/// <param name="Active">Twins in memory by kind, the most first. Empty on a node of a cluster: the Orleans Dashboard has them.</param>
/// <param name="SampledTurns">On how many sampled turns the next two rest; one turn in 32 is sampled, and older ones weigh less.</param>
/// <param name="Busiest">The twins with the most turns lately.</param>
/// <param name="Turns">How long turns took lately, by command; the slowest first.</param>
/// <param name="Slowest">The slowest requests of the last ten minutes.</param>
/// <param name="Stopped">Twins that were stopped, the newest first, at most 16.</param>
internal sealed record RuntimeReading(
    DateTimeOffset Now, bool IsReady, long Position, long? JournalBytes, IReadOnlyList<ActiveTwins> Active, long SampledTurns,
    IReadOnlyList<BusyTwinReading> Busiest, IReadOnlyList<TurnTimeReading> Turns, IReadOnlyList<SlowReading> Slowest, IReadOnlyList<StoppedReading> Stopped);

/// <summary>Twins of one kind in memory.</summary>
/// <param name="Kind">The kind, as in identities.</param>
/// <param name="Twins">How many.</param>
internal sealed record ActiveTwins(string Kind, int Twins);

/// <summary>A twin's part in the turns.</summary>
/// <param name="Twin">Which.</param>
/// <param name="Share">Its share of the sampled turns, 0 to 1; never too low.</param>
/// <param name="ShareError">By how much it may be too high.</param>
internal sealed record BusyTwinReading(TwinId Twin, double Share, double ShareError);

/// <summary>How long turns of one kind of command took: deciding, evolving, messages; not the commit.</summary>
/// <param name="Command">The kind, as in /metrics.</param>
/// <param name="Share">Its share of the sampled turns, 0 to 1.</param>
/// <param name="MedianMicroseconds">Half took at most so long; bounds double.</param>
/// <param name="P99Microseconds">99 of 100 took at most so long; bounds double.</param>
internal sealed record TurnTimeReading(string Command, double Share, double MedianMicroseconds, double P99Microseconds);

/// <summary>A slow request.</summary>
/// <param name="Command">The kind of command, as in /metrics.</param>
/// <param name="Twin">To whom.</param>
/// <param name="Milliseconds">From acceptance to durable reply.</param>
/// <param name="SecondsAgo">How long ago it ended, real time.</param>
internal sealed record SlowReading(string Command, TwinId Twin, double Milliseconds, double SecondsAgo);

/// <summary>A twin that was stopped.</summary>
/// <param name="Twin">Which.</param>
/// <param name="Reason">The type of what was thrown; its words are in the log.</param>
internal sealed record StoppedReading(TwinId Twin, string Reason);

/// <summary>What the runtime page shows beside the counters.</summary>
internal static class RuntimeEndpoint
{
    private const int BusiestMax = 12;

    /// <summary>Adds the route.</summary>
    public static void MapRuntime(this IEndpointRouteBuilder routes, CityApi api) =>
        routes.Get("/runtime", new RouteDoc("Operations", "GetRuntime", "The runtime at a glance: active twins by kind, the busiest, slow commands, stopped twins") { Answer = typeof(RuntimeReading) }, http =>
        {
            QueryReader.TakesNone(http);
            return Answers.JsonAsync(http, Reading(api), ApiJson.Default.RuntimeReading);
        });

    private static RuntimeReading Reading(CityApi api)
    {
        RuntimeStatistics s = api.Statistics;
        TurnLoad load = s.Load(BusiestMax);
        return new RuntimeReading(
            api.Runtime.Clock.Now, api.Runtime.IsReady, api.Runtime.Position, Bytes(api),
            [.. s.ResidentByKind.OrderByDescending(k => k.Value).Select(k => new ActiveTwins(k.Key.ToString().ToLowerInvariant(), k.Value))],
            load.Samples,
            [.. load.Busiest.Select(b => new BusyTwinReading(b.Twin, Math.Round(b.Share, 4), Math.Round(b.ShareError, 4)))],
            [.. load.Times.OrderByDescending(t => t.P99).ThenByDescending(t => t.Share).Select(t => new TurnTimeReading(
                NameOf(t.Command), Math.Round(t.Share, 4), t.Median.TotalMicroseconds, t.P99.TotalMicroseconds))],
            [.. api.Meter.Slowest.Read().Select(c => new SlowReading(
                NameOf(c.Command), c.Twin, Math.Round(c.Took.TotalMilliseconds, 2), Math.Round(Stopwatch.GetElapsedTime(c.Ended).TotalSeconds, 1)))],
            [.. s.Stopped.Select(t => new StoppedReading(t.Twin, t.Reason))]);
    }

    private static string NameOf(string type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type);

    private static long? Bytes(CityApi api)
    {
        try
        {
            return api.Journal.SizeBytes;
        }
        catch (Exception e) when (e is RuntimeUnavailableException or JournalException)
        {
            return null;
        }
    }
}
