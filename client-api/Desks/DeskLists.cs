using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Desks;

/// <summary>Lists of desks, and the queue of one.</summary>
internal static class DeskLists
{
    private static readonly QueryDoc Limit = new("limit", "1 to 500, default 50.", "integer");
    private static readonly QueryDoc Cursor = new("cursor", "The next of the page before.");
    private static readonly FrozenSet<string> ListNames = FrozenSet.Create("office", "limit", "cursor");
    private static readonly FrozenSet<string> QueueNames = FrozenSet.Create("at", "limit", "cursor");

    /// <summary>Adds the routes.</summary>
    public static void MapDeskLists(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Get("/desks", new RouteDoc("Desks", "ListDesks", "All desks with their load")
        {
            Answer = typeof(DeskListAnswer),
            Query = [new QueryDoc("office", "Of this office only, as commune/19753."), Limit, Cursor],
        }, http => ListAsync(api, http));
        routes.Get("/desks/{id}/queue", new RouteDoc("Desks", "GetQueue", "The cases that wait at a desk, in the order of taking")
        {
            Answer = typeof(QueueAnswer),
            Query = [Twins.At, Limit, Cursor],
        }, http => QueueAsync(api, http));
    }

    private static Task ListAsync(CityApi api, HttpContext http)
    {
        var query = new QueryReader(http, ListNames);
        TwinId? office = query.Id("office", TwinKind.Commune, TwinKind.Department);
        int limit = query.Number("limit", 1, 500, 50);
        TwinId after = query.Id("cursor", TwinKind.Desk) ?? default;
        query.ThrowIfAny();
        long position = api.View.Position;
        DeskLine[] found = [.. api.View.Board.Desks()
            .Where(d => (office is null || d.Office == office) && d.Desk > after).OrderBy(d => d.Desk).Take(limit + 1)];
        string? next = found.Length > limit ? found[limit - 1].Desk.ToString() : null;
        return Answers.JsonAsync(http, new DeskListAnswer([.. found.Take(limit)], next, position), ApiJson.Default.DeskListAnswer);
    }

    private static async Task QueueAsync(CityApi api, HttpContext http)
    {
        TwinId id = Twins.InPath(http, TwinKind.Desk);
        var query = new QueryReader(http, QueueNames);
        DateTimeOffset? at = query.Moment("at");
        int limit = query.Number("limit", 1, 500, 50);
        QueuePlace? after = After(query);
        if (at > api.Runtime.Clock.Now)
        {
            query.Add("at", "is in the future");
        }
        query.ThrowIfAny();
        TwinReading reading = at is { } moment ? await api.Runtime.ReadAsync(id, moment) : await api.Runtime.ReadAsync(id);
        if (reading.Version == 0)
        {
            throw new Problems.ProblemException(Problems.Problem.UnknownTwin(id.ToString()));
        }
        ImmutableSortedSet<QueuePlace> queue = ((DeskState)reading.State).Queue;
        int from = after is { } last ? FirstAfter(queue, last) : 0;
        int count = Math.Min(limit, queue.Count - from);
        var items = new QueuedCase[count];
        for (int i = 0; i < count; i++)
        {
            QueuePlace place = queue[from + i];
            items[i] = new QueuedCase(place.Case, place.Urgency, place.DueAt, place.Since);
        }
        string? next = from + count < queue.Count ? Text(queue[from + count - 1]) : null;
        await Answers.JsonAsync(http, new QueueAnswer(items, next, reading.Version), ApiJson.Default.QueueAnswer);
    }

    private static int FirstAfter(ImmutableSortedSet<QueuePlace> queue, QueuePlace last)
    {
        int index = queue.IndexOf(last);
        return index >= 0 ? index + 1 : ~index;
    }

    private static string Text(QueuePlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)place.Urgency}.{place.Order.UtcTicks}.{place.Case.NumberText}");

    private static QueuePlace? After(QueryReader query)
    {
        if (query.Text("cursor") is not { } text)
        {
            return null;
        }
        string[] parts = text.Split('.');
        bool isWhole = parts.Length == 3 & byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out byte urgency);
        if (isWhole && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) && ticks <= DateTime.MaxValue.Ticks
            && TwinId.TryParseNumber(TwinKind.Case, parts[2], out TwinId id))
        {
            return new QueuePlace((Urgency)urgency, new DateTimeOffset(ticks, TimeSpan.Zero), id, default, default);
        }
        query.Add("cursor", "is not the next of a page of this queue");
        return null;
    }
}
