using System.Collections.Concurrent;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.OpenData;

/// <summary>What may be published of each day that is over. A day never changes once it is over, so it is worked out once.</summary>
internal sealed class OpenDays(CityApi api, int k)
{
    private const int KeptMax = 1_000;

    private readonly ConcurrentDictionary<(string Dataset, DateOnly Day), Lazy<Task<OpenDay>>> _kept = new();

    /// <summary>Persons that every published number stands for at least.</summary>
    public int K => k;

    /// <summary>The first day of the city, and the last one that is over; null on the first day.</summary>
    public (DateOnly First, DateOnly Last)? Published()
    {
        WorkCalendar calendar = api.Runtime.Rules.Calendar;
        DateOnly last = calendar.DateOf(api.Runtime.Clock.Now).AddDays(-1);
        RecordedEvent? founding = api.Journal.ReadForward(0, 1).Select(e => (RecordedEvent?)e).FirstOrDefault();
        return founding is { } first && calendar.DateOf(first.At) is var day && day <= last ? (day, last) : null;
    }

    /// <summary>The numbers of a day.</summary>
    /// <param name="dataset">volumes or outcomes.</param>
    /// <param name="day">A day that is over.</param>
    public async Task<IReadOnlyList<(OpenKey Key, OpenCell Cell)>> OfAsync(string dataset, DateOnly day) => (await DayAsync(dataset, day)).Published;

    /// <summary>How many cases each commune really had filed on a day: for the city's own eyes.</summary>
    public async Task<IReadOnlyDictionary<TwinId, long>> FiledAsync(DateOnly day) => (await DayAsync(OpenDataset.Volumes, day)).Totals;

    private async Task<OpenDay> DayAsync(string dataset, DateOnly day)
    {
        if (_kept.Count > KeptMax)
        {
            _kept.Clear();
        }
        Lazy<Task<OpenDay>> wanted = _kept.GetOrAdd((dataset, day), key => new(() => Task.Run(() => WorkOutAsync(key.Dataset, key.Day))));
        try
        {
            return await wanted.Value;
        }
        catch
        {
            _kept.TryRemove((dataset, day), out _);
            throw;
        }
    }

    private async Task<OpenDay> WorkOutAsync(string dataset, DateOnly day)
    {
        WorkCalendar calendar = api.Runtime.Rules.Calendar;
        IJournal journal = api.Journal;
        DateTimeOffset begin = calendar.At(day, TimeOnly.MinValue);
        Dictionary<OpenKey, OpenCell> cells = [];
        Dictionary<TwinId, bool> results = [];
        Dictionary<TwinId, DateTimeOffset> when = [];
        foreach (RecordedEvent recorded in journal.ReadForward(journal.PositionAt(begin.AddMilliseconds(-1)), journal.PositionAt(begin.AddDays(1).AddMilliseconds(-1))))
        {
            switch (recorded.Event)
            {
                case CaseEvent.CaseFiled e when dataset == OpenDataset.Volumes:
                    CellOf(cells, e.Commune, e.Service).Add(e.Citizen);
                    break;
                case CaseEvent.CaseResolved e:
                    (results[recorded.Twin], when[recorded.Twin]) = (e.OnTime, e.At);
                    break;
                case CaseEvent.CaseRejected e:
                    (results[recorded.Twin], when[recorded.Twin]) = (e.OnTime, e.At);
                    break;
                default:
                    break;
            }
        }

        // A case that had two results on one day counts once, with the last.
        foreach ((TwinId id, bool onTime) in dataset == OpenDataset.Outcomes ? results : [])
        {
            (TwinId commune, string service, TwinId citizen, DateTimeOffset filedAt) = await CaseAsync(id);
            double wait = calendar.Between(filedAt, when[id]) / calendar.StandardDay;
            CellOf(cells, commune, service).Add(citizen, (onTime, wait));
        }
        Dictionary<TwinId, long> totals = cells.GroupBy(c => c.Key.Commune).ToDictionary(g => g.Key, g => g.Sum(c => (long)c.Value.Count));
        return new OpenDay(Partition.Of(cells, k), totals);
    }

    private async ValueTask<(TwinId Commune, string Service, TwinId Citizen, DateTimeOffset FiledAt)> CaseAsync(TwinId id)
    {
        if (api.View.Cases.Find(id) is { } line)
        {
            return (line.Commune, line.Service, line.Citizen, line.FiledAt);
        }
        var state = (CaseState)(await api.Runtime.ReadAsync(id)).State;
        return (state.Commune, state.Service, state.Citizen, state.FiledAt);
    }

    private static OpenCell CellOf(Dictionary<OpenKey, OpenCell> cells, TwinId commune, string service)
    {
        var key = new OpenKey(commune, service);
        if (!cells.TryGetValue(key, out OpenCell? cell))
        {
            cells.Add(key, cell = new OpenCell());
        }
        return cell;
    }

    private sealed record OpenDay(IReadOnlyList<(OpenKey Key, OpenCell Cell)> Published, IReadOnlyDictionary<TwinId, long> Totals);
}
