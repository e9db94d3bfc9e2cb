using System.Text;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Operations;

namespace CityTwin.Silo.Exports;

/// <summary>Reads the cases of a scope out of a journal, one after the other.</summary>
/// <remarks>
/// The journal is in the order of time, a log in that of cases. So the period is gone through once to see which cases are wanted and
/// where each ends, which takes some 50 bytes a case; then each case's history is read back by itself. No list of events is kept.
/// </remarks>
internal sealed class CaseLogReader
{
    private static readonly Dictionary<string, Type> CaseEvents =
        JournalJson.EventTypes.Where(t => t.Type.IsSubclassOf(typeof(CaseEvent))).ToDictionary(t => t.Name, t => t.Type);

    private readonly JournalRows _rows;
    private readonly LogScope _scope;
    private readonly long _first;
    private readonly long _last;

    public CaseLogReader(JournalRows rows, LogScope scope)
    {
        _rows = rows;
        _scope = scope;
        _first = scope.From is { } from ? rows.PositionAt(from.AddMilliseconds(-1)) : 0;
        _last = scope.To is { } to ? rows.PositionAt(to.AddMilliseconds(-1)) : rows.Position;
    }

    /// <summary>The names of every activity that a case can have.</summary>
    public static IEnumerable<string> Activities => CaseEvents.Keys.Order(StringComparer.Ordinal);

    /// <summary>The names of offices and desks, as of the end of the period.</summary>
    public Dictionary<TwinId, string> Names()
    {
        Dictionary<TwinId, string> names = [];
        foreach (object?[] row in _rows.Read(JournalTable.Events, $"WHERE type IN ('OfficeEstablished', 'DeskOpened') AND position <= {_last}"))
        {
            names[TwinId.FromValue((long)row[1]!)] = Event(row) switch
            {
                OfficeEvent.OfficeEstablished e => e.Profile.NameVi,
                DeskEvent.DeskOpened e => e.NameVi,
                _ => "",
            };
        }
        return names;
    }

    /// <summary>The cases, in the order of their first event in the period.</summary>
    /// <param name="progress">Is told cases read and cases in all.</param>
    public IEnumerable<LoggedCase> Read(Action<long, long>? progress = null)
    {
        Dictionary<long, Mark> marks = Choose();
        long done = 0;
        foreach ((long twin, Mark mark) in marks)
        {
            progress?.Invoke(++done, marks.Count);
            if (mark.IsWanted)
            {
                yield return Case(TwinId.FromValue(twin), mark.Head);
            }
        }
    }

    private LoggedCase Case(TwinId id, long head)
    {
        CaseState state = CaseState.Absent;
        CaseEvent.CaseFiled? filed = null;
        DateTimeOffset due = default;
        List<LoggedStep> steps = [];
        foreach (object?[] row in _rows.ReadHistory(id.Value, head))
        {
            var happened = (CaseEvent)Event(row);
            if ((long)row[0]! > _first)
            {
                steps.Add(LoggedStep.Of((long)row[0]!, state, happened));
            }
            filed ??= (CaseEvent.CaseFiled)happened;
            state = CaseDecider.Evolve(state, happened);
            due = steps.Count <= 1 && (steps.Count == 0 || happened is CaseEvent.CaseFiled) ? state.DueAt : due;
        }
        return new LoggedCase(id, filed!, due, steps);
    }

    private Dictionary<long, Mark> Choose()
    {
        Dictionary<long, Mark> marks = [];
        bool isFiltered = _scope is not { Offices: null, Services: null, Kind: null };
        string types = string.Join(", ", Activities.Select(a => $"'{a}'"));
        foreach (object?[] row in _rows.Read(JournalTable.Events, $"WHERE position > {_first} AND position <= {_last} AND type IN ({types})"))
        {
            long twin = (long)row[1]!;
            if (!marks.TryGetValue(twin, out Mark mark))
            {
                mark = new Mark(0, (long)row[3]!, Fits: !isFiltered, IsThere: !isFiltered);
            }
            if (isFiltered && !mark.IsWanted)
            {
                mark = Seen(mark, (CaseEvent)Event(row));
            }
            marks[twin] = mark with { Head = (long)row[0]! };
        }
        foreach ((long twin, Mark mark) in isFiltered ? marks.Where(m => m.Value.Before > 0).ToArray() : [])
        {
            marks[twin] = Begun(twin, mark);
        }
        return marks;
    }

    // What the period begins with, for a case that was filed before it.
    private Mark Begun(long twin, Mark mark)
    {
        CaseState state = CaseState.Absent;
        foreach (object?[] row in _rows.ReadHistory(twin, mark.Before))
        {
            state = CaseDecider.Evolve(state, (CaseEvent)Event(row));
        }
        return mark with { Fits = Suits(state.Service, state.Kind), IsThere = mark.IsThere || IsIn(state.Office) };
    }

    private Mark Seen(Mark mark, CaseEvent happened) => happened switch
    {
        CaseEvent.CaseFiled e => mark with { Fits = Suits(e.Service, e.Kind), IsThere = IsIn(e.Office) },
        CaseEvent.CaseQueued e => mark with { IsThere = mark.IsThere || IsIn(e.Office) },
        CaseEvent.CaseEscalated e => mark with { IsThere = mark.IsThere || IsIn(e.To) },
        CaseEvent.CaseSentBack e => mark with { IsThere = mark.IsThere || IsIn(e.To) },
        CaseEvent.CaseMoved e => mark with { IsThere = mark.IsThere || IsIn(e.To) },
        CaseEvent.CategoryAssigned e => mark with { IsThere = mark.IsThere || IsIn(e.To) },
        CaseEvent.CaseReopened e => mark with { IsThere = mark.IsThere || IsIn(e.Office) },
        _ => mark,
    };

    private bool Suits(string service, CaseKind kind) =>
        (_scope.Services?.Contains(service) ?? true) && (_scope.Kind is not { } wanted || wanted == kind);

    private bool IsIn(TwinId office) => _scope.Offices?.Contains(office) ?? true;

    private static TwinEvent Event(object?[] row) => (TwinEvent)JournalJson.Read((string)row[6]!, Encoding.UTF8.GetBytes((string)row[7]!));

    /// <summary>What is known of a case while the period is gone through.</summary>
    /// <param name="Head">Its last event.</param>
    /// <param name="Before">Its event before the first one of the period; 0: it was filed in it.</param>
    /// <param name="Fits">Whether service and kind are wanted.</param>
    /// <param name="IsThere">Whether a wanted office has had it.</param>
    private readonly record struct Mark(long Head, long Before, bool Fits, bool IsThere)
    {
        public bool IsWanted => Fits && IsThere;
    }
}
