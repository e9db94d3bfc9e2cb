using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>Counts one replication by day and office, the city last.</summary>
internal sealed class SimulatedDays : IRunObserver
{
    private readonly CityModel _model;
    private readonly long _midnight;
    private readonly DayFigures[][] _rows;
    private readonly HashSet<int> _new = [];
    private readonly Dictionary<int, int> _officeOf = [];

    /// <summary>Of a replication of a timeline.</summary>
    public SimulatedDays(CityModel model, Timeline timeline)
    {
        _model = model;
        _midnight = model.Calendar.At(timeline.Start, TimeOnly.MinValue).UtcTicks;
        _rows = [.. Enumerable.Range(0, model.Offices.Length + 1).Select(_ => new DayFigures[timeline.Days])];
    }

    /// <inheritdoc/>
    public void Filed(int ordinal, long at, long dueAt) => _new.Add(ordinal);

    /// <inheritdoc/>
    public void Queued(int ordinal, long at, int desk)
    {
        int office = _model.Desks[desk].Office;
        _officeOf[ordinal] = office;
        if (_new.Remove(ordinal))
        {
            Count(office, at, d => d with { Arrivals = d.Arrivals + 1 });
        }
    }

    /// <inheritdoc/>
    public void Started(int ordinal, long at, int desk, int officer, long work)
    {
    }

    /// <inheritdoc/>
    public void Resolved(int ordinal, long at, long dueAt)
    {
        if (_officeOf.TryGetValue(ordinal, out int office))
        {
            int inTime = at <= dueAt ? 1 : 0;
            Count(office, at, d => d with { Completions = d.Completions + 1, Results = d.Results + 1, OnTime = d.OnTime + inTime });
        }
    }

    /// <summary>Adds what the first day had brought before, and the backlogs: at the end of a day is as at the next opening.</summary>
    public DayFigures[][] Finish(CityOutcome outcome, IReadOnlyDictionary<string, DayFigures[]> soFar)
    {
        int days = _rows[0].Length;
        for (int row = 0; row < _rows.Length; row++)
        {
            string name = row < _model.Offices.Length ? _model.Offices[row].Id.ToString() : DailyCounts.City;
            if (soFar.TryGetValue(name, out DayFigures[]? today) && today.Length > 0)
            {
                DayFigures first = _rows[row][0];
                _rows[row][0] = new DayFigures(
                    first.Arrivals + today[0].Arrivals, first.Completions + today[0].Completions, first.Results + today[0].Results, first.OnTime + today[0].OnTime, 0);
            }
            int open = 0;
            for (int day = days - 1; day >= 0; day--)
            {
                int next = day + 1;
                while (next < days && outcome.Backlog[next] is null)
                {
                    next++;
                }
                open = next < days ? Open(outcome.Backlog[next]!, row) : day + 1 < days ? _rows[row][day + 1].Backlog : open;
                _rows[row][day].Backlog = open;
            }
        }
        return _rows;
    }

    private static int Open(int[] backlog, int row) => row < backlog.Length ? backlog[row] : backlog.Sum();

    private void Count(int office, long at, Func<DayFigures, DayFigures> change)
    {
        int day = (int)((at - _midnight) / TimeSpan.TicksPerDay);
        if (day >= 0 && day < _rows[office].Length)
        {
            _rows[office][day] = change(_rows[office][day]);
            _rows[^1][day] = change(_rows[^1][day]);
        }
    }
}
