using System.Text.Json.Nodes;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Open311;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>How attributes changed over time: of cases from the journal, of sensors from the time series.</summary>
internal sealed class NgsiTemporal(CityApi api)
{
    private const int InstancesMax = 10_000;

    /// <summary>The temporal representation of an entity.</summary>
    /// <exception cref="NgsiException">Nothing is known of it, or a parameter cannot be.</exception>
    public async Task<JsonObject> EntityAsync(NgsiType type, TwinId id, HttpContext http, IReadOnlySet<string>? attrs)
    {
        (DateTimeOffset from, DateTimeOffset to) = Period(http.Request.Query);
        List<NgsiAttribute> instances = type.Schema.Kind switch
        {
            TwinKind.Case => await OfCaseAsync(type, id),
            TwinKind.Sensor when type.Sensor is { } kind => await OfSensorAsync(id, kind, from, to),
            _ => throw NgsiException.Unsupported($"{type.Name} has no temporal representation: cases and observed types have one"),
        };
        int lastN = Number(http.Request.Query["lastN"].FirstOrDefault());
        bool valuesOnly = http.Request.Query["options"].Any(o => o is not null && (o.Contains("temporalValues", StringComparison.Ordinal) || o.Contains("simplified", StringComparison.Ordinal)));
        var json = new JsonObject { ["id"] = type.Urn(id), ["type"] = type.Name };
        foreach (IGrouping<string, NgsiAttribute> attribute in instances.Where(i => i.ObservedAt >= from && i.ObservedAt < to && (attrs?.Contains(i.Name) ?? true)).GroupBy(i => i.Name))
        {
            NgsiAttribute[] kept = [.. attribute.OrderBy(i => i.ObservedAt).TakeLast(lastN)];
            json[attribute.Key] = valuesOnly ? Values(kept) : new JsonArray([.. kept.Select(k => NgsiShape.Full(k, concise: false))]);
        }
        return json;
    }

    private async Task<List<NgsiAttribute>> OfCaseAsync(NgsiType type, TwinId id)
    {
        bool isRequest = type.Name == "Open311ServiceRequest";
        List<NgsiAttribute> instances = [];
        CaseState state = CaseState.Absent;
        foreach (RecordedEvent recorded in await api.Runtime.HistoryAsync(id, 0, InstancesMax))
        {
            CaseState before = state;
            state = CaseDecider.Evolve(state, (CaseEvent)recorded.Event);
            DateTimeOffset at = recorded.At;
            Add("stage", before.Stage, state.Stage, () => Wire.Words<CaseStage>.Of(state.Stage), NgsiKind.Property);
            Add(isRequest ? "agency_responsible" : "office", before.Office, state.Office, () => NgsiType.UrnOf(state.Office), NgsiKind.Relationship);
            Add(isRequest ? "expected_datetime" : "deadline", before.DueAt, state.DueAt, () => NgsiShape.MomentValue(state.DueAt), NgsiKind.Property);
            if (isRequest)
            {
                Add("status", before.Stage == CaseStage.Absent ? "" : RequestLines.Status(before.Stage), RequestLines.Status(state.Stage), () => RequestLines.Status(state.Stage), NgsiKind.Property);
            }
            else if (!state.Official.IsNone)
            {
                Add("official", before.Official, state.Official, () => NgsiType.UrnOf(state.Official), NgsiKind.Relationship);
            }

            void Add<T>(string name, T was, T now, Func<JsonNode> value, NgsiKind kind)
            {
                if (!EqualityComparer<T>.Default.Equals(was, now))
                {
                    instances.Add(new NgsiAttribute(name, kind, value(), null, at));
                }
            }
        }
        return instances.Count > 0 && (!isRequest || state.Kind == CaseKind.Feedback) ? instances : throw NgsiException.NotFound($"entity '{type.Urn(id)}'");
    }

    private async Task<List<NgsiAttribute>> OfSensorAsync(TwinId id, SensorKind kind, DateTimeOffset from, DateTimeOffset to)
    {
        if (api.Sensors.Find(id)?.Profile?.Kind != kind)
        {
            throw NgsiException.NotFound($"entity '{id}'");
        }
        IReadOnlyList<HistoryPoint> points = api.Readings.Store is { } store ? await store.HistoryAsync([id], null, from, to, Resolution.Raw, InstancesMax) : [];
        return [.. from point in points
                   from measure in NgsiMeasures.Of(kind)
                   where measure.Measure == point.Measure
                   select new NgsiAttribute(measure.Name, NgsiKind.Property, point.Mean / measure.Scale, measure.Unit, point.At)];
    }

    private static JsonObject Values(NgsiAttribute[] instances) => new()
    {
        ["type"] = instances[0].Kind.ToString(),
        [instances[0].Kind == NgsiKind.Relationship ? "objects" : "values"] = new JsonArray([.. instances.Select(i => new JsonArray(
            i.Value is JsonObject typed && typed["@value"] is { } value ? value.DeepClone() : i.Value.DeepClone(), NgsiShape.Moment(i.ObservedAt!.Value)))]),
    };

    private static (DateTimeOffset From, DateTimeOffset To) Period(IQueryCollection query)
    {
        string? relation = query["timerel"].FirstOrDefault();
        DateTimeOffset earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero), latest = new(2199, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return relation switch
        {
            null or "" => (earliest, latest),
            "before" => (earliest, Moment(query, "timeAt")),
            "after" => (Moment(query, "timeAt"), latest),
            "between" => (Moment(query, "timeAt"), Moment(query, "endTimeAt")),
            _ => throw NgsiException.BadData("timerel: expected before, after or between"),
        };
    }

    private static DateTimeOffset Moment(IQueryCollection query, string name) =>
        Wire.Moments.TryParse(query[name].FirstOrDefault() ?? "", out DateTimeOffset at) && at.Year is >= 1970 and < 2199 ? at : throw NgsiException.BadData($"{name}: expected a moment with its zone");

    private static int Number(string? text) => string.IsNullOrEmpty(text) ? InstancesMax
        : int.TryParse(text, out int n) && n > 0 ? n
        : throw NgsiException.BadData("lastN: expected a whole number from 1");
}
