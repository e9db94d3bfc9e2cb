using System.ComponentModel.DataAnnotations;
using CityTwin.ClientApi.Cases;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Sensors;

/// <summary>A device becomes known.</summary>
/// <param name="Kind">What it watches; required.</param>
/// <param name="Name">Its name in topics, 1 to 64 letters, digits and - _ . : ; required.</param>
/// <param name="Commune">Where it stands; required.</param>
/// <param name="Place">Where exactly: alerts near each other make one incident.</param>
/// <param name="CityWide">Whether its alerts concern the whole city. Default: no.</param>
/// <param name="Rules">When it alerts; default: the rules of its kind.</param>
internal sealed record RegisterSensorBody(
    [property: Required] SensorKind? Kind = null, [property: Required] string? Name = null, [property: Required] TwinId? Commune = null,
    PlaceBody? Place = null, bool? CityWide = null, RulesBody? Rules = null);

/// <summary>When a sensor alerts. What is left out is as the kind's default has it.</summary>
/// <param name="Levels">The values at which alert level I, II, III … begin, rising, 0 to 8 of them.</param>
/// <param name="Hysteresis">How far below a level the number must fall to clear it, 0 to 1,000,000.</param>
/// <param name="RaiseAfterSeconds">How long it must stay at or above a level to raise it, 0 to 86,400.</param>
/// <param name="ClearAfterSeconds">How long it must stay below to clear it, 0 to 86,400.</param>
/// <param name="Watched">Which number is held against the levels.</param>
/// <param name="SumHours">Hours that a sum adds up, 1 to 24.</param>
/// <param name="RisePerHourMax">A rise an hour that is an alert of its own, above 0.</param>
/// <param name="SilentAfterSeconds">How long without a reading until it counts as silent, 60 to 2,592,000.</param>
/// <param name="PlausibleMin">The least plausible value, within the measure's range.</param>
/// <param name="PlausibleMax">The greatest plausible value, within the measure's range.</param>
/// <param name="SpikeMax">The largest jump that is believed at once, above 0.</param>
/// <param name="StuckAfterSeconds">How long the same value may come, 60 to 2,592,000.</param>
internal sealed record RulesBody(
    double[]? Levels = null, double? Hysteresis = null, int? RaiseAfterSeconds = null, int? ClearAfterSeconds = null, WatchedNumber? Watched = null,
    int? SumHours = null, double? RisePerHourMax = null, int? SilentAfterSeconds = null, double? PlausibleMin = null, double? PlausibleMax = null,
    double? SpikeMax = null, int? StuckAfterSeconds = null);

/// <summary>The instrument is off.</summary>
/// <param name="Offset">Added to every later reading of the primary measure, -100 to 100; required.</param>
internal sealed record CalibrateBody([property: Required] double? Offset = null);

/// <summary>Something that ends by itself at a moment.</summary>
/// <param name="Until">When it ends, at most 90 days ahead; required.</param>
/// <param name="Reason">Why, 1 to 400 characters; required.</param>
internal sealed record UntilBody([property: Required] DateTimeOffset? Until = null, [property: Required] string? Reason = null);

/// <summary>A person has seen an alert.</summary>
/// <param name="Alert">Which kind of alert; required.</param>
/// <param name="Level">1 to 8 for thresholds; default 1.</param>
/// <param name="Official">Who.</param>
/// <param name="Note">Up to 400 characters.</param>
internal sealed record AcknowledgeBody([property: Required] AlertKind? Alert = null, int? Level = null, TwinId? Official = null, string? Note = null);
