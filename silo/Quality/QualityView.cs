using System.Buffers;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Quality;

/// <summary>A read model: how good each office's data is, counted from the events that carry it. Readable from any thread.</summary>
/// <remarks>The measures follow the six words of the city's data policy: docs/data-quality.md.</remarks>
public sealed class QualityView : IView
{
    private const long Format = 0x43545155_00000001;
    private const double KmPerDegree = 111.32;
    private const double SlackKm = 5;

    private readonly Lock _gate = new();
    private readonly Dictionary<TwinId, OfficeQuality> _offices = [];
    private readonly Dictionary<TwinId, (double Latitude, double Longitude, double AreaKm2)> _places = [];
    private readonly Dictionary<TwinId, TwinId> _officeOf = [];
    private readonly Dictionary<TwinId, (TwinId Office, int Needed)> _awaited = [];
    private readonly RecentRecords _recent = new();

    /// <summary>What is recorded within this time of happening counts as live.</summary>
    public static TimeSpan LiveWithin { get; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Name => "quality";

    /// <summary>What was counted, by office.</summary>
    public Dictionary<TwinId, OfficeQuality> Offices()
    {
        lock (_gate)
        {
            return _offices.ToDictionary(o => o.Key, o => o.Value.Copy());
        }
    }

    /// <inheritdoc/>
    public void Apply(in RecordedEvent recorded)
    {
        lock (_gate)
        {
            switch (recorded.Event)
            {
                case OfficeEvent.OfficeEstablished e:
                    Of(recorded.Twin);
                    _places[recorded.Twin] = (e.Profile.Latitude, e.Profile.Longitude, e.Profile.AreaKm2);
                    break;
                case OfficialEvent.OfficialAppointed e:
                    _officeOf[recorded.Twin] = e.Office;
                    break;
                case CaseEvent.CaseFiled e:
                    File(recorded.Twin, e);
                    break;
                case CaseEvent.DocumentsChecked e when _awaited.Remove(recorded.Twin, out (TwinId Office, int Needed) awaited):
                    int missing = e.Missing.IsDefault ? 0 : e.Missing.Length;
                    Of(awaited.Office).Field(isThere: false, missing);
                    Of(awaited.Office).Field(isThere: true, Math.Max(0, awaited.Needed - missing));
                    break;
                case CaseEvent.CaseWithdrawn:
                    _awaited.Remove(recorded.Twin);
                    break;
                case CaseEvent.CaseResolved e when _officeOf.TryGetValue(e.Official, out TwinId office):
                    Of(office).Field(!string.IsNullOrWhiteSpace(e.Outcome));
                    break;
                case SensorEvent e:
                    Sense(recorded.Twin, e);
                    break;
                default:
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Flush(long position, DateTimeOffset at)
    {
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> output)
    {
        lock (_gate)
        {
            var writer = new SavedWriter(output);
            writer.Number(Format);
            writer.Number(_offices.Count);
            foreach ((TwinId id, OfficeQuality office) in _offices)
            {
                writer.Number(id.Value);
                office.Save(writer);
            }
            writer.Number(_places.Count);
            foreach ((TwinId id, (double latitude, double longitude, double area)) in _places)
            {
                writer.Number(id.Value);
                writer.Number(BitConverter.DoubleToInt64Bits(latitude));
                writer.Number(BitConverter.DoubleToInt64Bits(longitude));
                writer.Number(BitConverter.DoubleToInt64Bits(area));
            }
            Save(writer, _officeOf.Select(o => (o.Key, o.Value.Value, 0L)), _officeOf.Count);
            Save(writer, _awaited.Select(a => (a.Key, a.Value.Office.Value, (long)a.Value.Needed)), _awaited.Count);
            _recent.Save(writer);
        }
    }

    /// <inheritdoc/>
    public bool Load(ReadOnlySpan<byte> saved)
    {
        lock (_gate)
        {
            Clear();
            try
            {
                var reader = new SavedReader(saved);
                if (reader.Number() != Format)
                {
                    return false;
                }
                for (long n = reader.Number(); n > 0; n--)
                {
                    TwinId id = TwinId.FromValue(reader.Number());
                    _offices[id] = OfficeQuality.Load(ref reader);
                }
                for (long n = reader.Number(); n > 0; n--)
                {
                    _places[TwinId.FromValue(reader.Number())] = (
                        BitConverter.Int64BitsToDouble(reader.Number()), BitConverter.Int64BitsToDouble(reader.Number()), BitConverter.Int64BitsToDouble(reader.Number()));
                }
                for (long n = reader.Number(); n > 0; n--)
                {
                    (TwinId id, TwinId office, _) = (TwinId.FromValue(reader.Number()), TwinId.FromValue(reader.Number()), reader.Number());
                    _officeOf[id] = office;
                }
                for (long n = reader.Number(); n > 0; n--)
                {
                    (TwinId id, TwinId office, long needed) = (TwinId.FromValue(reader.Number()), TwinId.FromValue(reader.Number()), reader.Number());
                    _awaited[id] = (office, (int)needed);
                }
                _recent.Load(ref reader);
                return true;
            }
            catch (Exception e) when (e is ArgumentException or OverflowException)
            {
                // Cut short or damaged: the journal has everything, and the view is rebuilt from it.
                Clear();
                return false;
            }
        }
    }

    private void File(TwinId id, CaseEvent.CaseFiled e)
    {
        OfficeQuality office = Of(e.Office);
        office.Records++;
        office.Services[e.Service] = office.Services.GetValueOrDefault(e.Service) + 1;
        office.Duplicates += _recent.Repeats(e) ? 1 : 0;
        if (e.Kind == CaseKind.Feedback)
        {
            office.Field(e.Place is not null);
            office.Field(!e.Citizen.IsNone || e.Channel == Channel.Sensor);
        }
        else if (!e.Needed.IsDefaultOrEmpty)
        {
            _awaited[id] = (e.Office, e.Needed.Length);
        }
        if (e.Place is { } place && _places.TryGetValue(e.Commune, out var commune))
        {
            office.Check(IsNear(place, commune));
        }
    }

    private void Sense(TwinId id, SensorEvent happened)
    {
        if (happened is SensorEvent.SensorRegistered registered)
        {
            _officeOf[id] = registered.Profile.Commune;
            return;
        }
        if (!_officeOf.TryGetValue(id, out TwinId commune) || commune.IsNone)
        {
            return;
        }
        OfficeQuality office = Of(commune);
        switch (happened)
        {
            case SensorEvent.AlertRaised e:
                office.Check(e.Kind != AlertKind.Implausible);
                office.Time(e.ObservedAt, e.At);
                break;
            case SensorEvent.AlertCleared e:
                office.Time(e.ObservedAt, e.At);
                break;
            case SensorEvent.SensorReturned e:
                office.Time(e.ObservedAt, e.At);
                break;
            default:
                break;
        }
    }

    private static bool IsNear(GeoPoint place, (double Latitude, double Longitude, double AreaKm2) commune)
    {
        double north = (place.Latitude - commune.Latitude) * KmPerDegree;
        double east = (place.Longitude - commune.Longitude) * KmPerDegree * Math.Cos(commune.Latitude * Math.PI / 180);
        return Math.Sqrt((north * north) + (east * east)) <= (2 * Math.Sqrt(commune.AreaKm2 / Math.PI)) + SlackKm;
    }

    private OfficeQuality Of(TwinId office)
    {
        if (!_offices.TryGetValue(office, out OfficeQuality? found))
        {
            _offices.Add(office, found = new OfficeQuality());
        }
        return found;
    }

    private static void Save(SavedWriter writer, IEnumerable<(TwinId, long, long)> rows, int count)
    {
        writer.Number(count);
        foreach ((TwinId id, long one, long two) in rows)
        {
            writer.Number(id.Value);
            writer.Number(one);
            writer.Number(two);
        }
    }

    private void Clear()
    {
        _offices.Clear();
        _places.Clear();
        _officeOf.Clear();
        _awaited.Clear();
        _recent.Clear();
    }
}
