using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Views;

/// <summary>What changed in a city, or at one of its offices, between two moments.</summary>
/// <param name="From">The earlier journal position; what happened at it is not part of the change.</param>
/// <param name="To">The later one, included.</param>
/// <param name="Before">The figures at the earlier one; null for an office that was not established.</param>
/// <param name="After">The figures at the later one.</param>
/// <param name="Happened">How often each event happened to a case.</param>
/// <param name="CasesChanged">How many cases changed.</param>
/// <param name="Cases">The first of them, in the order in which they changed first.</param>
public sealed record CityChanges(
    long From, long To, CityFigures? Before, CityFigures? After, IReadOnlyDictionary<string, long> Happened, long CasesChanged, IReadOnlyList<CaseChange> Cases);

/// <summary>A case before and after.</summary>
/// <param name="Case">The case.</param>
/// <param name="Before">Its line at the earlier moment; null when it was not filed yet.</param>
/// <param name="After">Its line at the later moment.</param>
public sealed record CaseChange(TwinId Case, CaseLine? Before, CaseLine? After);

/// <summary>Compares a city with itself at two moments.</summary>
public static class CityDifference
{
    /// <summary>Compares two moments, each as of all events at or before it.</summary>
    /// <exception cref="ArgumentException">The later moment is before the earlier one.</exception>
    public static CityChanges Between(
        IJournal journal, WorkCalendar calendar, DateTimeOffset from, DateTimeOffset to, TwinId office = default, int casesMax = 200) =>
        Between(journal, calendar, (journal.PositionAt(from), from), (journal.PositionAt(to), to), office, casesMax);

    /// <summary>Compares two positions.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="calendar">The city's calendar at its founding.</param>
    /// <param name="from">The earlier position and its moment.</param>
    /// <param name="to">The later position and its moment.</param>
    /// <param name="office">Only cases of this office, or of this commune; none: all.</param>
    /// <param name="casesMax">Cases listed at most.</param>
    /// <exception cref="ArgumentException">The later position is before the earlier one.</exception>
    public static CityChanges Between(
        IJournal journal, WorkCalendar calendar, (long Position, DateTimeOffset At) from, (long Position, DateTimeOffset At) to, TwinId office = default, int casesMax = 200)
    {
        if (to.Position < from.Position)
        {
            throw new ArgumentException($"the later moment, {to.At:u}, is before the earlier one, {from.At:u}", nameof(to));
        }
        CityView before = new(calendar), after = new(calendar);
        PastViews.Load(journal, before, from.Position);
        PastViews.Load(journal, after, to.Position);
        Dictionary<string, long> happened = [];
        Dictionary<TwinId, bool> met = [];
        List<CaseChange> listed = [];
        long changed = 0;
        foreach (RecordedEvent recorded in journal.ReadForward(from.Position, to.Position))
        {
            if (recorded.Twin.Kind != TwinKind.Case)
            {
                continue;
            }
            if (!met.TryGetValue(recorded.Twin, out bool isHere))
            {
                CaseChange change = new(recorded.Twin, before.Cases.Find(recorded.Twin), after.Cases.Find(recorded.Twin));
                isHere = office.IsNone || IsAt(change.Before, office) || IsAt(change.After, office);
                met.Add(recorded.Twin, isHere);
                changed += isHere ? 1 : 0;
                if (isHere && listed.Count < casesMax)
                {
                    listed.Add(change);
                }
            }
            if (isHere)
            {
                string name = recorded.Event.GetType().Name;
                happened[name] = happened.GetValueOrDefault(name) + 1;
            }
        }
        return new CityChanges(from.Position, to.Position, Figures(before, office, from.At), Figures(after, office, to.At), happened, changed, listed);
    }

    private static bool IsAt(CaseLine? line, TwinId office) => line is not null && (line.Office == office || line.Commune == office);

    private static CityFigures? Figures(CityView view, TwinId office, DateTimeOffset at) => office.IsNone ? view.Board.City(at) : view.Board.Office(office, at);
}
