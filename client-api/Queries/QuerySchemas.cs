using CityTwin.ClientApi.Hosting;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.Queries;

/// <summary>The table of attributes as it is told.</summary>
internal static class QuerySchemas
{
    private static readonly string[] Functions = ["count", "sum", "mean", "min", "max", "p0 … p100", "onTimeShare"];
    private static readonly string[] MomentParts = ["hour", "day", "week", "month", "year"];
    private static readonly string[] TimeUnits = ["seconds", "minutes", "hours", "days", "weeks", "working minutes", "working hours", "working days", "working weeks"];

    /// <summary>All of it.</summary>
    public static QuerySchemaReading Reading(CityApi api) => new(
        [.. QuerySchema.All.Select(s => new QueryTypeReading(s.Type, s.Description, [.. s.Attributes.Select(Reading)]))],
        Functions, MomentParts, TimeUnits, api.Queries.CostMax);

    private static QueryAttributeReading Reading(QueryAttribute a) => new(
        a.Name, a.Type.ToString().ToLowerInvariant(), a.Unit.Length == 0 ? null : a.Unit, a.Description, a.OperatorSigns,
        a.Words.Count == 0 ? null : a.Words, a.Kinds.Count == 0 ? null : [.. a.Kinds.Select(k => k.ToString().ToLowerInvariant())],
        a.Aliases.Count == 0 ? null : a.Aliases, a.IsIndexed, a.IsShown, a.MovesWithTime);
}
