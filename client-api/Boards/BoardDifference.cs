using System.Collections.Frozen;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Boards;

/// <summary>What changed in the city, or at one office, between two moments.</summary>
/// <param name="From">The earlier moment; what happened at it is not part of the change.</param>
/// <param name="To">The later one, included.</param>
/// <param name="FromPosition">The journal position at the earlier moment.</param>
/// <param name="ToPosition">The journal position at the later one.</param>
/// <param name="Office">The office asked for; left out for the whole city.</param>
/// <param name="Before">The figures at the earlier moment; left out for an office that was not established.</param>
/// <param name="After">The figures at the later one.</param>
/// <param name="Happened">How often each event happened to a case.</param>
/// <param name="CasesChanged">How many cases changed.</param>
/// <param name="Cases">The first of them, in the order in which they changed first.</param>
internal sealed record DifferenceAnswer(
    DateTimeOffset From, DateTimeOffset To, long FromPosition, long ToPosition, TwinId? Office, CityFigures? Before, CityFigures? After,
    IReadOnlyDictionary<string, long> Happened, long CasesChanged, IReadOnlyList<CaseChange> Cases);

/// <summary>Compares the board with itself at two moments.</summary>
internal static class BoardDifference
{
    /// <summary>Events between the two moments, at most: about 2 s of reading.</summary>
    public const long EventsMax = 500_000;

    private const int CasesMax = 1_000;

    private static readonly QueryDoc[] Query =
    [
        new("from", "The earlier moment (RFC 3339, with zone). Required."), new("to", "The later moment, not later than now. Default: now."),
        new("office", "Only cases of this office, or of this commune, as commune/19753."),
        new("limit", "Cases listed, 0 to 1,000, default 200.", "integer"),
    ];

    private static readonly FrozenSet<string> Names = Query.Select(q => q.Name).ToFrozenSet();

    /// <summary>Adds the route.</summary>
    public static void MapBoardDifference(this IEndpointRouteBuilder routes, CityApi api) =>
        routes.Get("/board/difference", new RouteDoc("Board", "GetBoardDifference", "What changed between two moments, in the city or at an office")
        {
            Answer = typeof(DifferenceAnswer),
            Query = Query,
        }, http => AnswerAsync(api, http));

    private static async Task AnswerAsync(CityApi api, HttpContext http)
    {
        var query = new QueryReader(http, Names);
        DateTimeOffset now = api.Runtime.Clock.Now;
        DateTimeOffset to = query.Moment("to") ?? now;
        DateTimeOffset? from = query.Moment("from");
        TwinId? office = query.Id("office", TwinKind.Commune, TwinKind.Department);
        int limit = query.Number("limit", 0, CasesMax, 200);
        query.ThrowIfAny();
        if (from is null)
        {
            query.Add("from", "is required: " + Moments.Expected);
        }
        if (from > to)
        {
            query.Add("from", $"is later than the other moment, {to:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
        }
        if (to > now)
        {
            query.Add("to", $"is in the future: the city's time is {now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
        }
        query.ThrowIfAny();
        CityChanges changes = await BoardPast.RunAsync(() => Compare(api, from!.Value, to, office, limit), http.RequestAborted);
        var answer = new DifferenceAnswer(
            from!.Value, to, changes.From, changes.To, office, changes.Before, changes.After, changes.Happened, changes.CasesChanged, changes.Cases);
        await Answers.JsonAsync(http, answer, ApiJson.Default.DifferenceAnswer);
    }

    private static CityChanges Compare(CityApi api, DateTimeOffset from, DateTimeOffset to, TwinId? office, int casesMax)
    {
        IJournal journal = api.Journal;
        (long first, long last) = (journal.PositionAt(from), journal.PositionAt(to));
        if (last - first > EventsMax)
        {
            throw new ProblemException(Problem.InvalidRequest("?from", $"{last - first} events happened between the two moments: at most {EventsMax} are compared"));
        }
        CityChanges changes = CityDifference.Between(journal, api.Definition.Rules.Calendar, (first, from), (last, to), office ?? default, casesMax);
        return office is { } named && changes.After is null
            ? throw new ProblemException(Problem.UnknownTwin($"{named} at that moment"))
            : changes;
    }
}
