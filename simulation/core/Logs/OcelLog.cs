using System.Globalization;
using System.Text.Json;

namespace CityTwin.Simulation.Logs;

/// <summary>Reads an object-centric event log (OCEL 2.0, JSON), seen from the objects of one type: each is a case.</summary>
public static class OcelLog
{
    /// <summary>Reads a log.</summary>
    /// <param name="stream">The JSON.</param>
    /// <param name="caseType">The type of object that is a case; null: <c>case</c> where there is one, or else the one most events relate to.</param>
    /// <param name="office">The object attribute that names the office; null: the first object of type <c>office</c> that an event of the case relates to.</param>
    /// <param name="deadline">The object attribute that holds the deadline; null: <c>due_at</c>, if there is one.</param>
    /// <param name="resource">The event attribute that names who did it.</param>
    /// <exception cref="FormatException">With the JSON path.</exception>
    public static EventLog Read(Stream stream, string? caseType = null, string? office = null, string? deadline = null, string resource = "resource")
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(stream);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{e.LineNumber + 1}:{e.BytePositionInLine + 1}: {e.Message}", e);
        }
        using (document)
        {
            Dictionary<string, (string Type, string Office, DateTimeOffset? Deadline)> objects = [];
            foreach ((int i, JsonElement o) in Items(document.RootElement, "objects"))
            {
                string? due = Attribute(o, deadline ?? "due_at");
                objects[Text(o, "id", $"$.objects[{i}]")] = (
                    Text(o, "type", $"$.objects[{i}]"), Attribute(o, office ?? "name") ?? "",
                    due is null ? null : Time(due, $"$.objects[{i}].attributes"));
            }
            string type = caseType ?? (objects.Values.Any(o => o.Type == "case") ? "case" : Commonest(document.RootElement, objects));
            List<(string, LoggedEvent, string, DateTimeOffset?)> events = [];
            foreach ((int i, JsonElement e) in Items(document.RootElement, "events"))
            {
                string path = $"$.events[{i}]";
                LoggedEvent happened = new(Text(e, "type", path), Time(Text(e, "time", path), path + ".time"), Attribute(e, resource) ?? "", false);
                string[] related = [.. Related(e)];
                string place = office is not null ? "" : related.Where(r => objects.TryGetValue(r, out var o) && o.Type == "office")
                    .Select(r => objects[r].Office is { Length: > 0 } name ? name : r).FirstOrDefault("");
                foreach (string id in related)
                {
                    if (objects.TryGetValue(id, out var found) && found.Type == type)
                    {
                        events.Add((id, happened, office is null ? place : found.Office, found.Deadline));
                    }
                }
            }
            return EventLog.Of(events);
        }
    }

    private static string Commonest(JsonElement root, Dictionary<string, (string Type, string, DateTimeOffset?)> objects) => Items(root, "events")
        .SelectMany(e => Related(e.Item)).Where(objects.ContainsKey).GroupBy(id => objects[id].Type).OrderByDescending(g => g.Count())
        .Select(g => g.Key).FirstOrDefault() ?? throw new FormatException("$.events: no event relates to an object");

    private static IEnumerable<string> Related(JsonElement happened) => happened.TryGetProperty("relationships", out JsonElement list)
        ? list.EnumerateArray().Select(r => r.GetProperty("objectId").GetString() ?? "")
        : [];

    private static IEnumerable<(int Index, JsonElement Item)> Items(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Index()
            : throw new FormatException($"$.{name}: expected a list, as OCEL 2.0 has it");

    private static string Text(JsonElement item, string name, string path) =>
        item.TryGetProperty(name, out JsonElement value) && value.GetString() is { } text ? text : throw new FormatException($"{path}.{name} is missing");

    // The last value counts: attributes of objects may change over time.
    private static string? Attribute(JsonElement item, string name) => item.TryGetProperty("attributes", out JsonElement list)
        ? list.EnumerateArray().Where(a => a.GetProperty("name").GetString() == name).Select(a => a.GetProperty("value").ToString()).LastOrDefault()
        : null;

    private static DateTimeOffset Time(string text, string path) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? at
            : throw new FormatException($"{path}: '{text}' is no time");
}
