using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>The counts behind the city board, by office and desk. Not thread-safe.</summary>
/// <remarks>Entries stand at the places that <see cref="CityNames"/> gave their offices and desks.</remarks>
internal sealed class BoardLedger
{
    private readonly CityNames _names;
    private readonly WorkCalendar _folderCalendar;
    private readonly List<OfficeBoard> _offices = [];
    private readonly List<DeskBoard> _desks = [];
    private readonly List<SpecialDay> _days = [];

    /// <summary>An empty ledger.</summary>
    public BoardLedger(CityNames names, WorkCalendar folderCalendar)
    {
        _names = names;
        _folderCalendar = folderCalendar;
        Calendar = folderCalendar;
    }

    /// <summary>The calendar in force: the folder's with the days set since.</summary>
    public WorkCalendar Calendar { get; private set; }

    /// <summary>Offices by place; the first stands for "none".</summary>
    public IReadOnlyList<OfficeBoard> Offices => _offices;

    /// <summary>Desks by place; the first stands for "none".</summary>
    public IReadOnlyList<DeskBoard> Desks => _desks;

    /// <summary>Takes in what an event made of a case.</summary>
    public void Apply(in CaseRow before, in CaseRow after, CaseEvent happened)
    {
        if (before.Stage != after.Stage || before.Office != after.Office || before.Desk != after.Desk || before.Marks != after.Marks)
        {
            Hold(before, -1);
            Hold(after, +1);
        }
        Tally tally = Office(after.Office)[after.Kind];
        switch (happened)
        {
            case CaseEvent.CaseFiled e:
                tally.Add(Count.Filed, Count.FiledToday, DayOf(e.At));
                tally.Add(Count.ByCounter + ((int)e.Channel - 1));
                tally.Add(Count.DocumentsNeeded, e.Citizen.IsNone || e.Needed.IsDefault ? 0 : e.Needed.Length);
                break;
            case CaseEvent.DocumentsChecked e:
                tally.Add(Count.DocumentsReused, e.Reused.IsDefault ? 0 : e.Reused.Length);
                break;
            case CaseEvent.CaseResolved e:
                Decide(tally, after, Count.Resolved, Count.ResolvedToday, e.At, e.OnTime);
                break;
            case CaseEvent.CaseRejected e:
                Decide(tally, after, Count.Rejected, Count.RejectedToday, e.At, e.OnTime);
                break;
            case CaseEvent.CaseWithdrawn e:
                tally.Add(Count.Withdrawn, Count.WithdrawnToday, DayOf(e.At));
                break;
            case CaseEvent.CaseEscalated:
                Office(before.Office)[after.Kind].Add(Count.EscalatedOut);
                tally.Add(Count.EscalatedIn);
                break;
            case CaseEvent.CaseRated e:
                tally.Add(Count.Ratings);
                tally.Add(Count.RatingSum, e.Score);
                break;
            case CaseEvent.CaseReopened:
                tally.Add(Count.Reopened);
                break;
            case CaseEvent.CaseBecameOverdue:
                tally.Add(Count.Missed);
                break;
            default:
                break;
        }
    }

    /// <summary>Takes in what happened at an office.</summary>
    public void Apply(TwinId office, OfficeEvent happened)
    {
        switch (happened)
        {
            case OfficeEvent.OfficeEstablished e:
                Office(_names.Office(office)).Profile = e.Profile;
                break;
            case OfficeEvent.OfficeMerged e:
                Office(_names.Office(office)).Successor = e.Successor;
                break;
            case OfficeEvent.OfficeAbsorbed e when Office(_names.Office(office)) is { Profile: { } profile } board:
                board.Profile = profile with
                {
                    Population = (int)Math.Min(int.MaxValue, (long)profile.Population + e.Population),
                    AreaKm2 = profile.AreaKm2 + e.AreaKm2,
                };
                break;
            case OfficeEvent.OfficeSplit e when Office(_names.Office(office)) is { Profile: { } profile } board:
                board.Profile = profile with
                {
                    Population = (int)((long)profile.Population * (100 - e.SharePercent) / 100),
                    AreaKm2 = profile.AreaKm2 * (100 - e.SharePercent) / 100,
                };
                break;
            default:
                break;
        }
    }

    /// <summary>Takes in what happened at a desk.</summary>
    public void Apply(TwinId desk, DeskEvent happened) => Desk(_names.Desk(desk)).Apply(happened);

    /// <summary>Takes in a change of policy.</summary>
    public void Apply(CityEvent happened)
    {
        if (happened is CityEvent.DaySet e)
        {
            var day = new SpecialDay(e.Date, e.Off ? SpecialDayKind.Off : SpecialDayKind.Worked, e.Name);
            _days.Add(day);
            Calendar = Calendar.With(day);
        }
    }

    /// <summary>Writes all counts.</summary>
    public void Save(SavedWriter writer)
    {
        writer.Number(_offices.Count);
        _offices.ForEach(o => o.Save(writer));
        writer.Number(_desks.Count);
        _desks.ForEach(d => d.Save(writer));
        writer.Number(_days.Count);
        foreach (SpecialDay day in _days)
        {
            writer.Number(day.Date.DayNumber);
            writer.Number((long)day.Kind);
            writer.Text(day.Name);
        }
    }

    /// <summary>Reads all counts into an empty instance; the names must have been read before.</summary>
    public void Load(ref SavedReader reader)
    {
        long offices = reader.Number();
        for (int i = 0; i < offices; i++)
        {
            Office(i).Load(ref reader);
        }
        long desks = reader.Number();
        for (int i = 0; i < desks; i++)
        {
            Desk(i).Load(ref reader);
        }
        for (long n = reader.Number(); n > 0; n--)
        {
            var day = new SpecialDay(DateOnly.FromDayNumber((int)reader.Number()), (SpecialDayKind)reader.Number(), reader.Text());
            _days.Add(day);
            Calendar = Calendar.With(day);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _offices.Clear();
        _desks.Clear();
        _days.Clear();
        Calendar = _folderCalendar;
    }

    private void Decide(Tally tally, in CaseRow row, Count count, Count today, DateTimeOffset at, bool onTime)
    {
        int day = DayOf(at);
        tally.Add(count, today, day);
        if (onTime)
        {
            tally.Add(Count.OnTime, Count.OnTimeToday, day);
        }
        TimeSpan lead = Calendar.Between(DateTimeOffset.FromUnixTimeMilliseconds(row.FiledAt), at);
        tally.Add(Count.LeadTime, lead.Ticks / TimeSpan.TicksPerMillisecond);
    }

    // Where an open case is counted: with its office, and with its desk while it is there.
    private void Hold(in CaseRow row, int by)
    {
        if (!row.IsOpen)
        {
            return;
        }
        Tally tally = Office(row.Office)[row.Kind];
        tally.Add((Count)(row.Stage - CaseStage.Received), by);
        if (row.Has(CaseMarks.Overdue))
        {
            tally.Add(Count.Overdue, by);
        }
        if (row.Stage == CaseStage.Queued)
        {
            Desk(row.Desk).Queued += by;
        }
        else if (row.Stage == CaseStage.InProgress)
        {
            Desk(row.Desk).InProgress += by;
        }
    }

    private OfficeBoard Office(int place)
    {
        while (place >= _offices.Count)
        {
            _offices.Add(new OfficeBoard(_names.Offices[_offices.Count]));
        }
        return _offices[place];
    }

    private DeskBoard Desk(int place)
    {
        while (place >= _desks.Count)
        {
            _desks.Add(new DeskBoard(_names.Desks[_desks.Count]));
        }
        return _desks[place];
    }

    private int DayOf(DateTimeOffset at) => (int)((at.UtcTicks + Calendar.Offset.Ticks) / TimeSpan.TicksPerDay);
}
