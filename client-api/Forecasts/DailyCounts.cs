using System.Buffers;
using System.Runtime.InteropServices;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>The city day by day: what came, what ended and what stayed, of every office, desk and service, and of every service within an office. The city is the sum of its offices, an office of its services.</summary>
/// <remarks>Fed from the journal and saved with its checkpoints. Remembers of a case only where it is, until it can no longer come back. Read from any thread.</remarks>
internal sealed class DailyCounts(TimeSpan offset) : IView
{
    /// <summary>The row of the whole city.</summary>
    public const string City = "city";

    private const long Format = 0x4441494C_00000002;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DayRow> _rows = [];
    private readonly Dictionary<long, Whereabouts> _cases = [];
    private long _position;

    /// <inheritdoc/>
    public string Name => "daily";

    /// <summary>The journal position up to which everything is taken in.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>The row of a service.</summary>
    public static string OfService(string code) => "service/" + code;

    /// <summary>The row of a service within an office.</summary>
    public static string OfService(string code, string office) => $"{office} {OfService(code)}";

    /// <summary>The office and the service that a row is of; null when it is not of a service within an office.</summary>
    public static (string Office, string Service)? Within(string row) =>
        row.IndexOf(' ', StringComparison.Ordinal) is var space and > 0 ? (row[..space], row[(space + 1)..]) : null;

    /// <summary>The number of a local day.</summary>
    public int DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(offset).DateTime).DayNumber;

    /// <summary>The first day on which anything was counted; null before there is one.</summary>
    public int? FirstDay
    {
        get
        {
            lock (_gate)
            {
                return _rows.TryGetValue(City, out DayRow? city) ? city.First : null;
            }
        }
    }

    /// <summary>All rows that there are, by name; those of services within offices with as many of the last days as are kept of them.</summary>
    public Dictionary<string, DayFigures[]> Between(int from, int to)
    {
        lock (_gate)
        {
            return _rows.ToDictionary(r => r.Key, r => r.Value.Between(Math.Max(from, to - DaysMaxOf(r.Key)), to));
        }
    }

    /// <summary>One row; null when nothing was ever counted in it.</summary>
    public DayFigures[]? Between(string row, int from, int to)
    {
        lock (_gate)
        {
            return _rows.TryGetValue(row, out DayRow? found) ? found.Between(from, to) : null;
        }
    }

    /// <inheritdoc/>
    public void Apply(in RecordedEvent recorded)
    {
        if (recorded.Event is CaseEvent happened)
        {
            lock (_gate)
            {
                Count(recorded.Twin.Number, happened, DayOf(happened.At));
            }
        }
        Volatile.Write(ref _position, recorded.Position);
    }

    /// <inheritdoc/>
    public void Flush(long position, DateTimeOffset at)
    {
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> output)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        lock (_gate)
        {
            writer.Write(Format);
            writer.Write(_position);
            writer.Write(_rows.Count);
            foreach ((string name, DayRow row) in _rows)
            {
                writer.Write(name);
                row.Save(writer);
            }
            writer.Write(_cases.Count);
            foreach ((long number, Whereabouts at) in _cases)
            {
                writer.Write(number);
                writer.Write(at.Office.Value);
                writer.Write(at.Desk.Value);
                writer.Write(at.Service);
            }
        }
        writer.Flush();
        output.Write(buffer.GetBuffer().AsSpan(0, checked((int)buffer.Length)));
    }

    /// <inheritdoc/>
    public bool Load(ReadOnlySpan<byte> saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved.ToArray()));
        lock (_gate)
        {
            _rows.Clear();
            _cases.Clear();
            try
            {
                if (reader.ReadInt64() != Format)
                {
                    return false;
                }
                long position = reader.ReadInt64();
                for (int n = reader.ReadInt32(); n > 0; n--)
                {
                    string name = reader.ReadString();
                    _rows.Add(name, DayRow.Load(reader, DaysMaxOf(name)));
                }
                for (int n = reader.ReadInt32(); n > 0; n--)
                {
                    _cases.Add(reader.ReadInt64(), new Whereabouts(
                        TwinId.FromValue(reader.ReadInt64()), TwinId.FromValue(reader.ReadInt64()), string.Intern(reader.ReadString())));
                }
                Volatile.Write(ref _position, position);
                return true;
            }
            catch (Exception e) when (e is IOException or ArgumentException or FormatException)
            {
                // Cut short or damaged: the journal has everything, and the view is rebuilt from it.
                _rows.Clear();
                _cases.Clear();
                return false;
            }
        }
    }

    private void Count(long number, CaseEvent happened, int day)
    {
        if (happened is CaseEvent.CaseFiled filed)
        {
            var at = new Whereabouts(filed.Office, default, string.Intern(filed.Service));
            _cases[number] = at;
            Wide(at, day, arrivals: 1, backlog: 1);
            return;
        }
        ref Whereabouts place = ref CollectionsMarshal.GetValueRefOrNullRef(_cases, number);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref place))
        {
            return;
        }
        switch (happened)
        {
            case CaseEvent.CaseQueued e:
                Move(ref place, e.Office, day);
                place = place with { Desk = e.Desk };
                Row(e.Desk.ToString()).Add(day, arrivals: 1, backlog: 1);
                break;
            case CaseEvent.CitizenAsked:
                LeaveDesk(ref place, day);
                break;
            case CaseEvent.CaseEscalated { To: var to }:
                LeaveDesk(ref place, day);
                Move(ref place, to, day);
                break;
            case CaseEvent.CaseSentBack { To: var to }:
                LeaveDesk(ref place, day);
                Move(ref place, to, day);
                break;
            case CaseEvent.CaseMoved { To: var to }:
                LeaveDesk(ref place, day);
                Move(ref place, to, day);
                break;
            case CaseEvent.CategoryAssigned e:
                Assign(ref place, e, day);
                break;
            case CaseEvent.CaseReopened e:
                place = place with { Office = e.Office };
                Wide(place, day, arrivals: 1, backlog: 1);
                break;
            case CaseEvent.CaseClosed:
                _cases.Remove(number);
                break;
            default:
                End(number, ref place, happened, day);
                break;
        }
    }

    private void End(long number, ref Whereabouts place, CaseEvent happened, int day)
    {
        bool? onTime = happened switch
        {
            CaseEvent.CaseResolved e => e.OnTime,
            CaseEvent.CaseRejected e => e.OnTime,
            _ => null,
        };
        if (onTime is null && happened is not CaseEvent.CaseWithdrawn)
        {
            return;
        }
        int results = onTime is null ? 0 : 1;
        int inTime = onTime == true ? 1 : 0;
        if (!place.Desk.IsNone && results > 0)
        {
            Row(place.Desk.ToString()).Add(day, completions: 1, results: 1, onTime: inTime);
        }
        LeaveDesk(ref place, day);
        Wide(place, day, completions: 1, results: results, onTime: inTime, backlog: -1);
        if (onTime is null)
        {
            _cases.Remove(number);
        }
    }

    private void Assign(ref Whereabouts place, CaseEvent.CategoryAssigned e, int day)
    {
        if (!e.FromDesk.IsNone)
        {
            LeaveDesk(ref place, day);
        }
        Move(ref place, e.To, day);
        if (place.Service != e.Category)
        {
            Services(place, day, backlog: -1);
            place = place with { Service = string.Intern(e.Category) };
            Services(place, day, backlog: 1);
        }
    }

    private void LeaveDesk(ref Whereabouts place, int day)
    {
        if (!place.Desk.IsNone)
        {
            Row(place.Desk.ToString()).Add(day, backlog: -1);
            place = place with { Desk = default };
        }
    }

    private void Move(ref Whereabouts place, TwinId to, int day)
    {
        if (place.Office != to)
        {
            Row(place.Office.ToString()).Add(day, backlog: -1);
            Row(OfService(place.Service, place.Office.ToString())).Add(day, backlog: -1);
            place = place with { Office = to };
            Row(to.ToString()).Add(day, backlog: 1);
            Row(OfService(place.Service, to.ToString())).Add(day, backlog: 1);
        }
    }

    private void Wide(in Whereabouts at, int day, int arrivals = 0, int completions = 0, int results = 0, int onTime = 0, int backlog = 0)
    {
        Row(City).Add(day, arrivals, completions, results, onTime, backlog);
        Row(at.Office.ToString()).Add(day, arrivals, completions, results, onTime, backlog);
        Services(at, day, arrivals, completions, results, onTime, backlog);
    }

    private void Services(in Whereabouts at, int day, int arrivals = 0, int completions = 0, int results = 0, int onTime = 0, int backlog = 0)
    {
        Row(OfService(at.Service)).Add(day, arrivals, completions, results, onTime, backlog);
        Row(OfService(at.Service, at.Office.ToString())).Add(day, arrivals, completions, results, onTime, backlog);
    }

    private DayRow Row(string name)
    {
        ref DayRow? row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, name, out _);
        return row ??= new DayRow(DaysMaxOf(name));
    }

    private static int DaysMaxOf(string row) => Within(row) is null ? DayRow.DaysMax : DayRow.DaysMaxWithin;

    private readonly record struct Whereabouts(TwinId Office, TwinId Desk, string Service);
}
