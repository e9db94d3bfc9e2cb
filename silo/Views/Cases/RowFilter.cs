using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>A filter as rows can be tested against it: names turned into places once, before the scan.</summary>
internal readonly struct RowFilter
{
    private readonly int _office = -1;
    private readonly int _commune = -1;
    private readonly int _desk = -1;
    private readonly int _service = -1;
    private readonly int _kind = -1;
    private readonly int _stage = -1;
    private readonly int _open = -1;
    private readonly int _overdue = -1;
    private readonly int _channel = -1;
    private readonly int _urgency = -1;
    private readonly long _citizen = -1;
    private readonly long _official = -1;
    private readonly long _dueBefore = long.MaxValue;
    private readonly long _dueAfter = long.MinValue;
    private readonly long _filedBefore = long.MaxValue;
    private readonly long _filedAfter = long.MinValue;

    /// <summary>The filter in places; <see cref="IsHopeless"/> when it names what no case ever had.</summary>
    public RowFilter(CaseFilter filter, CityNames names)
    {
        if (filter.Office is { } office)
        {
            _office = names.FindOffice(office);
            IsHopeless |= _office < 0;
        }
        if (filter.Commune is { } commune)
        {
            _commune = names.FindOffice(commune);
            IsHopeless |= _commune < 0;
        }
        if (filter.Desk is { } desk)
        {
            _desk = names.FindDesk(desk);
            IsHopeless |= _desk < 0;
        }
        if (filter.Service is { } service)
        {
            _service = names.FindService(service);
            IsHopeless |= _service < 0;
        }
        _kind = filter.Kind is { } kind ? (int)kind : -1;
        _stage = filter.Stage is { } stage ? (int)stage : -1;
        _open = filter.Open is { } open ? (open ? 1 : 0) : -1;
        _overdue = filter.Overdue is { } overdue ? (overdue ? 1 : 0) : -1;
        _channel = filter.Channel is { } channel ? (int)channel : -1;
        _urgency = filter.Urgency is { } urgency ? (int)urgency : -1;
        _citizen = filter.Citizen?.Value ?? -1;
        _official = filter.Official?.Number ?? -1;
        _dueBefore = filter.DueBefore?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        _dueAfter = filter.DueAfter?.ToUnixTimeMilliseconds() ?? long.MinValue;
        _filedBefore = filter.FiledBefore?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        _filedAfter = filter.FiledAfter?.ToUnixTimeMilliseconds() ?? long.MinValue;
    }

    /// <summary>True when no case can match.</summary>
    public bool IsHopeless { get; }

    /// <summary>Whether a row is wanted; free rows never are.</summary>
    public bool Matches(in CaseRow row) =>
        row.Stage != CaseStage.Absent
        && (_office < 0 || row.Office == _office)
        && (_stage < 0 || (int)row.Stage == _stage)
        && (_open < 0 || row.IsOpen == (_open == 1))
        && (_overdue < 0 || row.Has(CaseMarks.Overdue) == (_overdue == 1))
        && (_desk < 0 || row.Desk == _desk)
        && (_commune < 0 || row.Commune == _commune)
        && (_service < 0 || row.Service == _service)
        && (_kind < 0 || (int)row.Kind == _kind)
        && (_channel < 0 || (int)row.Channel == _channel)
        && (_urgency < 0 || (int)row.Urgency == _urgency)
        && (_citizen < 0 || row.Citizen == _citizen)
        && (_official < 0 || row.Official == _official)
        && row.DueAt < _dueBefore && row.DueAt >= _dueAfter
        && row.FiledAt < _filedBefore && row.FiledAt >= _filedAfter;
}
