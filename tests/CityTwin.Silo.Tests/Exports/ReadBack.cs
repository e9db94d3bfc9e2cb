using System.Text.Json;
using System.Xml.Linq;
using CityTwin.Silo.Exports;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Tests.Exports;

/// <summary>What a written log says, read with nothing of ours: how often each activity happened to each case.</summary>
internal static class ReadBack
{
    public static Dictionary<(string Case, string Activity), int> Counts(string file, LogFormat format) => format switch
    {
        LogFormat.Ocel => OfJson(file),
        LogFormat.OcelSqlite => OfSqlite(file),
        _ => OfXes(file),
    };

    public static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;

    public static List<object?[]> Query(string file, string sql)
    {
        using SqliteConnection connection = new($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }
        return rows;
    }

    private static Dictionary<(string, string), int> OfJson(string file)
    {
        JsonElement log = Json(file);
        HashSet<string> cases = [.. log.GetProperty("objects").EnumerateArray().Where(o => o.GetProperty("type").GetString() == "case").Select(o => o.GetProperty("id").GetString()!)];
        return Count(
            from e in log.GetProperty("events").EnumerateArray()
            from r in e.GetProperty("relationships").EnumerateArray()
            let id = r.GetProperty("objectId").GetString()!
            where cases.Contains(id)
            select (id, e.GetProperty("type").GetString()!));
    }

    private static Dictionary<(string, string), int> OfSqlite(string file) => Query(file, """
        SELECT o.ocel_id, m.ocel_type, count(*) FROM event e JOIN event_map_type m ON m.ocel_type = e.ocel_type
        JOIN event_object r ON r.ocel_event_id = e.ocel_id JOIN object o ON o.ocel_id = r.ocel_object_id AND o.ocel_type = 'case' GROUP BY 1, 2
        """).ToDictionary(r => ((string)r[0]!, (string)r[1]!), r => (int)(long)r[2]!);

    private static Dictionary<(string, string), int> OfXes(string file)
    {
        XNamespace xes = "http://www.xes-standard.org/";
        string Value(XElement of, string key) => of.Elements().Single(a => (string?)a.Attribute("key") == key).Attribute("value")!.Value;
        return Count(
            from trace in XDocument.Load(file).Root!.Elements(xes + "trace")
            from e in trace.Elements(xes + "event")
            select (Value(trace, "concept:name"), Value(e, "concept:name")));
    }

    private static Dictionary<(string, string), int> Count(IEnumerable<(string, string)> pairs) => pairs.CountBy(p => p).ToDictionary(p => p.Key, p => p.Value);
}
