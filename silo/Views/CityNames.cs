using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>Small numbers for offices, desks and services, so that a row of a case stays small. Place 0 is "none".</summary>
/// <remarks>Places are given in the order in which names are met, and never change. Not thread-safe.</remarks>
internal sealed class CityNames
{
    private readonly Dictionary<string, ushort> _serviceOf = [];
    private readonly Dictionary<TwinId, ushort> _officeOf = [];
    private readonly Dictionary<TwinId, int> _deskOf = [];
    private readonly List<string> _services = [""];
    private readonly List<TwinId> _offices = [default];
    private readonly List<TwinId> _desks = [default];

    /// <summary>Offices met, "none" included.</summary>
    public IReadOnlyList<TwinId> Offices => _offices;

    /// <summary>Desks met, "none" included.</summary>
    public IReadOnlyList<TwinId> Desks => _desks;

    /// <summary>Services met, "none" included.</summary>
    public IReadOnlyList<string> Services => _services;

    /// <summary>The place of an office, given now if it is new.</summary>
    public ushort Office(TwinId office)
    {
        if (office.IsNone)
        {
            return 0;
        }
        if (!_officeOf.TryGetValue(office, out ushort place))
        {
            place = checked((ushort)_offices.Count);
            _offices.Add(office);
            _officeOf.Add(office, place);
        }
        return place;
    }

    /// <summary>The place of a desk, given now if it is new.</summary>
    public int Desk(TwinId desk)
    {
        if (desk.IsNone)
        {
            return 0;
        }
        if (!_deskOf.TryGetValue(desk, out int place))
        {
            place = _desks.Count;
            _desks.Add(desk);
            _deskOf.Add(desk, place);
        }
        return place;
    }

    /// <summary>The place of a service, given now if it is new.</summary>
    public ushort Service(string code)
    {
        if (code.Length == 0)
        {
            return 0;
        }
        if (!_serviceOf.TryGetValue(code, out ushort place))
        {
            place = checked((ushort)_services.Count);
            _services.Add(code);
            _serviceOf.Add(code, place);
        }
        return place;
    }

    /// <summary>The place of an office that was met, or -1.</summary>
    public int FindOffice(TwinId office) => _officeOf.TryGetValue(office, out ushort place) ? place : -1;

    /// <summary>The place of a desk that was met, or -1.</summary>
    public int FindDesk(TwinId desk) => _deskOf.TryGetValue(desk, out int place) ? place : -1;

    /// <summary>The place of a service that was met, or -1.</summary>
    public int FindService(string code) => _serviceOf.TryGetValue(code, out ushort place) ? place : -1;

    /// <summary>Writes all names.</summary>
    public void Save(SavedWriter writer)
    {
        writer.Number(_offices.Count);
        _offices.ForEach(o => writer.Number(o.Value));
        writer.Number(_desks.Count);
        _desks.ForEach(d => writer.Number(d.Value));
        writer.Number(_services.Count);
        _services.ForEach(writer.Text);
    }

    /// <summary>Reads what <see cref="Save"/> wrote, into an empty instance.</summary>
    public void Load(ref SavedReader reader)
    {
        for (long n = reader.Number(); n > 0; n--)
        {
            Office(TwinId.FromValue(reader.Number()));
        }
        for (long n = reader.Number(); n > 0; n--)
        {
            Desk(TwinId.FromValue(reader.Number()));
        }
        for (long n = reader.Number(); n > 0; n--)
        {
            Service(reader.Text());
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _serviceOf.Clear();
        _officeOf.Clear();
        _deskOf.Clear();
        _services.RemoveRange(1, _services.Count - 1);
        _offices.RemoveRange(1, _offices.Count - 1);
        _desks.RemoveRange(1, _desks.Count - 1);
    }
}
