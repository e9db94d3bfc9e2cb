using CityTwin.Silo.Queries;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.Queries;

/// <summary>The readings that lists were begun with, so that all their pages see the same. The latest lists are kept. Safe to use from any thread.</summary>
internal sealed class ReadingLists
{
    /// <summary>Lists kept; the one begun longest ago goes first.</summary>
    public const int ListsMax = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<(uint Shape, long Position, DateTimeOffset Now), KeptReadings> _lists = [];
    private readonly Queue<(uint, long, DateTimeOffset)> _order = new();

    /// <summary>Keeps what a list was begun with.</summary>
    public void Keep(QueryAnswer answer, KeptReadings readings)
    {
        lock (_gate)
        {
            if (_lists.TryAdd((answer.Query.Shape, answer.Position, answer.Now), readings))
            {
                _order.Enqueue((answer.Query.Shape, answer.Position, answer.Now));
            }
            if (_order.Count > ListsMax)
            {
                _lists.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>What the list of a cursor was begun with; null when it is not kept any more.</summary>
    public KeptReadings? Find(CityQuery query)
    {
        lock (_gate)
        {
            return query.Cursor is { } c ? _lists.GetValueOrDefault((query.Shape, c.Position, c.Now)) : null;
        }
    }
}
