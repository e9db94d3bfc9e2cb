using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using CityTwin.ClientApi.Offices;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Policy;

/// <summary>Changes terms of a service; what is left out stays.</summary>
/// <param name="WorkingDays">The new limit, 0.5 to 365 working days.</param>
/// <param name="Level">Who decides from now on: city or commune.</param>
/// <param name="MedianMinutes">The new median handling time, above 0 to 100,000 working minutes.</param>
internal sealed record AmendServiceBody(decimal? WorkingDays = null, Level? Level = null, double? MedianMinutes = null);

/// <summary>A day becomes a holiday, or a worked day.</summary>
/// <param name="Date">The local date; required.</param>
/// <param name="Off">true: offices are shut; false: they work; required.</param>
/// <param name="Name">Its name, 1 to 200 characters; required.</param>
internal sealed record SetDayBody([property: Required] DateOnly? Date = null, [property: Required] bool? Off = null, [property: Required] string? Name = null);

/// <summary>Another department answers for a field of work.</summary>
/// <param name="Field">The field, as land; required.</param>
/// <param name="Department">Who answers; required.</param>
internal sealed record RouteFieldBody([property: Required] string? Field = null, [property: Required] TwinId? Department = null);

/// <summary>Limits and periods that apply to every case; what is left out stays.</summary>
/// <param name="CloseAfterDays">Working days after the result at which an unrated case closes by itself, 1 to 90.</param>
/// <param name="ReopenWithinDays">Working days after the result within which a case can be reopened, 0 to 365.</param>
/// <param name="AnswerWithinDays">Working days that a citizen has to answer, 1 to 365.</param>
/// <param name="InHandMax">How many cases one official may have in hand, 1 to 1,000.</param>
internal sealed record TermsBody(int? CloseAfterDays = null, int? ReopenWithinDays = null, int? AnswerWithinDays = null, int? InHandMax = null);

/// <summary>Communes become part of another one; their open cases go along.</summary>
/// <param name="From">1 to 100 communes; required.</param>
/// <param name="Into">The commune that takes over; required.</param>
internal sealed record MergeBody([property: Required] TwinId[]? From = null, [property: Required] TwinId? Into = null);

/// <summary>A part of a commune becomes a commune of its own.</summary>
/// <param name="From">The commune that is split; required.</param>
/// <param name="SharePercent">The share of residents and open cases that go, 1 to 99; required.</param>
/// <param name="Id">The new commune's identity; required.</param>
/// <param name="Kind">ward, commune or specialZone; required.</param>
/// <param name="NameVi">The Vietnamese name; required.</param>
/// <param name="NameEn">The English name; required.</param>
/// <param name="Population">Residents, 0 or more; required.</param>
/// <param name="AreaKm2">Area, km²; required.</param>
/// <param name="Latitude">Of the centroid, degrees north; required.</param>
/// <param name="Longitude">Of the centroid, degrees east; required.</param>
/// <param name="Desks">Its desks, 1 to 50; required.</param>
internal sealed record SplitBody(
    [property: Required] TwinId? From = null, [property: Required] int? SharePercent = null, [property: Required] TwinId? Id = null, [property: Required] OfficeKind? Kind = null, [property: Required] string? NameVi = null, [property: Required] string? NameEn = null,
    [property: Required] int? Population = null, [property: Required] double? AreaKm2 = null, [property: Required] double? Latitude = null, [property: Required] double? Longitude = null, [property: Required] OpenDeskBody?[]? Desks = null);

/// <summary>The city and its policy as it stands, or stood.</summary>
/// <param name="Id">The city.</param>
/// <param name="Version">How many events it had: the entity tag.</param>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="Population">Residents.</param>
/// <param name="Edition">The edition of the folder in force.</param>
/// <param name="Offices">All offices, merged ones included.</param>
/// <param name="Successors">Merged communes and who took over.</param>
/// <param name="Terms">Limits and periods that apply to every case.</param>
/// <param name="Fields">Which department answers for a field of work.</param>
internal sealed record CityReading(
    TwinId Id, int Version, string NameVi, string NameEn, int Population, string Edition, IReadOnlyList<TwinId> Offices,
    IReadOnlyList<SuccessorReading> Successors, CaseTerms Terms, IReadOnlyList<FieldReading> Fields);

/// <summary>A merged commune.</summary>
/// <param name="Office">Which.</param>
/// <param name="Successor">Who took over.</param>
internal sealed record SuccessorReading(TwinId Office, TwinId Successor);

/// <summary>A field of work.</summary>
/// <param name="Field">Its code.</param>
/// <param name="Department">Who answers for it.</param>
internal sealed record FieldReading(string Field, TwinId Department);

/// <summary>The catalogue in force.</summary>
/// <param name="Services">Services and feedback categories by code.</param>
/// <param name="Documents">Documents by code.</param>
internal sealed record CatalogueReading(IReadOnlyList<ServiceDefinition> Services, IReadOnlyList<DocumentDefinition> Documents);

/// <summary>The calendar in force.</summary>
/// <param name="UtcOffset">The zone, as +07:00.</param>
/// <param name="StandardDayMinutes">Working time of one working day, minutes.</param>
/// <param name="Week">The regular hours by weekday, Monday first.</param>
/// <param name="SpecialDays">Holidays and worked days.</param>
internal sealed record CalendarReading(
    string UtcOffset, double StandardDayMinutes, IReadOnlyList<WeekdayReading> Week, ImmutableArray<SpecialDay> SpecialDays);

/// <summary>A weekday's hours.</summary>
/// <param name="Day">The weekday, as monday.</param>
/// <param name="Hours">As 07:30-11:30; empty when offices are shut.</param>
internal sealed record WeekdayReading(string Day, IReadOnlyList<string> Hours);

/// <summary>The answer to a change of policy.</summary>
/// <param name="Status">accepted, or unchanged when there was nothing to change.</param>
/// <param name="Position">The journal position of the command's last event; 0 when it made nothing happen.</param>
/// <param name="Repeated">True when this is the first answer given again.</param>
/// <param name="City">The city after it.</param>
internal sealed record CityAnswer(string Status, long Position, bool Repeated, CityReading City);
