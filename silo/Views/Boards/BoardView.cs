using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>The city at a glance: headline figures of the city and of every office and desk, and what happened lately.</summary>
/// <remarks>Read from any thread. One reading is of one moment: it takes the feed's lock, for some tens of microseconds.</remarks>
public sealed class BoardView
{
    private readonly Lock _gate;
    private readonly CityNames _names;
    private readonly BoardLedger _ledger;
    private readonly RecentEvents _recent;

    internal BoardView(Lock gate, CityNames names, BoardLedger ledger, RecentEvents recent)
    {
        _gate = gate;
        _names = names;
        _ledger = ledger;
        _recent = recent;
    }

    /// <summary>The figures of the whole city.</summary>
    /// <param name="now">The city's time: says which day is today.</param>
    public CityFigures City(DateTimeOffset now)
    {
        Span<long> dossiers = stackalloc long[(int)Count.End];
        Span<long> feedback = stackalloc long[(int)Count.End];
        dossiers.Clear();
        feedback.Clear();
        TimeSpan standardDay;
        lock (_gate)
        {
            int today = Today(now);
            foreach (OfficeBoard office in _ledger.Offices)
            {
                office.Dossiers.AddTo(dossiers, today);
                office.Feedback.AddTo(feedback, today);
            }
            standardDay = _ledger.Calendar.StandardDay;
        }
        return CityFigures.From(dossiers, feedback, standardDay);
    }

    /// <summary>One line for each office that was established, in the order of establishing.</summary>
    public ImmutableArray<OfficeLine> Offices(DateTimeOffset now)
    {
        lock (_gate)
        {
            int today = Today(now);
            var officials = new Dictionary<TwinId, (int Desks, int Officials)>();
            foreach (DeskBoard desk in _ledger.Desks)
            {
                if (!desk.IsClosed && !desk.Office.IsNone)
                {
                    (int desks, int staff) = officials.GetValueOrDefault(desk.Office);
                    officials[desk.Office] = (desks + 1, staff + desk.Officials);
                }
            }
            var lines = ImmutableArray.CreateBuilder<OfficeLine>(_ledger.Offices.Count);
            foreach (OfficeBoard office in _ledger.Offices)
            {
                if (office.Profile is { } profile)
                {
                    (int desks, int staff) = officials.GetValueOrDefault(office.Office);
                    lines.Add(Line(office, profile, desks, staff, today));
                }
            }
            return lines.ToImmutable();
        }
    }

    /// <summary>One line for each desk that was opened, in the order of opening.</summary>
    public ImmutableArray<DeskLine> Desks()
    {
        lock (_gate)
        {
            var lines = ImmutableArray.CreateBuilder<DeskLine>(_ledger.Desks.Count);
            foreach (DeskBoard d in _ledger.Desks)
            {
                if (!d.Office.IsNone)
                {
                    lines.Add(new DeskLine(d.Desk, d.Office, d.NameVi, d.NameEn, d.Skills, d.Officials, d.Queued, d.InProgress, d.IsClosed));
                }
            }
            return lines.ToImmutable();
        }
    }

    /// <summary>What happened lately, the newest first.</summary>
    /// <param name="after">Only what has a higher journal position.</param>
    /// <param name="limit">At most so many; 512 are kept.</param>
    public IReadOnlyList<RecentEvent> Recent(long after, int limit)
    {
        lock (_gate)
        {
            return _recent.After(after, limit);
        }
    }

    /// <summary>The figures of one office; null when it was not established.</summary>
    public CityFigures? Office(TwinId office, DateTimeOffset now)
    {
        lock (_gate)
        {
            int place = _names.FindOffice(office);
            bool isKnown = place >= 0 && place < _ledger.Offices.Count && _ledger.Offices[place].Profile is not null;
            return isKnown ? Sum(_ledger.Offices[place], Today(now)) : null;
        }
    }

    private OfficeLine Line(OfficeBoard office, OfficeProfile profile, int desks, int officials, int today)
    {
        CityFigures figures = Sum(office, today);
        return new OfficeLine(
            profile, office.Successor, desks, officials, figures.All, KindFigures.From(figures.Dossiers), KindFigures.From(figures.Feedback));
    }

    private CityFigures Sum(OfficeBoard office, int today)
    {
        Span<long> dossiers = stackalloc long[(int)Count.End];
        Span<long> feedback = stackalloc long[(int)Count.End];
        dossiers.Clear();
        feedback.Clear();
        office.Dossiers.AddTo(dossiers, today);
        office.Feedback.AddTo(feedback, today);
        return CityFigures.From(dossiers, feedback, _ledger.Calendar.StandardDay);
    }

    private int Today(DateTimeOffset now) => (int)((now.UtcTicks + _ledger.Calendar.Offset.Ticks) / TimeSpan.TicksPerDay);
}

/// <summary>Figures over all cases, and by kind.</summary>
/// <param name="All">Dossiers and feedback together.</param>
/// <param name="Dossiers">Dossiers only.</param>
/// <param name="Feedback">Feedback only.</param>
public sealed record CityFigures(Figures All, Figures Dossiers, Figures Feedback)
{
    /// <summary>Makes the three of two sums; <paramref name="dossiers"/> then holds the total.</summary>
    internal static CityFigures From(Span<long> dossiers, ReadOnlySpan<long> feedback, TimeSpan standardDay)
    {
        Figures ofDossiers = Figures.From(dossiers, standardDay);
        Figures ofFeedback = Figures.From(feedback, standardDay);
        for (int i = 0; i < dossiers.Length; i++)
        {
            dossiers[i] += feedback[i];
        }
        return new CityFigures(Figures.From(dossiers, standardDay), ofDossiers, ofFeedback);
    }
}

/// <summary>An office on the board.</summary>
/// <param name="Profile">What is known of it.</param>
/// <param name="Successor">Who took over its work; none while it works itself.</param>
/// <param name="Desks">Open desks.</param>
/// <param name="Officials">Who work at them.</param>
/// <param name="Figures">Its figures over all cases.</param>
/// <param name="Dossiers">Those of dossiers that matter most.</param>
/// <param name="Feedback">Those of feedback that matter most.</param>
public sealed record OfficeLine(
    OfficeProfile Profile, TwinId Successor, int Desks, int Officials, Figures Figures, KindFigures Dossiers, KindFigures Feedback);

/// <summary>The few figures of one kind of case.</summary>
/// <param name="Open">Open now.</param>
/// <param name="Overdue">Open now, past the deadline.</param>
/// <param name="Filed">Filed so far.</param>
/// <param name="Resolved">Resolved so far.</param>
/// <param name="Rejected">Rejected so far.</param>
/// <param name="Withdrawn">Withdrawn so far.</param>
public sealed record KindFigures(long Open, long Overdue, long Filed, long Resolved, long Rejected, long Withdrawn)
{
    internal static KindFigures From(Figures f) => new(f.Open, f.Overdue, f.Filed, f.Resolved, f.Rejected, f.Withdrawn);
}

/// <summary>A desk on the board.</summary>
/// <param name="Desk">Its identity.</param>
/// <param name="Office">Its office.</param>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="Skills">What it can work on.</param>
/// <param name="Officials">How many work there.</param>
/// <param name="Queued">Cases that wait.</param>
/// <param name="InProgress">Cases in hand.</param>
/// <param name="Closed">True once it closed.</param>
public sealed record DeskLine(
    TwinId Desk, TwinId Office, string NameVi, string NameEn, ImmutableArray<string> Skills, int Officials, int Queued, int InProgress, bool Closed);
