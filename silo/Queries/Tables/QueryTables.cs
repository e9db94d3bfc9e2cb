using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Personal;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Queries;

/// <summary>The tables of all kinds of twins, and what each event makes of them. Guarded by the view's lock.</summary>
internal sealed class QueryTables
{
    private const long DeadlineStepMs = 60_000;

    private readonly int _finishedMax;
    private readonly Queue<long> _finished = new();
    private readonly bool _searchesTexts;
    private readonly TextIndex _texts;
    private TwinId[] _offices = [];
    private TwinId[] _desks = [];
    private string[] _services = [];

    /// <summary>Empty tables.</summary>
    public QueryTables(QueryViewOptions options, TextIndex texts)
    {
        _finishedMax = options.FinishedCasesMax;
        _searchesTexts = options.SearchesTexts;
        _texts = texts;
        int changes = options.ChangesMax;
        int fewer = Math.Max(1_024, changes / 4);
        Cases = new TwinTable<CaseEntry>(
            changes,
            new RowIndex<CaseEntry>("commune", (in CaseEntry r) => r.Row.Commune, id => Math.Max(0, Names.FindOffice(id))),
            new RowIndex<CaseEntry>("office", (in CaseEntry r) => r.Row.Office, id => Math.Max(0, Names.FindOffice(id))),
            new RowIndex<CaseEntry>("desk", (in CaseEntry r) => r.Row.Desk, id => Math.Max(0, Names.FindDesk(id))))
        {
            Order = new OrderIndex<CaseEntry>("deadline", DeadlineStepMs, (in CaseEntry r) => r.Row.DueAt, (in CaseEntry r) => r.Row.IsOpen, CaseAttributes.MeansOpen),
        };
        Desks = new TwinTable<StateRow<DeskFigures>>(fewer);
        Communes = new TwinTable<StateRow<OfficeState>>(fewer);
        Departments = new TwinTable<StateRow<OfficeState>>(fewer);
        Officials = new TwinTable<StateRow<OfficialState>>(fewer);
        Citizens = new TwinTable<StateRow<LedgerFigures>>(fewer);
        Sensors = new TwinTable<StateRow<SensorState>>(fewer);
    }

    /// <summary>Offices, desks and services by place.</summary>
    public CityNames Names { get; } = new();

    /// <summary>Cases.</summary>
    public TwinTable<CaseEntry> Cases { get; }

    /// <summary>Desks.</summary>
    public TwinTable<StateRow<DeskFigures>> Desks { get; }

    /// <summary>Communes.</summary>
    public TwinTable<StateRow<OfficeState>> Communes { get; }

    /// <summary>Departments.</summary>
    public TwinTable<StateRow<OfficeState>> Departments { get; }

    /// <summary>Officials.</summary>
    public TwinTable<StateRow<OfficialState>> Officials { get; }

    /// <summary>Citizens' ledgers.</summary>
    public TwinTable<StateRow<LedgerFigures>> Citizens { get; }

    /// <summary>Sensors and areas.</summary>
    public TwinTable<StateRow<SensorState>> Sensors { get; }

    /// <summary>The names that are known now, for readers without the lock: copied only when there are new ones, as names never change.</summary>
    public (TwinId[] Offices, TwinId[] Desks, string[] Services) NamesNow()
    {
        _offices = _offices.Length == Names.Offices.Count ? _offices : [.. Names.Offices];
        _desks = _desks.Length == Names.Desks.Count ? _desks : [.. Names.Desks];
        _services = _services.Length == Names.Services.Count ? _services : [.. Names.Services];
        return (_offices, _desks, _services);
    }

    /// <summary>Takes in an event.</summary>
    public void Apply(in RecordedEvent recorded)
    {
        switch (recorded.Event)
        {
            case CaseEvent e:
                Apply(recorded, e);
                break;
            case DeskEvent e:
                Change(Desks, recorded, e, static (s, e) => (s ?? new DeskFigures()).After(e));
                break;
            case OfficeEvent e:
                Change(recorded.Twin.Kind == TwinKind.Commune ? Communes : Departments, recorded, e, static (s, e) => OfficeDecider.Evolve(s ?? OfficeState.Absent, e));
                break;
            case OfficialEvent e:
                Change(Officials, recorded, e, static (s, e) => OfficialDecider.Evolve(s ?? OfficialState.Absent, e));
                break;
            case CitizenEvent e:
                Change(Citizens, recorded, e, static (s, e) => (s ?? LedgerFigures.Empty).After(e));
                break;
            case SensorEvent e:
                Change(Sensors, recorded, e, static (s, e) => SensorDecider.Evolve(s ?? SensorState.Absent, e));
                break;
            default:
                break;
        }
    }

    /// <summary>Writes all.</summary>
    public void Save(SavedWriter writer)
    {
        Names.Save(writer);
        SavedRows.Save(writer, Cases, SavedRows.Write);
        writer.Number(_finished.Count);
        foreach (long number in _finished)
        {
            writer.Number(number);
        }
        SavedRows.Save(writer, Desks, SavedRows.Write);
        SavedRows.Save(writer, Communes, SavedRows.Write);
        SavedRows.Save(writer, Departments, SavedRows.Write);
        SavedRows.Save(writer, Officials, SavedRows.Write);
        SavedRows.Save(writer, Citizens, SavedRows.Write);
        SavedRows.Save(writer, Sensors, SavedRows.Write);
    }

    /// <summary>Reads what <see cref="Save"/> wrote, into empty tables.</summary>
    public void Load(ref SavedReader reader, long position)
    {
        Names.Load(ref reader);
        SavedRows.Load(ref reader, Cases, SavedRows.ReadCase, position);
        for (long n = reader.Number(); n > 0; n--)
        {
            _finished.Enqueue(reader.Number());
        }
        SavedRows.Load(ref reader, Desks, SavedRows.ReadState<DeskFigures>, position);
        SavedRows.Load(ref reader, Communes, SavedRows.ReadState<OfficeState>, position);
        SavedRows.Load(ref reader, Departments, SavedRows.ReadState<OfficeState>, position);
        SavedRows.Load(ref reader, Officials, SavedRows.ReadState<OfficialState>, position);
        SavedRows.Load(ref reader, Citizens, SavedRows.ReadLedger, position);
        SavedRows.Load(ref reader, Sensors, SavedRows.ReadState<SensorState>, position);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Names.Clear();
        (_offices, _desks, _services) = ([], [], []);
        _finished.Clear();
        _texts.Clear();
        Cases.Clear(0);
        Desks.Clear(0);
        Communes.Clear(0);
        Departments.Clear(0);
        Officials.Clear(0);
        Citizens.Clear(0);
        Sensors.Clear(0);
    }

    private static void Change<TState, TEvent>(TwinTable<StateRow<TState>> table, in RecordedEvent recorded, TEvent happened, Func<TState?, TEvent, TState> after)
        where TState : class
    {
        int place = table.Find(recorded.Twin.Number);
        TState? state = place < 0 ? null : table[place].State;
        table.Set(new StateRow<TState>(recorded.Twin, recorded.Position, after(state, happened)), recorded.At.UtcTicks);
    }

    private void Apply(in RecordedEvent recorded, CaseEvent happened)
    {
        int place = Cases.Find(recorded.Twin.Number);
        long ticks = recorded.At.UtcTicks;
        if (place < 0)
        {
            // A case that finished long ago and left the table stays out of it.
            if (happened is CaseEvent.CaseFiled filed)
            {
                Cases.Set(CaseEntry.Filed(recorded.Twin, filed, recorded.Position, Names), ticks);
                if (_searchesTexts && filed.Description is { } text && text != PersonalTextJson.Erased)
                {
                    _texts.Add(recorded.Twin.Number, text);
                }
            }
            return;
        }
        CaseEntry before = Cases[place];
        CaseEntry after = before.After(happened, recorded.Position, Names);
        Cases.Set(after, ticks);
        if (after.Row.IsFinished && !before.Row.IsFinished)
        {
            _finished.Enqueue(after.Number);
            if (_finished.Count > _finishedMax)
            {
                long oldest = _finished.Dequeue();
                Cases.Remove(oldest, recorded.Position, ticks);
                _texts.Remove(oldest);
            }
        }
    }
}
